import pytest

from pystatelint.link.records import Cell, CellKind, ClassInfo, Verdict
from pystatelint.rules import ALL_RULES
from pystatelint.rules.classes.instance_alias_of_shared import RULE

from .build import (
    DICT,
    alias,
    binding,
    by_name,
    by_self,
    cell,
    class_cell,
    class_info,
    findings,
    module_cell,
    places,
    project,
)

DEFAULTS = "app.chat.DEFAULTS"
THROUGH_ALIAS = by_self(aliases=(alias(5),), text="it[key]")
THROUGH_TEXT = by_self(text="self.opts[key]")


def client(from_cell: str = DEFAULTS) -> ClassInfo:
    return class_info(
        "app.chat.Chat", instance_bindings=(binding("opts", DICT, from_cell=from_cell),)
    )


SILENT = [
    pytest.param(module_cell(DEFAULTS, DICT), client(), id="bound by reference, only read"),
    pytest.param(
        module_cell(DEFAULTS, DICT, THROUGH_TEXT), client(""), id="the attribute is a copy"
    ),
    pytest.param(
        module_cell(DEFAULTS, DICT, by_name()), client(), id="written by name, not through self"
    ),
    pytest.param(
        module_cell(DEFAULTS, DICT, THROUGH_TEXT, by_name()),
        client(),
        id="written by name too, so the cell is the cause",
    ),
    pytest.param(
        module_cell(DEFAULTS, DICT, by_self(text="self.opts_of[key]")),
        client(),
        id="another attribute whose name begins alike",
    ),
    pytest.param(
        module_cell(DEFAULTS, DICT, by_self(text="self.opts2[key]")),
        client(),
        id="another attribute with a number",
    ),
]

ALARMS = [
    pytest.param(module_cell(DEFAULTS, DICT, THROUGH_ALIAS), id="the alias step shows the way"),
    pytest.param(module_cell(DEFAULTS, DICT, THROUGH_TEXT), id="the text shows the way"),
    pytest.param(
        class_cell("app.chat.Chat.DEFAULTS", DICT, THROUGH_TEXT), id="a constant of the class"
    ),
    pytest.param(
        cell("app.chat.Chat.__init__(opts)", CellKind.DEFAULT, DICT, THROUGH_TEXT),
        id="the default of a parameter",
    ),
]


@pytest.mark.parametrize(("shared", "info"), SILENT)
def test_silent(shared: Cell, info: ClassInfo) -> None:
    assert findings(RULE, project(shared, info)) == []


@pytest.mark.parametrize("shared", ALARMS)
def test_alarm_at_the_binding_and_from_no_other_rule(shared: Cell) -> None:
    linked = project(shared, client(shared.symbol))
    found = [each for rule in ALL_RULES if rule.check for each in findings(rule, linked)]
    proven = [each for each in found if each.code not in ("HMS190", "HMS290")]
    assert [each.code for each in proven] == ["HMS111"]
    assert places(proven) == [f"app/chat.py:5 error {shared.symbol}"]


def test_a_lock_makes_it_information() -> None:
    shared = module_cell(DEFAULTS, DICT, THROUGH_TEXT, verdict=Verdict.GUARDED)
    assert places(findings(RULE, project(shared, client()))) == [f"app/chat.py:5 info {DEFAULTS}"]
