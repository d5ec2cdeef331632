"""In which file does an installed module stand?"""

import os
from pathlib import Path

import pytest

from pystatelint.inference.locate import Place, places_of

from .conftest import Site

FOUND = {
    "a package": ("lib/__init__.py", "lib", Place("lib/__init__.py", True, False)),
    "a module": ("lib.py", "lib", Place("lib.py", False, False)),
    "a module of a package": ("lib/base.py", "lib.base", Place("lib/base.py", False, False)),
    "below a namespace package": ("org/lib/x.py", "org.lib.x", Place("org/lib/x.py", False, False)),
    "a stub beside": ("lib/fast.pyi", "lib.fast", Place("lib/fast.pyi", False, True)),
    "stubs of their own": (
        "lib-stubs/base.pyi",
        "lib.base",
        Place("lib-stubs/base.pyi", False, True),
    ),
}


@pytest.mark.parametrize(("file", "name", "place"), FOUND.values(), ids=FOUND.keys())
def test_found_by_its_name(site: Site, file: str, name: str, place: Place) -> None:
    folder = site({file: ""})
    found = Place(str(folder / place.path), place.package, place.stub)
    assert tuple(places_of(name, (str(folder),))) == (found,)


def test_source_before_stubs_and_package_before_module(site: Site) -> None:
    files = ("lib-stubs/__init__.pyi", "lib.pyi", "lib/__init__.pyi", "lib.py", "lib/__init__.py")
    folder = site(dict.fromkeys(files, ""))
    found = [Path(each.path) for each in places_of("lib", (str(folder),))]
    assert [each.relative_to(folder).as_posix() for each in found] == [
        "lib/__init__.py",
        "lib.py",
        "lib/__init__.pyi",
        "lib.pyi",
        "lib-stubs/__init__.pyi",
    ]


SILENT = {
    "nothing there": ("other.py", "lib"),
    "a namespace has no file": ("org/lib.py", "org"),
    "compiled code": ("lib.so", "lib"),
    "code without source": ("lib.pyc", "lib"),
    "no identifier": ("lib-a.py", "lib-a"),
    "empty": ("lib.py", ""),
    "an empty part": ("lib.py", "lib."),
    "a folder above": ("../lib.py", "..lib"),
    "a slash in the name": ("lib/base.py", "lib/base"),
}


@pytest.mark.parametrize(("file", "name"), SILENT.values(), ids=SILENT.keys())
def test_nothing_is_found(site: Site, file: str, name: str) -> None:
    folder = site({file: ""})
    assert tuple(places_of(name, (str(folder),))) == ()


def test_a_link_out_of_the_folder_is_not_followed(site: Site, tmp_path: Path) -> None:
    folder = site({"near.py": ""})
    (tmp_path / "secret.py").write_text("")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "inner.py").write_text("")
    (folder / "far.py").symlink_to(tmp_path / "secret.py")
    (folder / "lib").symlink_to(tmp_path / "package")
    (folder / "alias.py").symlink_to(folder / "near.py")

    def finds(name: str) -> bool:
        return next(places_of(name, (str(folder),)), None) is not None

    assert [finds(name) for name in ("far", "lib.inner", "alias")] == [False, False, True]


def test_the_folder_itself_may_be_a_link(site: Site, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(site({"lib.py": ""}))
    assert next(places_of("lib", (str(tmp_path / "linked"),)), None) is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes")
def test_pipes_are_no_modules(site: Site) -> None:
    folder = site({})
    os.mkfifo(folder / "lib.py")
    assert tuple(places_of("lib", (str(folder),))) == ()
