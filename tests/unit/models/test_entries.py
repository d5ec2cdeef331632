"""Which entry-point rows match a name."""

import pytest

from pystatelint.models import Tables
from pystatelint.models.entries import alternatives, index_entries
from pystatelint.models.functions import Entry


@pytest.mark.parametrize(
    ("match", "names"),
    [
        pytest.param("a.b", ["a.b"], id="plain"),
        pytest.param("a.(b|c)", ["a.b", "a.c"], id="last part"),
        pytest.param("(a|b.c).(d|e)", ["a.d", "a.e", "b.c.d", "b.c.e"], id="two groups"),
    ],
)
def test_alternatives(match: str, names: list[str]) -> None:
    assert list(alternatives(match)) == names


@pytest.mark.parametrize(
    ("kind", "dotted", "framework", "role", "model"),
    [
        pytest.param("decorator", "fastapi.APIRouter.get", "fastapi", "request", "L", id="route"),
        pytest.param(
            "decorator", "flask.Flask.route", "flask", "request", "T", id="threaded route"
        ),
        pytest.param("call-arg", "django.urls.path", "django", "request", "T", id="view in a url"),
        pytest.param("call-arg", "threading.Thread", "stdlib", "task", "T", id="thread"),
        pytest.param("call-arg", "asyncio.gather", "stdlib", "task", "L", id="gather"),
        pytest.param("base", "app_pb2_grpc.ChatServicer", "grpc", "request", "T", id="glob"),
        pytest.param("base", "django.apps.AppConfig", "django", "lifecycle", "S", id="start-up"),
        pytest.param("name", "lambda_handler", "aws-lambda", "request", "P", id="by name"),
        pytest.param("name", "pytest_configure", "pytest", "test", "S", id="glob of a name"),
        pytest.param("decorator", "?.on_event", "fastapi", "lifecycle", "L", id="of a stranger"),
        pytest.param("decorator", "click.command", "click", "script", "F", id="command line"),
        pytest.param("shape", "", "falcon", "request", "T", id="any constructor"),
    ],
)
def test_find(
    tables: Tables, kind: str, dotted: str, framework: str, role: str, model: str
) -> None:
    found = [(row.framework, row.role, row.model) for row in tables.entries.find(kind, dotted)]
    assert found == [(framework, role, model)]


@pytest.mark.parametrize(
    ("kind", "dotted"),
    [
        pytest.param("decorator", "functools.wraps", id="no entry point"),
        pytest.param("call-arg", "fastapi.APIRouter.get", id="of another kind"),
        pytest.param("name", "send", id="an ordinary function"),
        pytest.param("decorator", "x.on_event", id="of a class that is known"),
    ],
)
def test_find_nothing(tables: Tables, kind: str, dotted: str) -> None:
    assert tables.entries.find(kind, dotted) == ()


def test_a_name_can_match_several_rows() -> None:
    plain = Entry(
        framework="one", kind="base", match="a.B", role="task", model="T", source="made up"
    )
    glob = Entry(
        framework="two", kind="base", match="*B", role="event", model="L", source="made up"
    )
    entries = index_entries((plain, glob))
    assert entries.find("base", "a.B") == (plain, glob)
    assert entries.find("base", "c.B") == (glob,)
