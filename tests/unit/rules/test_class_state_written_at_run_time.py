import pytest

from pystatelint.link.records import Action, Cell, Phase, Receiver, Value, Verdict
from pystatelint.rules.classes.class_state_written_at_run_time import RULE

from .build import (
    DICT,
    LIST,
    NONE,
    by_class,
    by_self,
    class_cell,
    findings,
    places,
    project,
    rebind,
)

SEEN = "app.chat.Chat.seen"

SILENT = [
    pytest.param(class_cell(SEEN, DICT), id="nothing writes it"),
    pytest.param(class_cell(SEEN, DICT, class_var=True), id="ClassVar alone is no finding"),
    pytest.param(
        class_cell(SEEN, DICT, by_class(phases=(Phase.IMPORT,))), id="filled by __init_subclass__"
    ),
    pytest.param(
        class_cell(SEEN, DICT, by_class(), verdict=Verdict.GUARDED), id="one lock guards it"
    ),
    pytest.param(
        class_cell(SEEN, Value(kind="weakvaluedict", mutable=True), by_class()),
        id="lets go of its values by itself",
    ),
    pytest.param(class_cell(SEEN, LIST, by_self()), id="through self is HMS101"),
    pytest.param(
        class_cell(SEEN, NONE, rebind(Receiver.CLASS), class_var=True),
        id="a new binding is HMS103, ClassVar or not",
    ),
]

ALARMS = [
    pytest.param(class_cell(SEEN, DICT, by_class()), id="through cls"),
    pytest.param(class_cell(SEEN, DICT, by_class(), declarative=True), id="evidence beats the DSL"),
    pytest.param(class_cell(SEEN, DICT, by_self(), class_var=True), id="ClassVar, through self"),
    pytest.param(class_cell(SEEN, DICT, by_self(), final=True), id="Final, through self"),
    pytest.param(
        class_cell(SEEN, NONE, rebind(Receiver.CLASS), final=True), id="Final, bound anew"
    ),
    pytest.param(
        class_cell(SEEN, LIST, by_class(action=Action.AUGMENTED)), id="+= on the class's list"
    ),
]


@pytest.mark.parametrize("cell", SILENT)
def test_silent(cell: Cell) -> None:
    assert findings(RULE, project(cell)) == []


@pytest.mark.parametrize("cell", ALARMS)
def test_alarm_at_the_binding(cell: Cell) -> None:
    assert places(findings(RULE, project(cell))) == [f"app/chat.py:2 warning {SEEN}"]


def test_message_holds_final_against_the_writer() -> None:
    (finding,) = findings(RULE, project(class_cell(SEEN, DICT, by_class(), final=True)))
    assert (
        "for the whole process, declared Final, and app.chat.Chat.send changes" in finding.message
    )
