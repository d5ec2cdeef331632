"""From which attributes does a value come that is an element of what they hold?

``for plugin in sorted(self.plugins)`` takes it from ``self.plugins``.
"""

from collections.abc import Iterator

from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Fresh,
    Item,
    Name,
    Result,
    Scope,
    Slice,
    Truthy,
    Union,
)

KEEPING = frozenset({"copy", "items", "values"})
"""Methods of a container whose result has its elements."""

TAKING = frozenset({"enumerate", "frozenset", "iter", "list", "reversed", "set", "sorted", "tuple"})
"""Functions whose result has the elements of their first argument."""

DEPTH = 6
"""How many copies and loops are followed back."""


def element_places(scope: Scope, value: AnyValue, depth: int = DEPTH) -> Iterator[Attr]:
    """Yield the attributes, as read in a scope, whose containers a value is an element of."""
    if depth == 0:
        return
    match value:
        case Alias(base=base) | Truthy(base=base):
            yield from element_places(scope, base, depth - 1)
        case Union(options=options):
            for each in options:
                yield from element_places(scope, each, depth - 1)
        case Item(base=base):
            yield from _containers(scope, base, depth - 1)
        case _:
            return


def _containers(scope: Scope, value: AnyValue, depth: int) -> Iterator[Attr]:
    """Yield the attributes that hold a container, or what a copy of it is made of."""
    if depth == 0:
        return
    match value:
        case Attr():
            yield value
        case Alias(base=base) | Truthy(base=base) | Slice(base=base) | Item(base=base):
            yield from _containers(scope, base, depth - 1)
        case Union(options=options):
            for each in options:
                yield from _containers(scope, each, depth - 1)
        case Fresh(parts=parts):
            for part in parts:
                yield from element_places(scope, part, depth - 1)
        case Result(call=number):
            call = scope.calls[number]
            match call.callee:
                case Attr(base=base, name=name) if name in KEEPING:
                    yield from _containers(scope, base, depth - 1)
                case Name(name=name) if name in TAKING and call.arguments:
                    yield from _containers(scope, call.arguments[0], depth - 1)
                case _:
                    pass
        case _:
            return
