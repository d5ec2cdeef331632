"""The projects in fixtures/projects are reported as their marks and snapshots say.

Run with STATELINT_UPDATE_SNAPSHOTS=1 to write the snapshots anew; review the difference.
"""

import ast
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pystatelint.model.report import Report
from pystatelint.report import RenderOptions, render
from pystatelint.rules import ALL_RULES

PROJECTS = Path(__file__).resolve().parents[2] / "fixtures" / "projects"
SNAPSHOTS = Path(__file__).resolve().parent / "snapshots"
NAMES = (
    "chat_service",
    "finance_sync",
    "memory_service",
    "parcel_tracker",
    "slide_app",
    "turn_persistence",
)
FORMS = tuple(f"{name}/{form}" for name in NAMES for form in ("broken", "clean"))

Marks = frozenset[tuple[str, int, str]]
Analysed = Callable[[Path], Report]
Marked = Callable[[Path, str], Marks]


@pytest.mark.parametrize("form", FORMS)
def test_reports_exactly_what_is_marked(
    form: str,
    analysed: Analysed,
    marked: Marked,
    reported: Callable[[Report], Marks],
    difference: Callable[[Path, Marks, Marks], str],
) -> None:
    folder = PROJECTS / form
    report = analysed(folder)
    assert report.errors == ()
    assert difference(folder, reported(report), marked(folder, "expect")) == ""


@pytest.mark.parametrize("form", FORMS)
def test_sees_every_file_and_its_mutable_cells(form: str, analysed: Analysed) -> None:
    """A silent report is worth something only if there was something to look at."""
    folder = PROJECTS / form
    report = analysed(folder)
    own = [path for path in folder.rglob("*.py") if "site-packages" not in path.parts]
    assert report.files == len(own)
    assert any(row.mutable for row in report.ledger)


@pytest.mark.parametrize("name", NAMES)
def test_concise_report_is_the_reviewed_one(name: str, analysed: Analysed) -> None:
    found = render(analysed(PROJECTS / name / "broken"), "concise", RenderOptions())
    snapshot = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("STATELINT_UPDATE_SNAPSHOTS"):
        snapshot.write_text(found, encoding="utf-8", newline="\n")
    assert found == snapshot.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_report_does_not_depend_on_where_the_project_stands(
    name: str, analysed: Analysed, copied: Callable[[Path], Path]
) -> None:
    here = PROJECTS / name / "broken"
    assert analysed(here).findings == analysed(copied(here)).findings


@pytest.mark.parametrize("name", NAMES)
def test_clean_form_has_no_marks(name: str, marked: Marked) -> None:
    kinds = ("expect", "contract", "later")
    assert [marked(PROJECTS / name / "clean", kind) for kind in kinds] == [frozenset()] * 3


@pytest.mark.parametrize("form", FORMS)
def test_every_module_is_valid_and_says_what_it_is_for(form: str) -> None:
    undocumented = [
        path.name
        for path in (PROJECTS / form).rglob("*.py")
        if not ast.get_docstring(ast.parse(path.read_bytes())) and path.read_bytes()
    ]
    assert undocumented == []


def test_every_default_rule_about_code_has_a_realistic_case(marked: Marked) -> None:
    wanted = {rule.code for rule in ALL_RULES if rule.default and rule.check is not None}
    assert wanted - codes("expect", marked) == set()


def test_marks_name_rules_that_exist(marked: Marked) -> None:
    built = {rule.code for rule in ALL_RULES}
    assert (codes("expect", marked) | codes("contract", marked)) - built == set()


def test_later_marks_wait_for_rules_that_are_not_built(marked: Marked) -> None:
    """Once a rule is built, its `later` marks become `expect` marks."""
    assert codes("later", marked) & {rule.code for rule in ALL_RULES} == set()


def codes(kind: str, marked: Marked) -> set[str]:
    return {code for name in NAMES for _, _, code in marked(PROJECTS / name / "broken", kind)}
