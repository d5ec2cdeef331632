"""The wheel holds all that the tool needs, and nothing else."""

import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    return path


def shipped(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def is_cached(path: Path) -> bool:
    return path.suffix == ".pyc" or any(part.endswith("_cache") for part in path.parts)


def test_wheel_is_the_package_and_nothing_else(wheel: Path) -> None:
    package = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src/pystatelint").rglob("*")
        if path.is_file() and not is_cached(path)
    }

    assert shipped(wheel) == package


def test_wheel_has_the_tables_and_the_typing_marker(wheel: Path) -> None:
    names = shipped(wheel)

    assert "pystatelint/py.typed" in names
    assert {name for name in names if name.endswith(".toml")} == {
        f"pystatelint/models/data/{path.name}"
        for path in (ROOT / "src/pystatelint/models/data").glob("*.toml")
    }


def test_wheel_names_its_commands_and_its_plugin(wheel: Path) -> None:
    parser = ConfigParser()
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith("entry_points.txt"))
        parser.read_string(archive.read(name).decode())

    assert set(parser["console_scripts"]) == {"statelint", "pystatelint"}
    assert dict(parser["flake8.extension"]) == {"hms": "pystatelint.flake8_plugin:Plugin"}
