"""HMS301, HMS302, HMS306 and HMS312."""

import pytest

from pystatelint.link.records import (
    Action,
    Cell,
    CellKind,
    ClassInfo,
    Decorator,
    FunctionInfo,
    Phase,
    Receiver,
    Value,
    Write,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.rules.functions.cache_on_method import RULE as CACHE
from pystatelint.rules.functions.contextvar_mutable_default import RULE as CONTEXT
from pystatelint.rules.functions.default_as_memo import RULE as MEMO
from pystatelint.rules.functions.default_mutated import RULE as DEFAULT

from .build import (
    DICT,
    LIST,
    NONE,
    at,
    by_name,
    cell,
    class_info,
    decorator,
    findings,
    function,
    places,
    project,
    rebind,
    write,
)

WORDS = "app.chat.send(words)"
APPEND = write(Action.METHOD, Receiver.PARAMETER, "app.chat.send")


FILLED_BY_REQUESTS = write(
    Action.ITEM,
    Receiver.PARAMETER,
    "app.chat.send",
    from_parameter=True,
    reached_from=Step(StepKind.REACH, "app/chat.py", at(1), "which serves requests"),
)
CLEARED = write(Action.METHOD, Receiver.PARAMETER, "app.chat.send", text="memo.clear()")


def default(symbol: str, *writes: object) -> Cell:
    return cell(symbol, CellKind.DEFAULT, LIST, *writes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "parameter",
    [
        pytest.param(default(WORDS), id="nothing changes it"),
        pytest.param(default("app.chat.send(memo)", APPEND), id="a memo by its name"),
        pytest.param(default("app.chat.send(_word_cache)", APPEND), id="a cache by its name"),
        pytest.param(
            default(
                WORDS,
                write(Action.METHOD, Receiver.PARAMETER, "app.chat.f", phases=(Phase.IMPORT,)),
            ),
            id="changed while modules load",
        ),
        pytest.param(default(WORDS, by_name()), id="not through the parameter"),
    ],
)
def test_default_silent(parameter: Cell) -> None:
    assert findings(DEFAULT, project(parameter)) == []


@pytest.mark.parametrize(
    ("writes", "severity"),
    [
        pytest.param((APPEND,), "info", id="filled by calls"),
        pytest.param((FILLED_BY_REQUESTS,), "warning", id="filled by requests"),
        pytest.param((FILLED_BY_REQUESTS, CLEARED), "info", id="and emptied again"),
    ],
)
def test_memo_alarm(writes: tuple[Write, ...], severity: str) -> None:
    memo = default("app.chat.send(memo)", *writes)
    assert places(findings(MEMO, project(memo))) == [
        f"{memo.path}:2 {severity} app.chat.send(memo)"
    ]


def test_default_alarm_once_at_the_default() -> None:
    found = findings(DEFAULT, project(default(WORDS, APPEND, APPEND)))
    assert [(each.path, each.span.line, each.symbol) for each in found] == [
        (default(WORDS).path, 2, WORDS)
    ]
    assert found[0].message == (
        "the default of `words` is one list for all calls of app.chat.send: what app.chat.send "
        "leaves there, the next call gets"
    )


@pytest.mark.parametrize(
    "variable",
    [
        pytest.param(cell("app.chat.tags", CellKind.CONTEXTVAR, LIST), id="nothing changes it"),
        pytest.param(
            cell("app.chat.tags", CellKind.CONTEXTVAR, NONE, rebind(Receiver.NAME, "app.chat.f")),
            id="set() gives the context its own value",
        ),
        pytest.param(
            cell("app.chat.tags", CellKind.CONTEXTVAR, LIST, by_name(phases=(Phase.TEST,))),
            id="only a test changes it",
        ),
    ],
)
def test_contextvar_silent(variable: Cell) -> None:
    assert findings(CONTEXT, project(variable)) == []


def test_contextvar_alarm_at_the_variable() -> None:
    variable = cell("app.chat.tags", CellKind.CONTEXTVAR, LIST, by_name(action=Action.METHOD))
    assert places(findings(CONTEXT, project(variable))) == ["app/chat.py:2 error app.chat.tags"]


LRU = decorator("functools.lru_cache")
CHAT = "app.chat.Chat"


def method(*decorators: Decorator, **more: object) -> FunctionInfo:
    known = {"owner": CHAT, "decorators": decorators}
    return function(f"{CHAT}.count", **known | more)


def store(value: Value) -> Decorator:
    return decorator("cachetools.cached", arguments=(("cache", value),))


@pytest.mark.parametrize(
    ("cached", "owner"),
    [
        pytest.param(method(), class_info(CHAT), id="no cache"),
        pytest.param(method(LRU, owner=""), class_info(CHAT), id="a function"),
        pytest.param(method(LRU, static=True), class_info(CHAT), id="a static method"),
        pytest.param(method(LRU, class_method=True), class_info(CHAT), id="a class method"),
        pytest.param(method(LRU), class_info(CHAT, kind="enum"), id="members live for ever"),
        pytest.param(method(LRU), class_info(CHAT, kind="namedtuple"), id="hashed by value"),
        pytest.param(
            method(LRU),
            class_info(
                CHAT,
                kind="dataclass",
                decorators=(decorator("dataclasses.dataclass", ("frozen", "True")),),
            ),
            id="frozen and hashed by value",
        ),
        pytest.param(
            method(LRU),
            class_info(CHAT, instances=("app.chat.chat",), constructed=1),
            id="one instance",
        ),
        pytest.param(
            method(decorator("functools.cached_property")),
            class_info(CHAT),
            id="kept in the instance",
        ),
        pytest.param(
            method(store(Value(kind="function"))), class_info(CHAT), id="a store per instance"
        ),
        pytest.param(method(store(Value(kind="weakkeydict"))), class_info(CHAT), id="a weak store"),
    ],
)
def test_cache_silent(cached: FunctionInfo, owner: ClassInfo) -> None:
    assert findings(CACHE, project(cached, owner)) == []


@pytest.mark.parametrize(
    ("used", "severity"),
    [
        pytest.param(decorator("functools.cache"), "warning", id="cache has no bound"),
        pytest.param(LRU, "info", id="lru_cache keeps 128 entries"),
        pytest.param(decorator("functools.lru_cache", ("maxsize", "256")), "info", id="a bound"),
        pytest.param(decorator("functools.lru_cache", ("maxsize", "None")), "warning", id="none"),
        pytest.param(
            decorator("functools.lru_cache", ("0", "None")), "warning", id="none by position"
        ),
        pytest.param(
            decorator("functools.lru_cache", ("typed", "None")), "info", id="another option"
        ),
        pytest.param(store(DICT), "warning", id="a dict as store"),
        pytest.param(store(Value(kind="cache", mutable=True)), "info", id="a store with a bound"),
    ],
)
def test_cache_alarm_at_the_decorator(used: Decorator, severity: str) -> None:
    linked = project(method(used), class_info(CHAT, instances=("app.chat.chat",), constructed=2))
    assert places(findings(CACHE, linked)) == [f"app/chat.py:6 {severity} app.chat.Chat.count"]


def test_cache_alarm_where_the_class_is_not_known() -> None:
    assert len(findings(CACHE, project(method(LRU)))) == 1
