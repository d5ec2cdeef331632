"""HMS401 and HMS402."""

import pytest

from pystatelint.link.records import (
    Action,
    Cell,
    ClassInfo,
    FunctionInfo,
    LibraryCall,
    Phase,
    Receiver,
    Value,
)
from pystatelint.rules import ALL_RULES
from pystatelint.rules.sessions.live_session_at_import import RULE as AT_IMPORT
from pystatelint.rules.sessions.session_kept_by_process_object import RULE as KEPT

from .build import (
    NONE,
    SESSION,
    at,
    binding,
    call,
    class_cell,
    class_info,
    decorator,
    findings,
    function,
    instance,
    module_cell,
    places,
    project,
    rebind,
    write,
)

LIVE = "sqlalchemy.orm.Session"
MAKER = instance("sqlalchemy.orm.sessionmaker")


@pytest.mark.parametrize(
    "opened",
    [
        pytest.param(call("sqlalchemy.create_engine"), id="an engine"),
        pytest.param(call("sqlalchemy.orm.sessionmaker"), id="a session maker"),
        pytest.param(call("sqlalchemy.orm.scoped_session"), id="a scoped registry"),
        pytest.param(call(LIVE, managed=True), id="closed by its with"),
        pytest.param(call(LIVE, phases=(Phase.MAIN,)), id="under the main guard"),
        pytest.param(call(LIVE, "app.db.open", phases=(Phase.RUN,)), id="at run time"),
        pytest.param(
            call(LIVE, phases=(Phase.IMPORT, Phase.RUN), bound_to="app.db.session"),
            id="a function that runs later as well",
        ),
        pytest.param(call(LIVE, "app.db.seed"), id="local to a function called at import"),
        pytest.param(call(LIVE, "app.__main__", module="app.__main__"), id="a program"),
        pytest.param(call(LIVE, "alembic.env", module="alembic.env"), id="a migration environment"),
        pytest.param(call(LIVE, "tests.test_db", module="tests.test_db"), id="a test"),
    ],
)
def test_at_import_silent(opened: LibraryCall) -> None:
    assert findings(AT_IMPORT, project(opened, tests=("tests.test_db",))) == []


@pytest.mark.parametrize(
    ("opened", "symbol"),
    [
        pytest.param(call(LIVE, bound_to="app.db.session"), "app.db.session", id="a module's name"),
        pytest.param(
            call(LIVE, "app.db.Repo", owner="app.db.Repo", bound_to="app.db.Repo.session"),
            "app.db.Repo.session",
            id="a class attribute",
        ),
        pytest.param(call(LIVE), "app.db", id="a default argument"),
        pytest.param(
            call("sqlalchemy.ext.asyncio.AsyncSession", bound_to="app.db.s"), "app.db.s", id="async"
        ),
        pytest.param(
            call("sqlite3.Connection", bound_to="app.db.c"), "app.db.c", id="a connection"
        ),
    ],
)
def test_at_import_alarm_at_the_call(opened: LibraryCall, symbol: str) -> None:
    assert places(findings(AT_IMPORT, project(opened))) == [f"app/db.py:4 error {symbol}"]


def stores(receiver: Receiver, value: Value = SESSION, **more: object) -> Cell:
    act = rebind(receiver, "app.chat.connect", value=value, **more)
    return module_cell("app.chat.db", NONE, act)


CACHED = {"decorators": (decorator("functools.lru_cache"),)}
REPO = "app.chat.Repo"


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(stores(Receiver.NAME, MAKER), id="a session maker"),
        pytest.param(
            stores(Receiver.NAME, Value(kind="class", dotted=LIVE)), id="the class, no session"
        ),
        pytest.param(stores(Receiver.NAME, phases=(Phase.TEST,)), id="by a test"),
        pytest.param(stores(Receiver.NAME, phases=(Phase.IMPORT,)), id="at import is HMS401"),
        pytest.param(
            class_info(REPO, instance_bindings=(binding("session", SESSION),)), id="one per request"
        ),
        pytest.param(
            class_info(
                REPO, instance_bindings=(binding("s", MAKER),), instances=("app.chat.repo",)
            ),
            id="a singleton that keeps the maker",
        ),
        pytest.param(function("app.chat.open", returns=(SESSION,)), id="a new one for each caller"),
        pytest.param(function("app.chat.maker", returns=(MAKER,), **CACHED), id="a cached maker"),
        pytest.param(
            function("tests.db", path="tests/test_chat.py", returns=(SESSION,), **CACHED),
            id="a cached session of the tests",
        ),
    ],
)
def test_kept_silent(record: Cell | ClassInfo | FunctionInfo) -> None:
    assert findings(KEPT, project(record, tests=("tests.test_chat",))) == []


@pytest.mark.parametrize(
    ("record", "place"),
    [
        pytest.param(stores(Receiver.NAME), "app/chat.py:9 error app.chat.db", id="global"),
        pytest.param(
            stores(Receiver.NAME, phases=(Phase.INIT,)),
            "app/chat.py:9 error app.chat.db",
            id="at start-up",
        ),
        pytest.param(
            class_cell(f"{REPO}.db", NONE, rebind(Receiver.CLASS, value=SESSION, binds_first=True)),
            "app/chat.py:9 error app.chat.Repo.db",
            id="a class attribute",
        ),
        pytest.param(
            module_cell(
                "app.chat.app",
                instance("fastapi.FastAPI"),
                write(
                    Action.ATTRIBUTE,
                    Receiver.NAME,
                    "app.chat.connect",
                    inner=(".state", ".db"),
                    value=SESSION,
                ),
            ),
            "app/chat.py:9 error app.chat.app",
            id="app.state",
        ),
        pytest.param(
            class_info(
                REPO, instance_bindings=(binding("db", SESSION),), instances=("app.chat.repo",)
            ),
            "app/chat.py:5 error app.chat.Repo.db",
            id="a service with one instance",
        ),
        pytest.param(
            function("app.chat.db", returns=(SESSION,), **CACHED),
            "app/chat.py:7 error app.chat.db",
            id="a cached function",
        ),
    ],
)
def test_kept_alarm_where_it_is_stored(record: Cell | ClassInfo | FunctionInfo, place: str) -> None:
    linked = project(record)
    found = [each for rule in ALL_RULES if rule.check for each in findings(rule, linked)]
    proven = [each for each in found if each.code not in ("HMS190", "HMS290")]
    assert [each.code for each in proven] == ["HMS402"]
    assert places(proven) == [place]


def test_a_session_passed_in_at_import_is_reported_where_it_is_opened() -> None:
    info = class_info(REPO, instance_bindings=(binding("db", SESSION),), instances=("app.db.repo",))
    holder = module_cell("app.db.repo", instance(REPO), span=at(4))
    assert findings(KEPT, project(info, holder, call(LIVE, bound_to="app.db.repo"))) == []
    assert places(findings(KEPT, project(info, holder))) == ["app/chat.py:5 error app.chat.Repo.db"]


def test_a_session_that_the_class_opens_itself_is_reported_there() -> None:
    opened = binding("db", Value(kind="instance", dotted=LIVE, literal=True))
    info = class_info(REPO, instance_bindings=(opened,), instances=("app.db.repo",))
    holder = module_cell("app.db.repo", instance(REPO), span=at(4))
    found = findings(KEPT, project(info, holder, call(LIVE, bound_to="app.db.other")))
    assert places(found) == ["app/chat.py:5 error app.chat.Repo.db"]
