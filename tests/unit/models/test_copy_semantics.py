"""The copy table against the libraries themselves."""

import array
import collections
import dataclasses
from collections.abc import Callable
from typing import Any, NamedTuple

import attr
import attrs
import msgspec
import pydantic
import pydantic.dataclasses
import pytest
import sqlmodel

from pystatelint.models import Tables

Make = Callable[[Any], type]


class Hashable:
    def __init__(self) -> None:
        self.items: list[int] = []


class Unhashable(Hashable):
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return self is other


def plain_dataclass(default: Any) -> type:
    @dataclasses.dataclass
    class Made:
        value: Any = default

    return Made


def dataclass_field(default: Any) -> type:
    @dataclasses.dataclass
    class Made:
        value: Any = dataclasses.field(default=default)

    return Made


def attrs_class(default: Any) -> type:
    @attrs.define
    class Made:
        value: Any = default

    return Made


def attrs_field(default: Any) -> type:
    @attrs.define
    class Made:
        value: Any = attrs.field(default=default)

    return Made


def attr_ib(default: Any) -> type:
    @attr.s
    class Made:
        value: Any = attr.ib(default)

    return Made


def named_tuple(default: Any) -> type:
    class Made(NamedTuple):
        value: Any = default

    return Made


def called_named_tuple(default: Any) -> type:
    return collections.namedtuple("Made", ["value"], defaults=[default])  # noqa: PYI024


def pydantic_model(default: Any) -> type:
    class Made(pydantic.BaseModel):
        value: Any = default

    return Made


def pydantic_field(default: Any) -> type:
    class Made(pydantic.BaseModel):
        value: Any = pydantic.Field(default)

    return Made


def pydantic_dataclass(default: Any) -> type:
    @pydantic.dataclasses.dataclass
    class Made:
        value: Any = default

    return Made


def field_in_pydantic_dataclass(default: Any) -> type:
    @pydantic.dataclasses.dataclass
    class Made:
        value: Any = pydantic.Field(default)

    return Made


def msgspec_struct(default: Any) -> type:
    return msgspec.defstruct("Made", [("value", Any, default)])


def msgspec_field(default: Any) -> type:
    class Made(msgspec.Struct):
        value: Any = msgspec.field(default=default)

    return Made


def sqlmodel_class(default: Any) -> type:
    class Made(sqlmodel.SQLModel):
        value: Any = default

    return Made


def sqlmodel_field(default: Any) -> type:
    class Made(sqlmodel.SQLModel):
        value: Any = sqlmodel.Field(default=default)

    return Made


MAKERS: list[tuple[str, Make]] = [
    ("attrs", attrs_class),
    ("attrs", attrs_field),
    ("attrs", attr_ib),
    ("dataclass", plain_dataclass),
    ("dataclass", dataclass_field),
    ("msgspec", msgspec_struct),
    ("msgspec", msgspec_field),
    ("namedtuple", named_tuple),
    ("namedtuple", called_named_tuple),
    ("pydantic", pydantic_model),
    ("pydantic", pydantic_field),
    ("pydantic", field_in_pydantic_dataclass),
    ("pydantic-dataclass", pydantic_dataclass),
    ("sqlmodel", sqlmodel_class),
    ("sqlmodel", sqlmodel_field),
]

DEFAULTS: dict[str, tuple[Callable[[], Any], ...]] = {
    "empty": (list, dict, set, bytearray),
    "filled": (lambda: [1], lambda: {1: 2}, lambda: {1}, lambda: bytearray(b"x")),
    "wrapped": (lambda: ([],), lambda: ({},)),
    "container": (
        collections.deque,
        collections.OrderedDict,
        collections.Counter,
        lambda: collections.defaultdict(list),
        lambda: array.array("i"),
    ),
    "hashable": (Hashable,),
    "unhashable": (Unhashable,),
}


def outcome(make: Make, default: Any) -> str:
    try:
        made = make(default)
    except (TypeError, ValueError):
        return "rejected"
    first, second = made().value, made().value
    if isinstance(first, tuple):
        return "shared" if first[0] is second[0] else "copied"
    return "shared" if first is second else "copied"


@pytest.mark.parametrize("category", [pytest.param(name, id=name) for name in DEFAULTS])
@pytest.mark.parametrize(
    ("kind", "make"), [pytest.param(kind, make, id=make.__name__) for kind, make in MAKERS]
)
def test_the_library_does_what_the_table_says(
    tables: Tables, kind: str, make: Make, category: str
) -> None:
    expected = getattr(tables.copies[kind], category)
    assert {outcome(make, default()) for default in DEFAULTS[category]} == {expected}


def test_every_class_kind_with_defaults_is_tried(tables: Tables) -> None:
    assert {kind for kind, _ in MAKERS} == set(tables.copies)


def test_class_kinds_are_those_that_the_linked_records_know(tables: Tables) -> None:
    kinds = {row.kind for row in tables.class_makers.values()}
    assert kinds == {*tables.copies, "enum", "protocol", "transformed", "typeddict"}


def test_factories_give_each_instance_its_own(tables: Tables) -> None:
    made: dict[str, type] = {
        "attr.field": attrs.make_class("Made", {"value": attrs.field(factory=list)}),
        "attr.ib": attr.make_class("Made", {"value": attr.ib(factory=list)}),
        "dataclasses.field": dataclasses.make_dataclass(
            "Made", [("value", list, dataclasses.field(default_factory=list))]
        ),
        "msgspec.field": msgspec.defstruct(
            "Made", [("value", list, msgspec.field(default_factory=list))]
        ),
        "pydantic.Field": pydantic.create_model(
            "Made", value=(list, pydantic.Field(default_factory=list))
        ),
        "sqlmodel.Field": type(
            "Made",
            (sqlmodel.SQLModel,),
            {
                "__annotations__": {"value": list},
                "__module__": __name__,
                "value": sqlmodel.Field(default_factory=list),
            },
        ),
    }
    for name, found in made.items():
        assert tables.field_makers[name].factories
        assert found().value is not found().value
