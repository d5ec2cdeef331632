"""HMS205, HMS207, HMS210 and HMS214: one cell, one rule."""

import pytest

from pystatelint.link.records import Action, Cell, Phase, Receiver, Value, Verdict
from pystatelint.model.rule import Rule
from pystatelint.rules import ALL_RULES
from pystatelint.rules.modules.alias_then_write import RULE as ALIAS
from pystatelint.rules.modules.attribute_write_on_module_instance import RULE as ATTRIBUTE
from pystatelint.rules.modules.constant_mutated import RULE as CONSTANT
from pystatelint.rules.modules.foreign_module_write import RULE as FOREIGN

from .build import (
    DICT,
    NONE,
    SESSION,
    alias,
    by_module,
    by_name,
    by_self,
    findings,
    instance,
    module_cell,
    places,
    project,
    rebind,
    write,
)

ROWS = "app.chat.rows"
LIMITS = "app.chat.LIMITS"
BY_ALIAS = by_name(aliases=(alias(8),))
SETTINGS = instance("app.chat.Settings")
SETS = write(Action.ATTRIBUTE, Receiver.NAME, "app.chat.send", inner=(".debug",))

SILENT = [
    pytest.param(ALIAS, module_cell(ROWS, DICT), id="205: nothing writes it"),
    pytest.param(ALIAS, module_cell(ROWS, DICT, by_name()), id="205: by its own name"),
    pytest.param(
        ALIAS,
        module_cell(ROWS, DICT, by_name(aliases=(alias(8),), phases=(Phase.IMPORT,))),
        id="205: while modules load",
    ),
    pytest.param(
        ALIAS, module_cell("app.chat.buffer", DICT, BY_ALIAS), id="205: a buffer is HMS201"
    ),
    pytest.param(FOREIGN, module_cell(ROWS, DICT, by_name()), id="207: a name that was imported"),
    pytest.param(
        FOREIGN,
        module_cell(ROWS, DICT, by_module(phases=(Phase.INIT,))),
        id="207: while the process starts",
    ),
    pytest.param(
        FOREIGN,
        module_cell(ROWS, DICT, by_module("tests.test_chat.fill")),
        id="207: a test sets it",
    ),
    pytest.param(CONSTANT, module_cell(LIMITS, DICT), id="210: nothing writes it"),
    pytest.param(
        CONSTANT,
        module_cell(LIMITS, DICT, by_name(phases=(Phase.IMPORT,))),
        id="210: filled at import",
    ),
    pytest.param(
        CONSTANT,
        module_cell(LIMITS, NONE, rebind(Receiver.NAME, "app.chat.send")),
        id="210: a number with capitals is HMS203",
    ),
    pytest.param(CONSTANT, module_cell("app.chat.REGISTRY", DICT, by_name()), id="210: a registry"),
    pytest.param(CONSTANT, module_cell("app.chat.X", DICT, by_name()), id="210: one letter"),
    pytest.param(ATTRIBUTE, module_cell(ROWS, SETTINGS), id="214: nothing writes it"),
    pytest.param(
        ATTRIBUTE,
        module_cell(
            ROWS, SETTINGS, write(Action.ATTRIBUTE, Receiver.NAME, "app.chat", phases=(Phase.INIT,))
        ),
        id="214: set while the process starts",
    ),
    pytest.param(
        ATTRIBUTE, module_cell(ROWS, Value(kind="function"), SETS), id="214: a function's attribute"
    ),
    pytest.param(
        ATTRIBUTE,
        module_cell(
            ROWS, SETTINGS, write(Action.ATTRIBUTE, Receiver.NAME, "app.chat.send", value=SESSION)
        ),
        id="214: a session is HMS402",
    ),
    pytest.param(
        ATTRIBUTE,
        module_cell(ROWS, SETTINGS, SETS, verdict=Verdict.SAFE),
        id="214: threading.local",
    ),
]

