import pytest

from pystatelint.link.records import ClassInfo, Field, Value
from pystatelint.rules.classes.field_default_shared import RULE

from .build import (
    DICT,
    FILLED,
    LIST,
    NONE,
    class_info,
    decorator,
    field,
    findings,
    function,
    instance,
    module_cell,
    places,
    project,
)

DEQUE = Value(kind="deque", mutable=True, literal=True)
LIST_IN_TUPLE = Value(kind="tuple", mutable=False, parts=(LIST,))
STORE = instance("app.chat.Store")
PLAIN = class_info("app.chat.Store")


def holder(kind: str, each: Field) -> ClassInfo:
    return class_info("app.chat.Chat", kind=kind, fields=(each,))


SILENT = [
    pytest.param("dataclass", field("x", NONE), id="a constant"),
    pytest.param("dataclass", field("x", None), id="no default"),
    pytest.param("dataclass", field("x", Value(kind="tuple")), id="a tuple of constants"),
    pytest.param("dataclass", field("x", Value(kind="function")), id="a function"),
    pytest.param("dataclass", field("x", Value(kind="unknown")), id="not known to be mutable"),
    pytest.param("attrs", field("x", LIST, annotated=False), id="not annotated, so no field"),
    pytest.param("attrs", field("x", LIST, class_var=True), id="ClassVar, so no field"),
    pytest.param(
        "attrs", field("x", Value(kind="instance", dotted="attrs.Factory")), id="a factory"
    ),
    pytest.param("pydantic", field("x", LIST), id="pydantic copies lists"),
    pytest.param("pydantic", field("x", DEQUE), id="pydantic copies what has no hash"),
    pytest.param("sqlmodel", field("x", DICT), id="sqlmodel copies as pydantic does"),
    pytest.param("msgspec", field("x", LIST), id="msgspec copies empty lists"),
    pytest.param("enum", field("x", LIST), id="a member, no field"),
    pytest.param("", field("x", LIST), id="no framework"),
]

SHARED = [
    pytest.param("attrs", field("x", LIST), id="attrs shares lists"),
    pytest.param(
        "attrs", field("x", LIST, annotated=False, maker="attr.ib"), id="attr.ib(default=[])"
    ),
    pytest.param("namedtuple", field("x", DICT), id="NamedTuple shares dicts"),
    pytest.param("dataclass", field("x", LIST_IN_TUPLE), id="dataclass shares a list in a tuple"),
    pytest.param("dataclass", field("x", STORE), id="dataclass shares what has a hash"),
    pytest.param("pydantic", field("x", STORE), id="pydantic shares what has a hash"),
    pytest.param("msgspec", field("x", DEQUE), id="msgspec shares a deque"),
]

REFUSED = [
    pytest.param("dataclass", field("x", LIST), id="dataclass refuses lists"),
    pytest.param("dataclass", field("x", DEQUE), id="dataclass refuses what has no hash"),
    pytest.param("msgspec", field("x", FILLED), id="msgspec refuses lists with content"),
]


@pytest.mark.parametrize(("kind", "each"), SILENT)
def test_silent(kind: str, each: Field) -> None:
    assert findings(RULE, project(holder(kind, each))) == []


@pytest.mark.parametrize(("kind", "each"), SHARED)
def test_shared_default_at_the_field(kind: str, each: Field) -> None:
    found = findings(RULE, project(holder(kind, each), PLAIN))
    assert places(found) == ["app/chat.py:3 error app.chat.Chat.x"]
    assert "share one" in found[0].message


@pytest.mark.parametrize(("kind", "each"), REFUSED)
def test_refused_default_at_the_field(kind: str, each: Field) -> None:
    found = findings(RULE, project(holder(kind, each)))
    assert places(found) == ["app/chat.py:3 error app.chat.Chat.x"]
    assert f"which {kind} refuses" in found[0].message


def test_default_that_is_a_named_list_is_looked_up() -> None:
    named = field("x", Value(kind="cell", dotted="app.chat.EMPTY", mutable=True))
    linked = project(holder("pydantic", named), module_cell("app.chat.EMPTY", LIST))
    assert findings(RULE, linked) == []


def test_a_descriptor_is_no_default() -> None:
    getter = function("app.chat.Store.__get__")
    assert findings(RULE, project(holder("dataclass", field("x", STORE)), PLAIN, getter)) == []


@pytest.mark.parametrize(
    ("store", "methods", "refused"),
    [
        pytest.param(
            class_info("app.chat.Store", kind="dataclass"), (), True, id="compared by value"
        ),
        pytest.param(
            class_info(
                "app.chat.Store",
                kind="dataclass",
                decorators=(decorator("dataclasses.dataclass", ("eq", "False")),),
            ),
            (),
            False,
            id="eq=False keeps the hash",
        ),
        pytest.param(PLAIN, ("__eq__",), True, id="__eq__ takes the hash away"),
        pytest.param(PLAIN, ("__eq__", "__hash__"), False, id="__hash__ gives it back"),
    ],
)
def test_hash_decides_what_a_dataclass_does_with_an_object(
    store: ClassInfo, methods: tuple[str, ...], refused: bool
) -> None:
    functions = [function(f"app.chat.Store.{name}") for name in methods]
    linked = project(holder("dataclass", field("x", STORE)), store, *functions)
    (finding,) = findings(RULE, linked)
    assert ("refuses" in finding.message) is refused
