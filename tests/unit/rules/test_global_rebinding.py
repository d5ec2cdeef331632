import pytest

from pystatelint.link.records import Action, Cell, Phase, Receiver, Verdict
from pystatelint.rules.modules.global_rebinding import RULE

from .build import DICT, NONE, SESSION, by_name, findings, module_cell, places, project, rebind

CURRENT = "app.chat.current"
NAME = Receiver.NAME
SEND = "app.chat.send"


def bound(*writes: object, **more: object) -> Cell:
    return module_cell(CURRENT, NONE, *writes, **more)  # type: ignore[arg-type]


SILENT = [
    pytest.param(bound(), id="nothing writes it"),
    pytest.param(bound(rebind(NAME, SEND, phases=(Phase.INIT,))), id="bound at start-up"),
    pytest.param(bound(rebind(NAME, SEND, phases=(Phase.TEST,))), id="setup_module"),
    pytest.param(bound(rebind(NAME, "app.chat.__getattr__")), id="a module's __getattr__"),
    pytest.param(
        bound(rebind(NAME, SEND, binds_first=True, guarded=("app.chat.lock",))),
        id="a constant worked out once, under a lock",
    ),
    pytest.param(
        bound(rebind(NAME, SEND, binds_first=True), verdict=Verdict.GUARDED),
        id="every write is under one lock",
    ),
    pytest.param(bound(rebind(NAME, SEND, value=SESSION)), id="a session is HMS402"),
    pytest.param(bound(rebind(Receiver.MODULE, "app.views.show")), id="from elsewhere is HMS207"),
    pytest.param(
        module_cell(CURRENT, DICT, by_name(), rebind(NAME, SEND)), id="HMS201 reports the cell"
    ),
]

ALARMS = [
    pytest.param(rebind(NAME, SEND), "info", id="global x; x = f()"),
    pytest.param(rebind(NAME, SEND, binds_first=True), "info", id="lazy without a lock"),
    pytest.param(rebind(NAME, SEND, from_parameter=True), "warning", id="a caller's data"),
    pytest.param(by_name(action=Action.AUGMENTED), "warning", id="global n; n += 1"),
    pytest.param(by_name(action=Action.UNBIND), "info", id="global x; del x"),
]


@pytest.mark.parametrize("cell", SILENT)
def test_silent(cell: Cell) -> None:
    assert findings(RULE, project(cell)) == []


@pytest.mark.parametrize(("write", "severity"), ALARMS)
def test_alarm_at_the_binding(write: object, severity: str) -> None:
    assert places(findings(RULE, project(bound(write)))) == [f"app/chat.py:2 {severity} {CURRENT}"]


def test_one_finding_names_all_functions() -> None:
    cell = bound(rebind(NAME, SEND), rebind(NAME, "app.chat.stop", line=15))
    (finding,) = findings(RULE, project(cell))
    assert finding.message.startswith(
        "app.chat.send and 1 other function rebind app.chat.current for the whole process"
    )