ALARMS = [
    pytest.param(ALIAS, module_cell(ROWS, DICT, BY_ALIAS), "app/chat.py:2 error", id="205"),
    pytest.param(
        ALIAS,
        module_cell(ROWS, DICT, BY_ALIAS, verdict=Verdict.GUARDED),
        "app/chat.py:2 info",
        id="205 under a lock",
    ),
    pytest.param(
        FOREIGN, module_cell(ROWS, DICT, by_module()), "app/views.py:9 error", id="207: an item"
    ),
    pytest.param(
        FOREIGN,
        module_cell(ROWS, NONE, rebind(Receiver.MODULE, "app.views.show")),
        "app/views.py:9 error",
        id="207: the name itself",
    ),
    pytest.param(
        FOREIGN,
        module_cell(
            ROWS,
            NONE,
            rebind(Receiver.NAME, "app.chat.send"),
            rebind(Receiver.MODULE, "app.views.show"),
        ),
        "app/views.py:9 error",
        id="207: beside a global of its own module",
    ),
    pytest.param(
        CONSTANT, module_cell(LIMITS, DICT, by_name()), "app/chat.py:2 error", id="210: an item"
    ),
    pytest.param(
        CONSTANT,
        module_cell(LIMITS, DICT, BY_ALIAS),
        "app/chat.py:2 error",
        id="210: by another name",
    ),
    pytest.param(
        CONSTANT,
        module_cell(LIMITS, DICT, by_module()),
        "app/chat.py:2 error",
        id="210: from elsewhere",
    ),
    pytest.param(
        CONSTANT,
        module_cell(LIMITS, DICT, by_name(), remembers=True),
        "app/chat.py:2 warning",
        id="210: what was met before is no error",
    ),
    pytest.param(
        CONSTANT,
        module_cell(ROWS, NONE, rebind(Receiver.NAME, "app.chat.send"), final=True),
        "app/chat.py:2 error",
        id="210: Final bound anew",
    ),
    pytest.param(
        CONSTANT,
        module_cell("app.chat._CACHE", DICT, by_name(), final=True),
        "app/chat.py:2 error",
        id="210: Final, whatever the name",
    ),
    pytest.param(
        ATTRIBUTE, module_cell(ROWS, SETTINGS, SETS), "app/chat.py:2 warning", id="214: one"
    ),
    pytest.param(
        ATTRIBUTE,
        module_cell(ROWS, SETTINGS, by_name(inner=(".rows", "[]"), aliases=(alias(8),))),
        "app/chat.py:2 warning",
        id="214: a part of it, by another name",
    ),
    pytest.param(
        ATTRIBUTE,
        module_cell(ROWS, SETTINGS, by_self(inner=(".items",))),
        "app/chat.py:2 warning",
        id="214: a container inside, from its own method",
    ),
    pytest.param(
        ATTRIBUTE,
        module_cell(ROWS, SETTINGS, write(Action.ATTRIBUTE, Receiver.MODULE, "app.views.show")),
        "app/chat.py:2 warning",
        id="214: through the module",
    ),
]


@pytest.mark.parametrize(("rule", "cell"), SILENT)
def test_silent(rule: Rule, cell: Cell) -> None:
    assert findings(rule, project(cell, tests=("tests.test_chat",))) == []


@pytest.mark.parametrize(("rule", "cell", "place"), ALARMS)
def test_alarm_from_this_rule_alone(rule: Rule, cell: Cell, place: str) -> None:
    linked = project(cell)
    assert places(findings(rule, linked)) == [f"{place} {cell.symbol}"]
    others = [each for each in ALL_RULES if each.check and not each.contract and each is not rule]
    assert [each.code for each in others if findings(each, linked)] == []


def test_foreign_writes_are_reported_once_per_function() -> None:
    writes = (by_module(line=9), by_module(line=11), by_module("app.chat.reset", line=20))
    found = findings(FOREIGN, project(module_cell(ROWS, DICT, *writes)))
    assert [each.span.line for each in found] == [9, 20]


def test_attribute_message_names_the_one_attribute() -> None:
    (finding,) = findings(ATTRIBUTE, project(module_cell("app.chat.settings", SETTINGS, SETS)))
    assert "app.chat.send changes its attribute `settings.debug` at run time" in finding.message
