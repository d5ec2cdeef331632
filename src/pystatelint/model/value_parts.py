"""What does a symbolic value consist of?"""

from collections.abc import Iterable, Iterator

from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Entered,
    Fresh,
    Item,
    Slice,
    Truthy,
    Typed,
    Union,
)


def parts_of(value: AnyValue) -> Iterator[AnyValue]:
    """Yield an expression and those that it consists of."""
    yield value
    parts: Iterable[AnyValue] = ()
    match value:
        case Attr(base=base) | Item(base=base) | Slice(base=base) | Entered(base=base):
            parts = (base,)
        case Alias(base=base) | Truthy(base=base) | Typed(value=base):
            parts = (base,)
        case Union(options=options) | Fresh(parts=options):
            parts = options
        case _:
            pass
    for part in parts:
        yield from parts_of(part)
