"""What callers of the API may leave out or say in short."""

from pathlib import Path

import pytest

from pystatelint.api import analyse

WRITER = "from shop import table\n\ndef add(key):\n    table.rows[key] = 1\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose writer stands beside the folder that is asked for."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").touch()
    shop = tmp_path / "src" / "shop"
    shop.mkdir(parents=True)
    (shop / "__init__.py").touch()
    (shop / "table.py").write_text("rows = {}\n")
    (tmp_path / "src" / "writer.py").write_text(WRITER)
    return tmp_path


@pytest.mark.parametrize("folder", ["src/shop", "./src/../src/shop"])
def test_a_relative_folder_sees_what_is_around_it(project: Path, folder: str) -> None:
    relative = analyse(["table.py"], cwd=Path(folder))
    absolute = analyse(["table.py"], cwd=project / "src" / "shop")
    assert relative == absolute
    assert (relative.files, relative.linked) == (1, 3)


def test_the_working_directory_is_the_folder_if_none_is_given(project: Path) -> None:
    assert analyse(["src"]) == analyse(["src"], cwd=project)
