"""How deep inside a value does an object stand that another value of the scope holds?"""

import msgspec

from pystatelint.link.objects import ExternalObject, Object, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Call,
    Fresh,
    Item,
    Result,
    Slice,
    Truthy,
    Typed,
    Union,
)

PAIRS = frozenset({"enumerate", "zip"})
"""Functions that give tuples of what they are given."""

SAME_ELEMENTS = frozenset({"copy", "keys", "values"})
ONE_ELEMENT = frozenset({"get", "pop", "popleft", "setdefault"})


class Held(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An object that a value of scope `sid` is (`depth` 0), or that lies so deep inside it."""

    sid: Sid
    value: AnyValue
    depth: int


def depth_in(world: World, held: Held, value: AnyValue) -> int | None:
    """Return how deep inside a value of the same scope the object lies; None if it does not.

    What is taken out of the object itself is no longer it, nor is a copy of it.
    """
    if value == held.value:
        return held.depth
    if type(value) not in COMPOUND:
        return None  # told at once: most values are names, parameters, attributes and constants
    match value:
        case Alias(base=base) | Truthy(base=base) | Typed(value=base):
            return depth_in(world, held, base)
        case Item(base=base):
            return _taken(depth_in(world, held, base))
        case Slice(base=base):
            return depth_in(world, held, base) or None
        case Union(options=options):
            return _least([depth_in(world, held, option) for option in options])
        case Fresh(parts=parts):
            inner = _least([depth_in(world, held, part) for part in parts])
            return None if inner is None else inner + 1
        case Result(call=number):
            return _given_back(world, held, number)
        case _:
            return None


COMPOUND = frozenset({Alias, Fresh, Item, Result, Slice, Truthy, Typed, Union})
"""Values in which another one may lie."""


def _taken(depth: int | None) -> int | None:
    """Return the depth inside an element."""
    return depth - 1 if depth else None


def _least(depths: list[int | None]) -> int | None:
    """Return the least of the depths that are known."""
    return min((each for each in depths if each is not None), default=None)


def _given_back(world: World, held: Held, number: int) -> int | None:
    """Return how deep the object lies inside what a call outside the project gives."""
    call = world.scopes[held.sid].calls[number]
    if isinstance(call.callee, Attr):
        inner = depth_in(world, held, call.callee.base)
        if inner is not None:
            return _by_method(call.callee.name, inner)
    found = [_by_function(world, held, call, each) for each in world.callees(held.sid)[number]]
    return _least(found)


def _by_method(name: str, depth: int) -> int | None:
    """Return the depth inside what a method of the container around the object gives."""
    if name in SAME_ELEMENTS:
        return depth or None
    if name in ONE_ELEMENT:
        return _taken(depth)
    return depth + 1 if name == "items" and depth else None


def _by_function(world: World, held: Held, call: Call, callee: Object) -> int | None:
    """Return the depth inside what a pure function gives."""
    if type(callee) is not ExternalObject:
        return None
    row = world.knowledge.pure.get(callee.dotted)
    paired = callee.dotted in PAIRS
    kind = world.knowledge.container_kinds.get(callee.dotted)
    if row is None and not paired and kind is None:
        return None
    returns = row.returns if row is not None else "fresh"
    position = (row.argument if row is not None else None) or 0
    given = call.arguments if paired else call.arguments[position : position + 1]
    depth = _least([depth_in(world, held, each) for each in given])
    if depth is None or returns in ("constant", "deep"):
        return None
    if paired:
        return depth + 1 if depth else None
    if returns == "argument":
        return depth
    return _taken(depth) if returns == "element" else depth or None
