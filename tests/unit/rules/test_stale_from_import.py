import pytest

from pystatelint.link.places import StaleImport
from pystatelint.link.records import Cell, Phase, Receiver
from pystatelint.model.finding import Step, StepKind
from pystatelint.rules.modules.stale_from_import import RULE

from .build import DICT, NONE, at, by_name, findings, module_cell, places, project, rebind

POOL = "app.state.db"
READ = Step(StepKind.READ, "app/views.py", at(6), "read here, in app.views.show")
START = rebind(Receiver.NAME, "app.state.start")


def imported(*reads: Step, module: str = "app.views") -> StaleImport:
    return StaleImport(
        cell=POOL, name="db", module=module, path="app/views.py", span=at(1), reads=reads
    )


SILENT = [
    pytest.param(module_cell(POOL, NONE, START), imported(), id="no function reads the copy"),
    pytest.param(
        module_cell(POOL, NONE, rebind(Receiver.NAME, "app.state.start", phases=(Phase.IMPORT,))),
        imported(READ),
        id="bound while modules load",
    ),
    pytest.param(module_cell(POOL, DICT, by_name()), imported(READ), id="changed, not bound anew"),
    pytest.param(
        module_cell(POOL, NONE, rebind(Receiver.MODULE, "tests.test_chat.patch")),
        imported(READ),
        id="only a test binds it anew",
    ),
    pytest.param(
        module_cell(POOL, NONE, START),
        imported(READ, module="tests.test_chat"),
        id="a test imports it",
    ),
    pytest.param(module_cell("app.other.db", NONE, START), imported(READ), id="another name"),
]


@pytest.mark.parametrize(("cell", "stale"), SILENT)
def test_silent(cell: Cell, stale: StaleImport) -> None:
    assert findings(RULE, project(cell, stale=(stale,), tests=("tests.test_chat",))) == []


def test_alarm_at_the_import_shows_writer_and_reader() -> None:
    linked = project(module_cell(POOL, NONE, START), stale=(imported(READ),))
    found = findings(RULE, linked)
    assert places(found) == ["app/views.py:1 error app.state.db"]
    assert [(step.kind.value, step.path, step.span.line) for step in found[0].trail] == [
        ("cell", "app/state.py", 2),
        ("write", "app/state.py", 9),
        ("read", "app/views.py", 6),
        ("fix", "app/views.py", 1),
    ]
    assert found[0].remedy == "import the module and read state.db"
