"""The same code gives the same bytes, however the command is put."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from pystatelint.cli.group import cli

PROJECTS = Path(__file__).parents[2] / "fixtures/projects"
SLIDES = PROJECTS / "slide_app/broken"
FORMATS = ("full", "concise", "json", "sarif")
TWO_FORMATS = ("full", "sarif")


def output(output_format: str, *paths: str) -> bytes:
    result = CliRunner().invoke(cli, ["--strict", "-f", output_format, *paths])
    assert (result.exit_code, result.stderr) == (1, "")
    return result.stdout_bytes


def as_process(folder: Path, output_format: str, paths: tuple[str, ...], **environ: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "pystatelint", "--strict", "-f", output_format, *paths],
        cwd=folder,
        env={**os.environ, **environ},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    return done.stdout


@pytest.mark.parametrize("output_format", FORMATS)
def test_hash_seed_changes_nothing(output_format: str) -> None:
    seeds = ("0", "1", "2")
    first, *others = (
        as_process(PROJECTS, output_format, (".",), PYTHONHASHSEED=seed) for seed in seeds
    )
    assert first.count(b"HMS1") > 10
    assert others == [first, first]


def files() -> list[str]:
    return sorted(str(path.relative_to(SLIDES)) for path in SLIDES.rglob("*.py"))


ORDERS: list[tuple[str, Callable[[list[str]], list[str]]]] = [
    ("reversed", lambda paths: paths[::-1]),
    ("rotated", lambda paths: paths[7:] + paths[:7]),
    ("by their ends", lambda paths: sorted(paths, key=lambda path: path[::-1])),
    ("twice", lambda paths: paths + paths),
    ("with their folder", lambda paths: [*paths, "."]),
    ("all in their folder", lambda _: ["."]),
]


@pytest.mark.parametrize("output_format", TWO_FORMATS)
@pytest.mark.parametrize(("_name", "order"), ORDERS, ids=[name for name, _ in ORDERS])
def test_order_of_paths_changes_nothing(
    output_format: str,
    _name: str,
    order: Callable[[list[str]], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(SLIDES)
    assert output(output_format, *order(files())) == output(output_format, *files())


@pytest.mark.parametrize("output_format", TWO_FORMATS)
@pytest.mark.parametrize(
    "spelling",
    [
        pytest.param("./src", id="dot in front"),
        pytest.param("src/", id="slash behind"),
        pytest.param("src/../src", id="there and back"),
        pytest.param("../broken/src", id="from above"),
        pytest.param(f"{SLIDES}/src", id="absolute"),
        pytest.param(f"{SLIDES}/./src//", id="absolute with needless parts"),
    ],
)
def test_spelling_of_paths_changes_nothing(
    output_format: str, spelling: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SLIDES)
    assert output(output_format, spelling) == output(output_format, "src")


@pytest.mark.parametrize("output_format", TWO_FORMATS)
def test_link_to_the_working_directory_changes_nothing(output_format: str, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(SLIDES)
    through_link = as_process(link, output_format, (".",), PWD=str(link))
    assert through_link == as_process(SLIDES, output_format, (".",), PWD=str(SLIDES))


def test_width_of_the_terminal_changes_no_file(tmp_path: Path) -> None:
    target = f"full:{tmp_path / 'report'}"
    reports = []
    for columns in ("40", "200"):
        as_process(SLIDES, "concise", ("--output", target, "."), COLUMNS=columns)
        reports.append((tmp_path / "report").read_bytes())
    assert reports[0] == reports[1] != b""


@pytest.mark.parametrize("environ", [{"COLUMNS": "40"}, {"LC_ALL": "C"}, {"TZ": "Asia/Tokyo"}])
def test_environment_changes_nothing_in_a_pipe(environ: dict[str, str]) -> None:
    usual = as_process(SLIDES, "full", (".",))
    assert as_process(SLIDES, "full", (".",), **environ) == usual
