"""HMS305: defaults of parameters, fields and columns."""

from typing import Any

import msgspec
import pytest

from pystatelint.link.places import StatefulDefault
from pystatelint.link.records import Value
from pystatelint.model.finding import Finding
from pystatelint.models import load_tables
from pystatelint.rules.functions.stateful_call_default import RULE

from .build import at, call, class_info, field, findings, places, project

NOW = Value(kind="instance", dotted="datetime.datetime.now", mutable=False)
SESSION = Value(kind="instance", dotted="sqlalchemy.orm.Session")


def default(**more: Any) -> StatefulDefault:
    known: dict[str, Any] = {
        "call": "time.time",
        "kind": "clock",
        "function": "app.chat.send",
        "parameter": "now",
        "module": "app.chat",
        "path": "app/chat.py",
        "span": at(4),
        "at_run_time": True,
    }
    return StatefulDefault(**known | more)


def reported(*records: Any, tests: tuple[str, ...] = ()) -> list[Finding]:
    defaults = tuple(each for each in records if isinstance(each, StatefulDefault))
    linked = msgspec.structs.replace(
        project(*records, tests=tests),
        stateful_defaults=defaults,
        volatile=tuple(load_tables().volatile.values()),
    )
    return findings(RULE, linked)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(default(at_run_time=False), id="of a program that starts and ends"),
        pytest.param(default(kind="engine"), id="an engine is made to last"),
        pytest.param(default(kind="pool"), id="a pool is made to last"),
        pytest.param(default(kind="factory"), id="a factory is made to last"),
        pytest.param(default(module="tests.test_chat"), id="in a test"),
    ],
)
def test_parameter_silent(record: StatefulDefault) -> None:
    assert reported(record, tests=("tests.test_chat",)) == []


@pytest.mark.parametrize(
    ("kind", "severity"),
    [
        pytest.param("clock", "error", id="the time"),
        pytest.param("identity", "error", id="an identity"),
        pytest.param("random", "error", id="chance"),
        pytest.param("session", "error", id="a session"),
        pytest.param("connection", "error", id="a connection"),
        pytest.param("client", "warning", id="a client may be shared"),
    ],
)
def test_parameter_alarm_at_the_call(kind: str, severity: str) -> None:
    assert places(reported(default(kind=kind))) == [f"app/chat.py:4 {severity} app.chat.send(now)"]


def test_message() -> None:
    (found,) = reported(default())
    assert found.message == (
        "the default of `now` is the time of the import, for all calls of app.chat.send: "
        "time.time runs once, with the `def`"
    )


@pytest.mark.parametrize(
    ("value", "kind", "alarm"),
    [
        pytest.param(NOW, "dataclass", True, id="the time"),
        pytest.param(SESSION, "pydantic", True, id="a session"),
        pytest.param(NOW, "", False, id="of a class without fields"),
        pytest.param(
            Value(kind="external", dotted="datetime.datetime.now"),
            "dataclass",
            False,
            id="uncalled",
        ),
        pytest.param(Value(kind="constant"), "dataclass", False, id="a constant"),
    ],
)
def test_field(value: Value, kind: str, alarm: bool) -> None:
    info = class_info("app.chat.Row", kind=kind, fields=(field("at", value),))
    assert [each.symbol for each in reported(info)] == ["app.chat.Row.at"] * alarm


@pytest.mark.parametrize(
    ("keyword", "alarm"),
    [
        pytest.param("default", True, id="default"),
        pytest.param("onupdate", True, id="onupdate"),
        pytest.param("server_default", False, id="the database's side"),
    ],
)
def test_column(keyword: str, alarm: bool) -> None:
    column = call("sqlalchemy.Column", arguments=((keyword, NOW),), bound_to="app.chat.Row.at")
    assert [each.symbol for each in reported(column)] == ["app.chat.Row.at"] * alarm
