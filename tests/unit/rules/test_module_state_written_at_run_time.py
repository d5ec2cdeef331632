import pytest

from pystatelint.link.records import Action, Cell, Phase, Receiver, Value, Verdict
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.span import Span
from pystatelint.rules.modules.module_state_written_at_run_time import RULE

from .build import (
    DICT,
    LIST,
    NONE,
    UNKNOWN,
    alias,
    by_module,
    by_name,
    findings,
    instance,
    module_cell,
    places,
    project,
    rebind,
)

STATE = "app.chat.state"

SILENT = [
    pytest.param(module_cell(STATE, DICT), id="nothing writes it"),
    pytest.param(
        module_cell(STATE, DICT, by_name(phases=(Phase.IMPORT,))), id="filled by a decorator"
    ),
    pytest.param(module_cell(STATE, DICT, by_name(phases=(Phase.INIT,))), id="filled at start-up"),
    pytest.param(module_cell(STATE, DICT, by_name(phases=(Phase.MAIN,))), id="a script's main"),
    pytest.param(
        module_cell(STATE, LIST, by_name(), idiom="task-keepalive"), id="keeps tasks alive"
    ),
    pytest.param(
        module_cell(STATE, Value(kind="weakset", mutable=True), by_name()), id="a weak container"
    ),
    pytest.param(
        module_cell(STATE, Value(kind="queue", mutable=True), by_name()),
        id="a queue is for sharing",
    ),
    pytest.param(module_cell(STATE, DICT, by_name(), verdict=Verdict.SAFE), id="a safe holder"),
    pytest.param(
        module_cell(STATE, DICT, by_name("app.chat.__getattr__")), id="a module's __getattr__"
    ),
    pytest.param(module_cell(STATE, DICT, by_name("tests.test_chat.fill")), id="a test fills it"),
    pytest.param(module_cell("tests.test_chat.seen", LIST, by_name()), id="state of a test module"),
    pytest.param(module_cell(STATE, NONE, rebind(Receiver.NAME)), id="bound anew is HMS203"),
    pytest.param(
        module_cell(STATE, NONE, by_name(action=Action.AUGMENTED)), id="+= on a number is HMS203"
    ),
    pytest.param(
        module_cell(STATE, DICT, by_name(aliases=(alias(8),))), id="by another name is HMS205"
    ),
    pytest.param(module_cell(STATE, DICT, by_module()), id="from another module is HMS207"),
    pytest.param(module_cell("app.chat.STATES", DICT, by_name()), id="a constant is HMS210"),
    pytest.param(module_cell(STATE, DICT, by_name(), final=True), id="Final is HMS210"),
    pytest.param(
        module_cell(STATE, instance("app.chat.State"), by_name(inner=(".items", "[]"))),
        id="an attribute of it is HMS214",
    ),
]

HANDLER = Step(StepKind.REACH, "app/routes.py", Span(3, 0, 3, 9), "this is app.routes.chat")

ALARMS = [
    pytest.param(module_cell(STATE, DICT, by_name()), "warning", id="item store"),
    pytest.param(
        module_cell(STATE, DICT, by_name(from_parameter=True)),
        "warning",
        id="a caller's data, of a caller that nobody knows",
    ),
    pytest.param(
        module_cell(STATE, DICT, by_name(from_parameter=True, reached_from=HANDLER)),
        "error",
        id="a caller's data, of a request",
    ),
    pytest.param(
        module_cell(STATE, DICT, by_name(reached_from=HANDLER)),
        "warning",
        id="a constant, in a request",
    ),
    pytest.param(
        module_cell(STATE, LIST, by_name(action=Action.AUGMENTED)), "warning", id="+= on a list"
    ),
    pytest.param(
        module_cell(STATE, DICT, by_name(action=Action.UNBIND)), "warning", id="del of an item"
    ),
    pytest.param(
        module_cell(STATE, NONE, rebind(Receiver.NAME), by_name()),
        "warning",
        id="bound, then filled",
    ),
    pytest.param(
        module_cell(STATE, DICT, by_name(), by_name(aliases=(alias(8),))),
        "warning",
        id="by its own name and another",
    ),
    pytest.param(
        module_cell(STATE, DICT, by_name(), by_module()),
        "warning",
        id="in its module and elsewhere",
    ),
    pytest.param(
        module_cell(STATE, DICT, by_name(from_parameter=True), verdict=Verdict.GUARDED),
        "info",
        id="one lock guards it",
    ),
]


@pytest.mark.parametrize("cell", SILENT)
def test_silent(cell: Cell) -> None:
    assert findings(RULE, project(cell, tests=("tests.test_chat",))) == []


@pytest.mark.parametrize(("cell", "severity"), ALARMS)
def test_alarm_at_the_binding(cell: Cell, severity: str) -> None:
    assert places(findings(RULE, project(cell))) == [f"app/chat.py:2 {severity} {STATE}"]


def test_a_script_is_information() -> None:
    cell = module_cell("app.__main__.state", DICT, by_name(from_parameter=True))
    assert [each.severity.value for each in findings(RULE, project(cell))] == ["info"]


def test_an_upper_case_cache_is_state_and_no_constant() -> None:
    cell = module_cell("app.chat._CACHE", DICT, by_name())
    assert places(findings(RULE, project(cell))) == ["app/chat.py:2 warning app.chat._CACHE"]


def test_a_content_write_on_an_unknown_object_is_less_certain() -> None:
    (finding,) = findings(RULE, project(module_cell(STATE, UNKNOWN, by_name())))
    assert finding.confidence.value == "low"
