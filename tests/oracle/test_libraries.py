"""No cell of a real library that a program changes is called constant.

Run with STATELINT_UPDATE_SNAPSHOTS=1 to write the pages in expected/ anew; read the difference.
"""

import os
import re
import sys
from pathlib import Path

import pytest

from .environment import CACHE, REQUIREMENTS, interpreter, name_of, packages_of
from .judgement import Section, called_constant, judged, rows
from .observation import Library, libraries, observe
from .table import page

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"


@pytest.mark.slow
@pytest.mark.parametrize("library", libraries(), ids=lambda library: library.workload)
def test_what_changes_is_not_called_constant(
    library: Library, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    python = interpreter()
    record = observe(python, library.workload, library.packages, tmp_path)
    report = judged(library.packages, packages_of(python))
    found = rows(record["changed"], report)
    text = page(library.workload, found)

    with subtests.test("nothing changes by itself, and there is something to compare"):
        assert record["idle"] == []
        assert report.errors == ()
        assert Section.CELL in {row.section for row in found}
    with subtests.test("nothing of the library is imported here"):
        assert imported_from(CACHE) == []
    with subtests.test("no changed cell is called constant"):
        assert [(row.symbol, row.verdict) for row in called_constant(found)] == []
    with subtests.test("the page is the one that was read"):
        assert text == reviewed(library.workload, text)


def imported_from(folder: Path) -> list[str]:
    """Return the modules of this process that come from a folder."""
    places = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    return sorted(name for name, place in places.items() if str(place).startswith(f"{folder}/"))


def reviewed(workload: str, found: str) -> str:
    """Return the page that a person has read; write it first if that is asked for."""
    path = EXPECTED / f"{workload}.md"
    if os.environ.get("STATELINT_UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    return path.read_text("utf-8")


def test_every_library_has_a_workload_and_a_page() -> None:
    names = {library.workload for library in libraries()}

    assert names == {path.stem for path in EXPECTED.glob("*.md")}
    assert names < {path.stem for path in (HERE / "workloads").iterdir()}


def test_enough_libraries_are_watched() -> None:
    assert len(libraries()) >= 10


def test_every_release_is_pinned() -> None:
    pins = [line.partition(";")[0].strip() for line in requirements()]

    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []


def requirements() -> list[str]:
    """Return the lines of requirements.txt that are no comments."""
    lines = REQUIREMENTS.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_every_watched_package_is_pinned() -> None:
    pinned = {line.partition("==")[0].lower() for line in requirements()}

    assert {package for library in libraries() for package in library.packages} <= pinned


def test_environment_is_made_anew_for_other_pins_and_another_python() -> None:
    assert name_of(b"a==1", (3, 11)) != name_of(b"a==2", (3, 11))
    assert name_of(b"a==1", (3, 11)) != name_of(b"a==1", (3, 12))
