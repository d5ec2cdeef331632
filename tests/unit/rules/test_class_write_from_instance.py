import pytest

from pystatelint.link.records import Action, Cell, Phase, Receiver, Verdict
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.span import Span
from pystatelint.rules.classes.class_write_from_instance import RULE

from .build import (
    LIST,
    NONE,
    SESSION,
    by_self,
    class_cell,
    findings,
    places,
    project,
    rebind,
    write,
)

USER = "app.chat.Chat.user"
CLASS = Receiver.CLASS

SILENT = [
    pytest.param(class_cell(USER, NONE), id="nothing writes it"),
    pytest.param(
        class_cell(USER, NONE, rebind(CLASS, phases=(Phase.INIT,))), id="set while it starts"
    ),
    pytest.param(
        class_cell(USER, NONE, rebind(CLASS, binds_first=True)), id="a constant worked out once"
    ),
    pytest.param(
        class_cell(USER, NONE, rebind(CLASS, "tests.test_chat.set_user")), id="a test sets it"
    ),
    pytest.param(
        class_cell(USER, LIST, by_self(), rebind(CLASS)), id="HMS101 reports the container"
    ),
    pytest.param(
        class_cell(USER, NONE, rebind(CLASS, value=SESSION)), id="HMS402 reports the session"
    ),
]

HANDLER = Step(StepKind.REACH, "app/routes.py", Span(3, 0, 3, 9), "this is app.routes.chat")

ALARMS = [
    pytest.param(class_cell(USER, NONE, rebind(CLASS)), "warning", id="type(self).x ="),
    pytest.param(
        class_cell(USER, NONE, rebind(CLASS, from_parameter=True)),
        "warning",
        id="a caller's data, whoever that is",
    ),
    pytest.param(
        class_cell(USER, NONE, rebind(CLASS, from_parameter=True, reached_from=HANDLER)),
        "error",
        id="a request's data",
    ),
    pytest.param(
        class_cell(USER, NONE, rebind(CLASS, from_parameter=True, binds_first=True)),
        "warning",
        id="the first caller wins",
    ),
    pytest.param(
        class_cell(USER, NONE, write(Action.AUGMENTED, CLASS, "app.chat.Chat.send")),
        "warning",
        id="cls.count += 1",
    ),
    pytest.param(
        class_cell(USER, NONE, rebind(CLASS, from_parameter=True), verdict=Verdict.GUARDED),
        "info",
        id="one lock guards it",
    ),
]


@pytest.mark.parametrize("cell", SILENT)
def test_silent(cell: Cell) -> None:
    assert findings(RULE, project(cell, tests=("tests.test_chat",))) == []


@pytest.mark.parametrize(("cell", "severity"), ALARMS)
def test_alarm_at_the_act(cell: Cell, severity: str) -> None:
    assert places(findings(RULE, project(cell))) == [f"app/chat.py:9 {severity} {USER}"]


def test_one_finding_per_function_at_the_write_that_leaks() -> None:
    writes = (
        rebind(CLASS, line=9),
        rebind(CLASS, line=12, from_parameter=True, reached_from=HANDLER),
        rebind(CLASS, "app.chat.Chat.reset", line=20),
    )
    assert places(findings(RULE, project(class_cell(USER, NONE, *writes)))) == [
        f"app/chat.py:12 error {USER}",
        f"app/chat.py:20 warning {USER}",
    ]
