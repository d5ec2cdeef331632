"""The nearest folder with a marker is the project's root."""

from pathlib import Path

import pytest

from pystatelint.source.project import MARKERS, project_root


@pytest.mark.parametrize("marker", MARKERS)
def test_every_marker_counts(tmp_path: Path, marker: str) -> None:
    inner = tmp_path / "app" / "services"
    inner.mkdir(parents=True)
    (tmp_path / marker).touch()
    assert project_root(inner) == tmp_path


def test_nearest_wins(tmp_path: Path) -> None:
    inner = tmp_path / "packages" / "one"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (inner / "pyproject.toml").touch()
    assert project_root(inner / "app") == inner


def test_the_folder_itself_counts(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").touch()
    assert project_root(tmp_path) == tmp_path


def test_worktrees_have_a_file_for_git(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    assert project_root(tmp_path / "src") == tmp_path


def declared(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("statelint.toml", "root = true\n"),
        (".statelint.toml", "root = true\n"),
        ("pyproject.toml", "[tool.statelint]\nroot = true\n"),
    ],
)
def test_a_declared_root_is_one_around_nearer_markers(tmp_path: Path, name: str, text: str) -> None:
    declared(tmp_path, name, text)
    declared(tmp_path / "packages" / "one", "pyproject.toml", "[project]\nname = 'one'\n")
    assert project_root(tmp_path / "packages" / "one" / "app") == tmp_path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("statelint.toml", "root = false\n", id="it says no"),
        pytest.param("statelint.toml", "", id="it says nothing"),
        pytest.param("pyproject.toml", "root = true\n", id="it says so to others"),
        pytest.param("statelint.toml", "root = true\nroot =\n", id="it is broken"),
    ],
)
def test_nearer_markers_win_over_what_is_not_declared(tmp_path: Path, name: str, text: str) -> None:
    declared(tmp_path, name, text)
    declared(tmp_path / "packages" / "one", "setup.py", "")
    assert project_root(tmp_path / "packages" / "one") == tmp_path / "packages" / "one"


def test_the_nearest_declared_root_wins(tmp_path: Path) -> None:
    declared(tmp_path, "statelint.toml", "root = true\n")
    declared(tmp_path / "one", "statelint.toml", "root = true\n")
    declared(tmp_path / "one" / "two", "setup.py", "")
    assert project_root(tmp_path / "one" / "two") == tmp_path / "one"


def test_no_marker_no_root() -> None:
    assert project_root(Path("/")) is None
