import pytest

from pystatelint.link.records import Cell
from pystatelint.rules.classes.instance_mutated_class_container import RULE as OWN_WRITES
from pystatelint.rules.classes.sibling_leak import RULE

from .build import LIST, by_class, by_self, class_cell, class_info, findings, places, project

NOTES = "app.chat.Reader.notes"
FROM_HEIR = "app.chat.CsvReader.warn"
BASE = class_info("app.chat.Reader")
HEIR = class_info("app.chat.CsvReader", ancestors=("app.chat.Reader",))

SILENT = [
    pytest.param(class_cell(NOTES, LIST), id="nothing writes it"),
    pytest.param(
        class_cell(NOTES, LIST, by_self("app.chat.Reader.warn")), id="the owner writes it"
    ),
    pytest.param(
        class_cell(NOTES, LIST, by_self(FROM_HEIR), by_self("app.chat.Reader.warn")),
        id="owner and subclass write it",
    ),
    pytest.param(
        class_cell(NOTES, LIST, by_self(FROM_HEIR), by_self("app.views.show")),
        id="others write it too",
    ),
    pytest.param(
        class_cell(NOTES, LIST, by_self(FROM_HEIR), class_var=True), id="sharing is declared"
    ),
    pytest.param(
        class_cell(NOTES, LIST, by_class(FROM_HEIR, text="Reader.notes[key]")),
        id="the base's name is written out",
    ),
]

ALARMS = [
    pytest.param(class_cell(NOTES, LIST, by_self(FROM_HEIR)), id="through self"),
    pytest.param(
        class_cell(NOTES, LIST, by_class(FROM_HEIR, text="cls.notes[k]")), id="through cls"
    ),
]


@pytest.mark.parametrize("cell", SILENT)
def test_silent(cell: Cell) -> None:
    assert findings(RULE, project(cell, BASE, HEIR)) == []


@pytest.mark.parametrize("cell", ALARMS)
def test_alarm_at_the_base(cell: Cell) -> None:
    linked = project(cell, BASE, HEIR)
    assert places(findings(RULE, linked)) == [f"app/chat.py:2 error {NOTES}"]
    assert findings(OWN_WRITES, linked) == []
