"""What holds for every rule and its documentation."""

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pystatelint.model.rule import FixSafety, Rule, Scope
from pystatelint.rules import ALL_RULES
from pystatelint.rules.examples import Example, Expectation, examples_of

ROOT = Path(__file__).parents[3]
SECTIONS = [
    "What it finds",
    "Why it hurts",
    "When it is fine",
    "Example",
    "Use instead",
    "Options",
    "Fix",
    "References",
]
ISSUE = (
    "001 002 005 006 090 101 102 103 104 105 106 107 108 109 110 111 112 113 190 201 202 203 "
    "204 205 206 207 208 209 210 211 212 213 214 215 290 301 302 303 304 305 306 307 308 309 "
    "310 311 312 313 314 401 402 403 404 405 411 412 501 502 503 504 507 508 510 511 512 513 "
    "514 516 517 518 601 603 610"
)
STARRED = (
    "101 102 103 105 106 107 108 109 110 111 201 202 204 205 206 207 208 210 213 214 301 303 "
    "305 307 308 309 310 311 312 313 314 401 402 403 404 411 412 501 502 503 504 507 508 510 "
    "512 513 516 517 601 603"
)

PROJECT_WIDE = (
    "102 103 104 105 109 201 202 203 204 205 206 207 208 209 210 211 212 213 214 307 308 310 "
    "313 402 403 404 405 411 412 501 502 503 507 508 510 511 512 513 514 516 517 518 601 603 "
    "610"
)

each_rule = pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
each_example = pytest.mark.parametrize(
    ("rule", "example"),
    [
        pytest.param(rule, example, id=f"{rule.code} {example.section} {number}")
        for rule in ALL_RULES
        for number, example in enumerate(examples_of(rule))
    ],
)


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_rules", ROOT / "docs/generate_rules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_catalogue_is_sorted_and_complete() -> None:
    assert [rule.code for rule in ALL_RULES] == [f"HMS{number}" for number in ISSUE.split()]


def test_names_are_unique_kebab_case() -> None:
    names = [rule.name for rule in ALL_RULES]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)+", name)] == []


def test_default_set_is_the_starred_rules_and_policy() -> None:
    starred = [rule.code for rule in ALL_RULES if rule.default and rule.check]
    assert starred == [f"HMS{number}" for number in STARRED.split()]
    assert all(rule.default for rule in ALL_RULES if rule.check is None)


def test_contract_rules_are_the_ledger_and_not_in_the_default_set() -> None:
    contract = [rule for rule in ALL_RULES if rule.contract]
    assert [rule.code[3:] for rule in contract] == ["112", "113", "190", "215", "290"]
    assert not any(rule.default for rule in contract)


@each_rule
def test_file_is_named_after_the_rule(rule: Rule) -> None:
    family = {
        "0": "policy",
        "1": "classes",
        "2": "modules",
        "3": "functions",
        "4": "sessions",
        "5": "concurrency",
        "6": "persistence",
    }
    path = (
        ROOT / "src/pystatelint/rules" / family[rule.code[3]] / f"{rule.name.replace('-', '_')}.py"
    )
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")), clean=False) == rule.doc


@each_rule
def test_documentation_has_its_sections(rule: Rule) -> None:
    summary = rule.doc.splitlines()[0]
    assert len(summary) <= 80
    assert summary.endswith(".")
    assert re.findall(r"^## (.+)$", rule.doc, re.MULTILINE) == SECTIONS
    assert all(
        re.split(r"^## .+$", rule.doc, flags=re.MULTILINE)[number].strip() for number in range(9)
    )


@each_rule
def test_no_rule_claims_a_fix_that_is_not_there(rule: Rule) -> None:
    assert rule.fix is FixSafety.NONE


@each_rule
def test_each_kind_of_section_has_a_block(rule: Rule) -> None:
    sections = {example.section for example in examples_of(rule)}
    assert sections == {"When it is fine", "Example", "Use instead"}


@each_example
def test_example_expects_its_own_code_and_others_nothing(rule: Rule, example: Example) -> None:
    codes = {each.code for each in example.expected}
    assert codes == ({rule.code} if example.section == "Example" else set())


@each_example
def test_example_is_python(rule: Rule, example: Example) -> None:
    broken = rule.code == "HMS090" and example.section != "Use instead"
    for _, source in example.files:
        if broken:
            with pytest.raises(SyntaxError):
                ast.parse(source)
        else:
            ast.parse(source)


def test_examples_are_split_into_files_with_lines_of_their_own() -> None:
    doc = (
        "Sum.\n\n## Example\n\n```python\n# file: a/x.py\nX = []  # expect: HMS101, HMS201\n\n"
        "# file: a/y.py\n# config: strict = true\nY = 1\nZ = []  # expect: HMS101\n```\n"
    )
    rule = ALL_RULES[0].__class__(code="HMS101", name="n", severity=ALL_RULES[0].severity, doc=doc)
    (example,) = examples_of(rule)
    assert example == Example(
        "Example",
        (
            ("a/x.py", "X = []  # expect: HMS101, HMS201\n\n"),
            ("a/y.py", "# config: strict = true\nY = 1\nZ = []  # expect: HMS101\n"),
        ),
        ("strict = true",),
        (
            Expectation("a/x.py", 1, "HMS101"),
            Expectation("a/x.py", 1, "HMS201"),
            Expectation("a/y.py", 3, "HMS101"),
        ),
    )


def test_pages_are_up_to_date() -> None:
    written = {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/rules").iterdir()
    }
    assert written == generator().pages(ALL_RULES), "run: python docs/generate_rules.py"


def test_rules_that_need_the_project_are_not_for_flake8() -> None:
    project_wide = [rule.code[3:] for rule in ALL_RULES if rule.scope is Scope.PROJECT]
    assert " ".join(project_wide) == PROJECT_WIDE


def test_the_catalogue_loads_nothing_heavy() -> None:
    code = (
        "import sys, pystatelint.rules; "
        "print(sorted({'astroid', 'click', 'libcst', 'pathspec', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
