"""The rules, their fixtures, their pages and the changelog speak of the same set."""

import re
from collections import Counter
from pathlib import Path

import pytest

from pystatelint.model.rule import Rule, Status
from pystatelint.rules import ALL_RULES

ROOT = Path(__file__).parents[2]
SECTIONS = (
    "What it finds",
    "Why it hurts",
    "When it is fine",
    "Example",
    "Use instead",
    "Options",
    "Fix",
    "References",
)
CODE = re.compile(r"HMS\d{3}")
CODES = frozenset(rule.code for rule in ALL_RULES)

each_rule = pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)


def source_of(rule: Rule) -> Path:
    stem = rule.name.replace("-", "_")
    (path,) = (ROOT / "src/pystatelint/rules").glob(f"*/{stem}.py")
    return path


def test_every_rule_has_a_folder_of_fixtures() -> None:
    folders = {path.name for path in (ROOT / "fixtures/rules").iterdir()}

    assert folders == CODES


def test_every_rule_has_a_page() -> None:
    pages = {path.stem for path in (ROOT / "docs/rules").glob("*.md")} - {"index"}

    assert pages == CODES


def test_every_rule_is_in_the_changelog_by_code_and_name() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    listed = Counter(re.findall(r"^ *- (HMS\d{3}) `([a-z-]+)`", text, flags=re.MULTILINE))

    assert listed == Counter((rule.code, rule.name) for rule in ALL_RULES)


def test_rules_are_sorted_and_unique() -> None:
    codes = [rule.code for rule in ALL_RULES]
    names = [rule.name for rule in ALL_RULES]

    assert codes == sorted(set(codes))
    assert len(set(names)) == len(names)


@each_rule
def test_code_is_the_prefix_and_three_digits(rule: Rule) -> None:
    assert CODE.fullmatch(rule.code)


@each_rule
def test_name_is_kebab_case_and_reads_after_allow(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
    assert rule.name.split("-")[0] not in {"no", "allow", "disallow", "avoid", "use", "prefer"}


@each_rule
def test_rule_stands_in_the_file_of_its_name(rule: Rule) -> None:
    assert f'code="{rule.code}"' in source_of(rule).read_text(encoding="utf-8")


@each_rule
def test_first_line_is_a_short_sentence(rule: Rule) -> None:
    first, blank, *_ = rule.doc.splitlines()

    assert len(first) <= 80
    assert first.endswith(".")
    assert blank == ""


@each_rule
def test_sections_are_in_the_fixed_order(rule: Rule) -> None:
    assert tuple(re.findall(r"^## (.+)$", rule.doc, flags=re.MULTILINE)) == SECTIONS


@each_rule
def test_no_section_is_empty(rule: Rule) -> None:
    _, *sections = re.split(r"^## .+$", rule.doc, flags=re.MULTILINE)

    assert all(section.strip() for section in sections)


@each_rule
def test_example_marks_what_it_reports(rule: Rule) -> None:
    example = rule.doc.partition("\n## Example\n")[2].partition("\n## ")[0]

    assert "```python" in example
    if rule.code != "HMS090":  # A file that is not Python is shown, not run.
        assert f"# expect: {rule.code}" in example or f", {rule.code}" in example


@each_rule
def test_stable_rules_name_the_version_that_brought_them(rule: Rule) -> None:
    headings = re.findall(
        r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE
    )

    assert rule.status is not Status.STABLE or rule.since in headings
