"""The flake8 plugin, run by flake8 itself."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures" / "projects"
PROJECTS = sorted(
    table.parent.relative_to(FIXTURES).as_posix() for table in FIXTURES.glob("*/*/pyproject.toml")
)
HEAVY = {"astroid", "click", "libcst", "networkx", "pygls", "rich"}

SHARED = """\
class Chat:
    history = []

    def send(self, text):
        self.history.append(text)
"""

Place = tuple[str, int, int, str]


def flake8(*args: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flake8", "--isolated", "--select", "HMS", *args]
    return subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, text=True, check=False
    )


def seen_by_flake8(*args: str, cwd: Path) -> set[Place]:
    done = flake8("--format", "%(path)s|%(row)d|%(col)d|%(code)s", *args, cwd=cwd)
    assert done.stderr == ""
    rows = (line.split("|") for line in done.stdout.splitlines())
    return {
        (Path(path).as_posix().removeprefix("./"), int(row), int(column), code)
        for path, row, column, code in rows
    }


def seen_by_statelint(*args: str, cwd: Path) -> set[Place]:
    command = [sys.executable, "-m", "pystatelint", "-f", "json", *args]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return {
        (each["path"], each["line"], each["column"], each["code"])
        for each in json.loads(done.stdout)
    }


def test_flake8_finds_the_plugin(tmp_path: Path) -> None:
    assert "pystatelint" in flake8("--version", cwd=tmp_path).stdout


def test_finding_is_reported_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "chat.py").write_text(SHARED)
    done = flake8("chat.py", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("./chat.py:2:5: HMS101 ") or done.stdout.startswith(
        "chat.py:2:5: HMS101 "
    )
    assert done.stdout.count("\n") == 1


def test_columns_are_those_of_a_file_in_its_own_encoding(tmp_path: Path) -> None:
    text = f"# coding: latin-1\n{SHARED}".replace("history", "größe = 1; verlauf", 1)
    text = text.replace("self.history", "self.verlauf")
    (tmp_path / "chat.py").write_bytes(text.encode("latin-1"))
    assert seen_by_flake8("chat.py", cwd=tmp_path) == {("chat.py", 3, 16, "HMS101")}
    assert seen_by_statelint("chat.py", cwd=tmp_path) == {("chat.py", 3, 16, "HMS101")}


@pytest.mark.parametrize(
    ("text", "args"),
    [
        pytest.param(SHARED.replace("[]", "[]  # noqa: HMS101"), (), id="noqa of flake8"),
        pytest.param(
            SHARED.replace("[]", "[]  # statelint: ignore[HMS101] -- shared on purpose"),
            (),
            id="our own pragma",
        ),
        pytest.param(SHARED, ("--extend-ignore", "HMS101"), id="option of flake8"),
        pytest.param("history = []  # statelint: ignore[HMS201] -- old\n", (), id="unused pragma"),
    ],
)
def test_silent(tmp_path: Path, text: str, args: tuple[str, ...]) -> None:
    (tmp_path / "chat.py").write_text(text)
    done = flake8(*args, "chat.py", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_code_that_is_no_python_is_left_to_flake8(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("class Chat:\n")
    assert "HMS" not in flake8("broken.py", cwd=tmp_path).stdout


def test_table_of_the_project_is_heeded(tmp_path: Path) -> None:
    (tmp_path / "chat.py").write_text(SHARED)
    (tmp_path / "pyproject.toml").write_text('[tool.statelint]\nignore = ["HMS101"]\n')
    assert flake8("chat.py", cwd=tmp_path).stdout == ""
    (tmp_path / "pyproject.toml").write_text(
        '[tool.statelint.per-file-ignores]\n"chat.py" = ["HMS1"]\n'
    )
    assert flake8("chat.py", cwd=tmp_path).stdout == ""


def test_standard_input(tmp_path: Path) -> None:
    done = flake8("--stdin-display-name", "app/chat.py", "-", cwd=tmp_path, stdin=SHARED)
    assert done.stdout.startswith("app/chat.py:2:5: HMS101 ")


BASES = {
    "a base in another file": ("from app.base import Base", "Base", False),
    "a library that no table knows": ("import lib", "lib.Base", False),
    "the standard library": ("import queue", "queue.Queue", True),
    "a library of the tables": ("import pydantic", "pydantic.BaseModel", True),
    "a class of the file": ("class Base: pass", "Base", True),
    "a class of the file with such a base": (
        "import lib\nclass Base(lib.Base): pass",
        "Base",
        False,
    ),
}


@pytest.mark.parametrize(("before", "base", "told"), BASES.values(), ids=BASES.keys())
def test_nothing_is_said_of_what_a_base_out_of_sight_may_bind(
    tmp_path: Path, before: str, base: str, *, told: bool
) -> None:
    (tmp_path / "chat.py").write_text(f"{before}\n{SHARED.replace('Chat', f'Chat({base})')}")
    found = {code for _, _, _, code in seen_by_flake8("chat.py", cwd=tmp_path)}
    assert found == ({"HMS101"} if told else set())


@pytest.mark.parametrize("project", PROJECTS)
def test_never_more_than_the_command_line(project: str) -> None:
    folder = FIXTURES / project
    by_flake8 = seen_by_flake8(".", cwd=folder)
    assert by_flake8 <= seen_by_statelint(".", cwd=folder)


def test_one_file_projects_get_the_same_from_both(tmp_path: Path) -> None:
    (tmp_path / "chat.py").write_text(SHARED)
    by_flake8 = seen_by_flake8("chat.py", cwd=tmp_path)
    assert by_flake8 == seen_by_statelint("chat.py", cwd=tmp_path) != set()


def test_plugin_loads_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys, pystatelint.flake8_plugin; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert {name.partition(".")[0] for name in done.stdout.split()} & HEAVY == set()
