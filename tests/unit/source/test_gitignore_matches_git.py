"""What git ignores is not looked at, and nothing else is left out."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from pystatelint.config.schema import Config
from pystatelint.source.discover import discover

FILES = (
    "a.py",
    "b.py",
    "gen.py",
    "build/a.py",
    "build/keep.py",
    "src/a.py",
    "src/gen.py",
    "src/build/a.py",
    "src/pkg/a.py",
    "src/pkg/gen.py",
    "src/pkg/deep/er/x.py",
    "src/pkg/#odd.py",
    "src/pkg/with space.py",
    "docs/a.py",
    "docs/src/a.py",
)

CASES = [
    pytest.param({".gitignore": "gen.py\n"}, id="name anywhere"),
    pytest.param({".gitignore": "/gen.py\n"}, id="name at the top"),
    pytest.param({".gitignore": "build/\n"}, id="folders of a name"),
    pytest.param({".gitignore": "build\n"}, id="files and folders of a name"),
    pytest.param({".gitignore": "/build/\n"}, id="a folder at the top"),
    pytest.param({".gitignore": "a.py/\n"}, id="a pattern for folders does not hold for files"),
    pytest.param({".gitignore": "src/pkg\n"}, id="a path"),
    pytest.param({".gitignore": "pkg/gen.py\n"}, id="a path is relative to its file"),
    pytest.param({".gitignore": "*.py\n!a.py\n"}, id="exception"),
    pytest.param({".gitignore": "build/\n!build/keep.py\n"}, id="no exception in a hidden folder"),
    pytest.param({".gitignore": "build/*\n!build/keep.py\n"}, id="exception in an open folder"),
    pytest.param({".gitignore": "!a.py\n*.py\n"}, id="the last pattern decides"),
    pytest.param({".gitignore": "**/deep\n"}, id="two stars before"),
    pytest.param({".gitignore": "src/**\n"}, id="two stars behind"),
    pytest.param({".gitignore": "src/**/x.py\n"}, id="two stars between"),
    pytest.param({".gitignore": "src/*/a.py\n"}, id="a star stays in its folder"),
    pytest.param({".gitignore": "[ab].py\n"}, id="range of letters"),
    pytest.param({".gitignore": "[!a].py\n"}, id="letters but one"),
    pytest.param({".gitignore": "?.py\n"}, id="question mark"),
    pytest.param({".gitignore": "# gen.py\n\n\\#odd.py\n"}, id="comment and escaped hash"),
    pytest.param({".gitignore": "with space.py   \n"}, id="spaces at the end are dropped"),
    pytest.param({".gitignore": "gen.py\r\nbuild/\r\n"}, id="CRLF"),
    pytest.param({".gitignore": "\ufeffgen.py\n"}, id="byte order mark"),
    pytest.param({"src/.gitignore": "a.py\n"}, id="a file further in"),
    pytest.param({"src/.gitignore": "/a.py\n"}, id="its top is its own folder"),
    pytest.param({".gitignore": "*.py\n", "src/.gitignore": "!*.py\n"}, id="inner overrules"),
    pytest.param({".gitignore": "src/\n", "src/.gitignore": "!*.py\n"}, id="not if hidden"),
    pytest.param(
        {".gitignore": "gen.py\n", "src/.gitignore": "!gen.py\n", "src/pkg/.gitignore": "gen.py\n"},
        id="three levels",
    ),
    pytest.param({".gitignore": "*\n"}, id="everything"),
    pytest.param({".gitignore": "*\n!*/\n!x.py\n"}, id="everything but one file"),
    pytest.param({".gitignore": "*\n!src/\n"}, id="an open folder of hidden files"),
    pytest.param({".gitignore": "*\n!src/\n!src/*.py\n"}, id="an open folder"),
    pytest.param({".gitignore": "/*\n!/src\n"}, id="everything at the top but one folder"),
    pytest.param({".gitignore": "src/*\n!src/pkg/\n"}, id="everything in a folder but one"),
    pytest.param({".gitignore": "src/**\n!src/**/\n!src/**/x.py\n"}, id="all folders open"),
    pytest.param({".gitignore": "**\n!a.py\n"}, id="two stars alone"),
    pytest.param({".gitignore": "/\n"}, id="a slash alone means nothing"),
    pytest.param({".gitignore": "src\n!src\ngen.py\n"}, id="taken back"),
    pytest.param({".gitignore": "pkg/\n!pkg\n"}, id="folder pattern taken back by another"),
    pytest.param({".gitignore": "src/pkg/deep/er\n!er\n"}, id="path taken back by a name"),
    pytest.param({".gitignore": "deep/**/x.py\nsrc/**/deep/**\n"}, id="stars in two places"),
    pytest.param({".gitignore": "*.p[xy]\n!*[ab].py\n"}, id="range in an exception"),
    pytest.param({".gitignore": "\\!a.py\n\\a.py\n"}, id="escaped letters"),
    pytest.param({".gitignore": " a.py\n\tb.py\n"}, id="space before is part of the name"),
    pytest.param({".gitignore": ""}, id="empty file"),
    pytest.param({}, id="no file"),
]


def _repository(top: Path, ignores: Mapping[str, str]) -> Path:
    subprocess.run(["git", "init", "-q", str(top)], check=True, capture_output=True)
    for name in FILES:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).touch()
    for name, text in ignores.items():
        (top / name).write_bytes(text.encode())
    return top


def _git_lists(folder: Path) -> list[str]:
    command = ["git", "-c", "core.excludesFile=", "ls-files", "-z", "-co", "--exclude-standard"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return sorted(name for name in done.stdout.split("\0") if name.endswith(".py"))


def _ours(folder: Path, **settings: object) -> list[str]:
    config = Config(exclude=(), **settings)  # type: ignore[arg-type]
    return [file.shown for file in discover(["."], config, folder)]


@pytest.mark.parametrize("ignores", CASES)
def test_lists_what_git_lists(tmp_path: Path, ignores: Mapping[str, str]) -> None:
    top = _repository(tmp_path, ignores)
    assert _ours(top) == _git_lists(top)


@pytest.mark.parametrize("ignores", CASES)
@pytest.mark.parametrize("folder", ["docs", "src/pkg/deep"])
def test_from_an_inner_folder_that_git_shows(
    tmp_path: Path, ignores: Mapping[str, str], folder: str
) -> None:
    top = _repository(tmp_path, ignores)
    theirs = _git_lists(top / folder)
    # An ignored folder that somebody names is looked into all the same.
    assert not theirs or _ours(top / folder) == theirs


def test_an_ignored_folder_that_is_named_is_walked(tmp_path: Path) -> None:
    top = _repository(tmp_path, {".gitignore": "build/\n"})
    found = discover(["build"], Config(exclude=()), top)
    assert [file.shown for file in found] == ["build/a.py", "build/keep.py"]


def test_an_ignored_file_that_is_named_is_taken(tmp_path: Path) -> None:
    top = _repository(tmp_path, {".gitignore": "*.py\n"})
    found = discover(["a.py"], Config(), top)
    assert [file.shown for file in found] == ["a.py"]


def test_respect_gitignore_can_be_turned_off(tmp_path: Path) -> None:
    top = _repository(tmp_path, {".gitignore": "*.py\n"})
    assert _ours(top, respect_gitignore=False) == sorted(FILES)


def test_without_a_repository_inner_files_count_and_outer_do_not(tmp_path: Path) -> None:
    for name in ("project/a.py", "project/gen.py", "project/sub/gen.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".gitignore").write_text("a.py\n")
    (tmp_path / "project" / ".gitignore").write_text("gen.py\n")
    assert _ours(tmp_path / "project") == ["a.py"]


def test_a_repository_inside_has_its_own_rules(tmp_path: Path) -> None:
    top = _repository(tmp_path, {".gitignore": "gen.py\n"})
    (top / "src" / ".git").mkdir()
    found = _ours(top)
    assert "src/gen.py" in found
    assert "gen.py" not in found


def test_an_ignore_file_that_is_no_file_is_passed_over(tmp_path: Path) -> None:
    top = _repository(tmp_path, {})
    (top / ".gitignore").mkdir()
    assert _ours(top) == sorted(FILES)


def test_pathspec_is_loaded_only_if_there_is_something_to_ignore(tmp_path: Path) -> None:
    (tmp_path / "a.py").touch()
    script = (
        "import sys, pathlib\n"
        "from pystatelint.config.schema import Config\n"
        "from pystatelint.source.discover import discover\n"
        "discover(['.'], Config(), pathlib.Path.cwd())\n"
        "print('pathspec' in sys.modules)\n"
    )

    def loaded() -> str:
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    assert loaded() == "False"
    (tmp_path / ".gitignore").write_text("b.py\n")
    assert loaded() == "True"
