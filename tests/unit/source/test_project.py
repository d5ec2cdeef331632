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


def test_no_marker_no_root() -> None:
    assert project_root(Path("/")) is None
