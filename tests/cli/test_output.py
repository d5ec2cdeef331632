"""Reports go where they are told, whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from pystatelint.cli.output import Output, chosen_outputs, write_file
from pystatelint.errors import UsageError

SCREEN = Output("full", "-")


@pytest.mark.parametrize(
    ("said", "output_format", "expected"),
    [
        pytest.param((), None, (SCREEN,), id="nothing said: the configured format"),
        pytest.param((), "json", (Output("json", "-"),), id="a format for standard output"),
        pytest.param(
            ("sarif:out.sarif",), None, (Output("sarif", "out.sarif"), SCREEN), id="a file besides"
        ),
        pytest.param(
            ("json:-", "sarif:x"), None, (Output("sarif", "x"), Output("json", "-")), id="by a dash"
        ),
        pytest.param(
            ("json:a", "jsonl:b"),
            "concise",
            (Output("json", "a"), Output("jsonl", "b"), Output("concise", "-")),
            id="two files",
        ),
        pytest.param(("json:a:b",), None, (Output("json", "a:b"), SCREEN), id="colon in a name"),
    ],
)
def test_chosen_outputs(
    tmp_path: Path, said: tuple[str, ...], output_format: str | None, expected: tuple[Output, ...]
) -> None:
    assert chosen_outputs(said, output_format, "full", tmp_path) == expected


@pytest.mark.parametrize(
    ("said", "output_format", "message"),
    [
        pytest.param(
            ("sarf:x",), None, r"the format is one of .*; did you mean 'sarif'\?", id="format"
        ),
        pytest.param(
            ("json",), None, "name a file, as in json:report.json, or json:-", id="no file"
        ),
        pytest.param(("json:no/x",), None, "there is no folder no$", id="no such folder"),
        pytest.param(("json:folder",), None, "folder is a folder; name a file in it", id="folder"),
        pytest.param(("json:-",), "full", "standard output takes one report", id="two for one"),
        pytest.param(
            ("json:-", "full:-"), None, "standard output takes one report", id="two dashes"
        ),
        pytest.param(("json:a", "full:./a"), None, "./a takes one report", id="two for one file"),
    ],
)
def test_impossible_outputs(
    tmp_path: Path, said: tuple[str, ...], output_format: str | None, message: str
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match=message):
        chosen_outputs(said, output_format, "full", tmp_path)


def test_file_is_written_with_usual_rights_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "usual").write_text("")
    write_file(tmp_path / "report.json", "é\n")
    assert (tmp_path / "report.json").read_bytes() == "é\n".encode()
    assert sorted(os.listdir(tmp_path)) == ["report.json", "usual"]
    rights = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("report.json", "usual")]
    assert rights[0] == rights[1]


def test_old_report_stays_whole_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(UsageError, match=r"cannot write the report .*: No space left on device"):
        write_file(target, "new")
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["report.json"]


def test_link_is_followed_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_file(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_pipe_is_written_to_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_file(pipe, "report")
    assert os.read(reader, 100) == b"report"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
