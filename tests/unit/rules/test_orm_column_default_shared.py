import pytest

from pystatelint.link.records import LibraryCall, Value
from pystatelint.rules.classes.orm_column_default_shared import RULE

from .build import (
    DICT,
    LIST,
    NONE,
    call,
    findings,
    function,
    instance,
    module_cell,
    places,
    project,
)

COLUMN = "sqlalchemy.Column"
SETTINGS = "app.db.User.settings"

SILENT = [
    pytest.param(call(COLUMN), id="no default"),
    pytest.param(call(COLUMN, arguments=(("default", NONE),)), id="a constant"),
    pytest.param(
        call(COLUMN, arguments=(("default", Value(kind="class", dotted="dict")),)),
        id="a type to call",
    ),
    pytest.param(
        call(COLUMN, arguments=(("default", Value(kind="function")),)), id="a function to call"
    ),
    pytest.param(call(COLUMN, arguments=(("info", DICT),)), id="another argument"),
    pytest.param(call("app.Column", arguments=(("default", DICT),)), id="not a known column"),
]

ALARMS = [
    pytest.param(COLUMN, DICT, id="a dict"),
    pytest.param("sqlalchemy.orm.mapped_column", LIST, id="a list"),
    pytest.param("django.db.models.JSONField", DICT, id="Django's JSON"),
    pytest.param(COLUMN, Value(kind="cell", dotted="app.db.EMPTY"), id="a named dict"),
    pytest.param(COLUMN, instance("app.db.Options"), id="an object of the project"),
]


@pytest.mark.parametrize("column", SILENT)
def test_silent(column: LibraryCall) -> None:
    assert findings(RULE, project(column)) == []


@pytest.mark.parametrize(("dotted", "default"), ALARMS)
def test_alarm_at_the_call(dotted: str, default: Value) -> None:
    column = call(dotted, arguments=(("default", default),), bound_to=SETTINGS)
    linked = project(column, module_cell("app.db.EMPTY", DICT))
    assert places(findings(RULE, linked)) == [f"app/db.py:4 error {SETTINGS}"]


def test_an_object_that_can_be_called_is_a_factory() -> None:
    column = call(COLUMN, arguments=(("default", instance("app.db.Options")),))
    assert findings(RULE, project(column, function("app.db.Options.__call__"))) == []
