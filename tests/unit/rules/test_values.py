"""What a value is called in a sentence, and what makes another one."""

import pytest

from pystatelint.link.records import Value
from pystatelint.rules.values import maker_of, noun_of

from .build import DICT, LIST, instance

ORDERED = Value(kind="ordereddict", dotted="OrderedDict", mutable=True, empty=True)
A_FUNCTION = "a function that makes it"

CALLED = [
    pytest.param(DICT, "dict", "dict", id="a builtin"),
    pytest.param(ORDERED, "OrderedDict", "OrderedDict", id="as Python spells it"),
    pytest.param(
        Value(kind="counter", dotted="collections.Counter", mutable=True),
        "Counter",
        A_FUNCTION,
        id="an annotation tells the class, not the content",
    ),
    pytest.param(
        Value(kind="list", mutable=True, parts=(LIST,)), "list", A_FUNCTION, id="with content"
    ),
    pytest.param(
        Value(kind="defaultdict", dotted="defaultdict", mutable=True, empty=True),
        "defaultdict",
        A_FUNCTION,
        id="a class that needs arguments",
    ),
    pytest.param(instance("app.db.Options"), "app.db.Options", A_FUNCTION, id="of the project"),
    pytest.param(
        Value(kind="cell", dotted="app.db.EMPTY", mutable=True, parts=(DICT,)),
        "dict",
        A_FUNCTION,
        id="what another cell holds",
    ),
    pytest.param(Value(kind="unknown"), "object", A_FUNCTION, id="nobody knows what"),
]


@pytest.mark.parametrize(("value", "noun", "maker"), CALLED)
def test_names(value: Value, noun: str, maker: str) -> None:
    assert (noun_of(value), maker_of(value)) == (noun, maker)
