"""Which configuration file governs a set of paths."""

from pathlib import Path

import pytest

from pystatelint.config.discover import common_folder, nearest_config
from pystatelint.errors import ConfigError

TABLE = "[tool.statelint]\n"


def test_nearest_folder_wins(tmp_path: Path) -> None:
    (tmp_path / "statelint.toml").write_text("strict = true")
    inner = tmp_path / "app" / "core"
    inner.mkdir(parents=True)
    (tmp_path / "app" / "pyproject.toml").write_text(TABLE)
    found = nearest_config(inner, tmp_path)
    assert found is not None
    assert found.shown == "app/pyproject.toml"


@pytest.mark.parametrize(
    ("files", "winner"),
    [
        pytest.param(
            (".statelint.toml", "statelint.toml", "pyproject.toml"), ".statelint.toml", id="dotted"
        ),
        pytest.param(("statelint.toml", "pyproject.toml"), "statelint.toml", id="own file"),
        pytest.param(("pyproject.toml",), "pyproject.toml", id="shared file"),
    ],
)
def test_order_in_one_folder(tmp_path: Path, files: tuple[str, ...], winner: str) -> None:
    for name in files:
        (tmp_path / name).write_text(TABLE if name == "pyproject.toml" else "")
    found = nearest_config(tmp_path, tmp_path)
    assert found is not None
    assert found.path.name == winner


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[project]\nname = 'x'\n", id="nothing of ours"),
        pytest.param("[tool.black]\n# unlike statelint\n", id="our name in a comment"),
        pytest.param("this is not TOML", id="broken, and not about us"),
    ],
)
def test_pyproject_without_our_table_is_passed_by(tmp_path: Path, text: str) -> None:
    (tmp_path / "statelint.toml").write_text("")
    inner = tmp_path / "app"
    inner.mkdir()
    (inner / "pyproject.toml").write_text(text)
    found = nearest_config(inner, tmp_path)
    assert found is not None
    assert found.shown == "statelint.toml"


def test_broken_pyproject_that_speaks_of_us_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.statelint\n")
    with pytest.raises(ConfigError, match=r"^pyproject\.toml:1: not valid TOML"):
        nearest_config(tmp_path, tmp_path)


def test_folder_named_like_a_configuration_file_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "statelint.toml").mkdir()
    (tmp_path / "pyproject.toml").write_text(TABLE)
    found = nearest_config(tmp_path, tmp_path)
    assert found is not None
    assert found.path.name == "pyproject.toml"


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        pytest.param((), ".", id="no path: the working directory"),
        pytest.param(("a",), "a", id="one folder"),
        pytest.param(("a/one.py",), "a", id="one file"),
        pytest.param(("a/one.py", "a/deep"), "a", id="a file and a folder"),
        pytest.param(("a", "b"), ".", id="two folders"),
        pytest.param(("a/../b/two.py",), "b", id="a way round"),
        pytest.param(("a/gone.py",), "a", id="a file that is not there"),
    ],
)
def test_common_folder(tmp_path: Path, paths: tuple[str, ...], expected: str) -> None:
    for name in ("a/one.py", "a/deep/x.py", "b/two.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert common_folder(paths, tmp_path) == tmp_path / expected
