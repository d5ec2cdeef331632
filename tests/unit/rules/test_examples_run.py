"""Every code block of the documentation reports what it says, and nothing else."""

import ast
import tomllib

import msgspec
import pytest

from pystatelint.config.schema import Config
from pystatelint.facts.extract import extract
from pystatelint.link.build import link
from pystatelint.link.knowledge import Knowledge, know
from pystatelint.link.project import Project
from pystatelint.model.module import ModuleInput
from pystatelint.model.rule import Rule
from pystatelint.models.tables import load_tables
from pystatelint.rules import ALL_RULES
from pystatelint.rules.examples import Example, Expectation, examples_of

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code} {example.section} {number}")
    for rule in ALL_RULES
    if rule.check
    for number, example in enumerate(examples_of(rule))
]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return know(load_tables())


def module(path: str, text: str) -> ModuleInput:
    name = path.removesuffix(".py").replace("/", ".")
    return ModuleInput(name, path, package=False, test=False, facts=extract(ast.parse(text), text))


def reported(rule: Rule, linked: Project, config: Config) -> list[Expectation]:
    assert rule.check is not None
    found = rule.check(linked, config)
    return sorted(Expectation(each.path, each.span.line, each.code) for each in found)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example_reports_what_it_says(rule: Rule, example: Example, knowledge: Knowledge) -> None:
    linked = link([module(path, text) for path, text in example.files], knowledge)
    config = msgspec.convert(tomllib.loads("\n".join(example.config)), Config)
    assert reported(rule, linked, config) == sorted(example.expected)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_no_other_rule_of_the_default_set_joins_in(
    rule: Rule, example: Example, knowledge: Knowledge
) -> None:
    linked = link([module(path, text) for path, text in example.files], knowledge)
    others = [each for each in ALL_RULES if each.default and each.check and each is not rule]
    assert [found for each in others for found in reported(each, linked, Config())] == []
