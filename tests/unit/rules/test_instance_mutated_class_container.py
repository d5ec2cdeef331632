import pytest

from pystatelint.link.records import Action, Cell, Phase, Receiver, Verdict
from pystatelint.rules.classes.instance_mutated_class_container import RULE

from .build import (
    FILLED,
    LIST,
    NONE,
    UNKNOWN,
    by_class,
    by_self,
    class_cell,
    class_info,
    findings,
    instance,
    places,
    project,
    write,
)

ITEMS = "app.chat.Chat.items"

SILENT = [
    pytest.param(class_cell(ITEMS, LIST), id="nothing writes it"),
    pytest.param(
        class_cell(ITEMS, LIST, by_self(phases=(Phase.IMPORT,))), id="filled while modules load"
    ),
    pytest.param(
        class_cell(ITEMS, LIST, by_self(phases=(Phase.INIT, Phase.TEST))),
        id="written at start-up and by tests only",
    ),
    pytest.param(
        class_cell(ITEMS, LIST, by_self(), declarative=True), id="instances get their own field"
    ),
    pytest.param(
        class_cell(ITEMS, LIST, by_self(), class_var=True), id="ClassVar is a case of HMS102"
    ),
    pytest.param(class_cell(ITEMS, LIST, by_class()), id="through the class is HMS102"),
    pytest.param(class_cell(ITEMS, UNKNOWN, by_self()), id="not known to be mutable"),
    pytest.param(
        class_cell(ITEMS, NONE, by_self(action=Action.AUGMENTED)),
        id="+= on a number binds an instance attribute",
    ),
    pytest.param(class_cell(ITEMS, LIST, by_self(), verdict=Verdict.SAFE), id="made to be shared"),
    pytest.param(
        class_cell(ITEMS, LIST, by_self("tests.test_chat.Chat.send")), id="only a test writes it"
    ),
    pytest.param(
        class_cell("tests.test_chat.Fake.items", LIST, by_self()), id="a fake of the test-suite"
    ),
]

ALARMS = [
    pytest.param(class_cell(ITEMS, LIST, by_self()), "error", id="method call through self"),
    pytest.param(class_cell(ITEMS, FILLED, by_self()), "error", id="a list with content"),
    pytest.param(
        class_cell(ITEMS, LIST, by_self(action=Action.AUGMENTED)), "error", id="+= extends the list"
    ),
    pytest.param(
        class_cell(ITEMS, LIST, write(Action.ITEM, Receiver.INSTANCE, "app.views.show")),
        "error",
        id="another module, through an instance",
    ),
    pytest.param(
        class_cell(ITEMS, instance("app.store.Store"), by_self()), "error", id="a project object"
    ),
    pytest.param(
        class_cell(ITEMS, LIST, by_self(phases=(Phase.IMPORT, Phase.RUN))),
        "error",
        id="at import and at run time",
    ),
    pytest.param(
        class_cell(ITEMS, LIST, by_self(), verdict=Verdict.GUARDED), "info", id="one lock guards it"
    ),
]


@pytest.mark.parametrize("cell", SILENT)
def test_silent(cell: Cell) -> None:
    assert findings(RULE, project(cell, tests=("tests.test_chat",))) == []


@pytest.mark.parametrize(("cell", "severity"), ALARMS)
def test_alarm_at_the_binding(cell: Cell, severity: str) -> None:
    assert places(findings(RULE, project(cell))) == [f"app/chat.py:2 {severity} {ITEMS}"]


def test_many_writes_are_one_finding_that_names_the_consequence() -> None:
    writes = [by_self(), by_self("app.chat.Chat.edit"), by_self("app.chat.Chat.drop")]
    (finding,) = findings(RULE, project(class_cell(ITEMS, LIST, *writes)))
    assert finding.message == (
        "every instance of app.chat.Chat shares one list in `items`: what app.chat.Chat.send and "
        "2 other functions change through one instance, all the others see"
    )


def test_a_base_that_writes_as_well_is_no_sibling_leak() -> None:
    heir = class_info("app.chat.Group", ancestors=("app.chat.Chat",))
    cell = class_cell(ITEMS, LIST, by_self(), by_self("app.chat.Group.send"))
    assert places(findings(RULE, project(cell, heir))) == [f"app/chat.py:2 error {ITEMS}"]
