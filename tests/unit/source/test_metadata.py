"""What the files beside a package say of it."""

from pathlib import Path

import pytest

from pystatelint.source.metadata import Metadata, metadata_around

Files = dict[str, str]

PROJECT = '[build-system]\nrequires = []\n[project]\nname = "shop"\n'
KINDS: dict[str, tuple[Files, str]] = {
    "nothing": ({}, "auto"),
    "packaged": ({"pyproject.toml": PROJECT}, "auto"),
    "never packaged, says uv": (
        {"pyproject.toml": PROJECT + "[tool.uv]\npackage = false"},
        "application",
    ),
    "never packaged, says poetry": (
        {"pyproject.toml": "[tool.poetry]\npackage-mode = false"},
        "application",
    ),
    "packaged, says uv": ({"pyproject.toml": PROJECT + "[tool.uv]\npackage = true"}, "auto"),
    "private": (
        {"pyproject.toml": PROJECT + 'classifiers = ["Private :: Do Not Upload"]'},
        "application",
    ),
    "library": (
        {
            "pyproject.toml": PROJECT
            + 'classifiers = ["Topic :: Software Development :: Libraries"]'
        },
        "library",
    ),
    "library, in setup.py": (
        {"setup.py": "setup(classifiers=['Topic :: Software Development :: Libraries'])"},
        "library",
    ),
    "extension of a framework": (
        {"setup.cfg": "[metadata]\nclassifiers =\n    Framework :: Django :: 5.2"},
        "library",
    ),
    "written for asyncio": (
        {"setup.cfg": "[metadata]\nclassifiers =\n    Framework :: AsyncIO"},
        "auto",
    ),
    "installed": ({"shop-1.0.dist-info/METADATA": "Name: shop"}, "library"),
    "no TOML": ({"pyproject.toml": "[project"}, "auto"),
    "module that is called setup": (
        {"shop/setup.py": "# Private :: Do Not Upload", "pyproject.toml": PROJECT},
        "auto",
    ),
}


def write(folder: Path, files: Files) -> None:
    for name, text in {"statelint.toml": "", "shop/__init__.py": "", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("files", "kind"), KINDS.values(), ids=KINDS.keys())
def test_what_kind_of_project_it_is(tmp_path: Path, files: Files, kind: str) -> None:
    write(tmp_path, files)

    assert metadata_around(tmp_path / "shop").kind == kind


SCRIPTS: dict[str, tuple[Files, tuple[str, ...]]] = {
    "pyproject.toml": (
        {
            "pyproject.toml": PROJECT
            + '[project.scripts]\nshop = "shop.cli:main"\n'
            + '[project.gui-scripts]\nwindow = "shop.window:show [gui]"'
        },
        ("shop.cli:main", "shop.window:show"),
    ),
    "poetry": (
        {"pyproject.toml": '[tool.poetry.scripts]\nshop = "shop.cli:main"\nold = {callable = 1}'},
        ("shop.cli:main",),
    ),
    "setup.cfg": (
        {
            "setup.cfg": "[options.entry_points]\nconsole_scripts =\n    shop = shop.cli:main\n"
            "    shopctl=shop.ctl:run"
        },
        ("shop.cli:main", "shop.ctl:run"),
    ),
    "installed": (
        {
            "shop-1.0.dist-info/entry_points.txt": "[console_scripts]\nshop = shop.cli:main\n"
            "[shop.plugins]\none = shop.one:plugin"
        },
        ("shop.cli:main",),
    ),
    "no setup.cfg of this kind": ({"setup.cfg": "[flake8]\nselect = E,\n\tW"}, ()),
    "broken setup.cfg": ({"setup.cfg": "select = E"}, ()),
}


@pytest.mark.parametrize(("files", "scripts"), SCRIPTS.values(), ids=SCRIPTS.keys())
def test_which_functions_scripts_call(
    tmp_path: Path, files: Files, scripts: tuple[str, ...]
) -> None:
    write(tmp_path, files)

    assert metadata_around(tmp_path / "shop").scripts == scripts


def test_the_nearest_project_speaks(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": PROJECT + "[tool.uv]\npackage = false"})
    write(tmp_path / "libs", {"pyproject.toml": PROJECT})

    assert metadata_around(tmp_path / "libs" / "shop") == Metadata()
