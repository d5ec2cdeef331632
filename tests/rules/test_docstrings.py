"""The code blocks of every rule's documentation are reported as they promise."""

from collections.abc import Callable, Mapping

import pytest

from pystatelint.model.report import Report
from pystatelint.model.rule import Rule
from pystatelint.rules import ALL_RULES
from pystatelint.rules.examples import Example, examples_of

Files = Mapping[str, bytes]
Marks = frozenset[tuple[str, int, str]]

BLOCKS = [
    pytest.param(rule, example, id=f"{rule.code} {example.section} {number}")
    for rule in ALL_RULES
    for number, example in enumerate(examples_of(rule))
]


@pytest.mark.parametrize(("rule", "example"), BLOCKS)
def test_block_is_reported_as_promised(
    rule: Rule,
    example: Example,
    analysed: Callable[[Files, tuple[str, ...], Rule | None], Report],
    difference: Callable[[Files, Marks, Marks], str],
) -> None:
    files = {path: source.encode() for path, source in example.files}
    wanted = frozenset((each.path, each.line, each.code) for each in example.expected)

    report = analysed(files, example.config, rule)

    found = frozenset(
        (each.path, each.span.line, each.code)
        for each in report.findings
        if example.section != "Example" or each.code == rule.code
    )
    assert report.errors == ()
    if found != wanted:
        pytest.fail(difference(files, found, wanted), pytrace=False)


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_only_examples_are_reported(rule: Rule) -> None:
    promising = {example.section for example in examples_of(rule) if example.expected}

    assert promising == {"Example"}
