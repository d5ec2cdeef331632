"""What do calls pass for a parameter?"""

from collections.abc import Iterable, Iterator

import msgspec

from pystatelint.link.arguments import argument_for
from pystatelint.link.callgraph import CallGraph, Edges
from pystatelint.link.objects import (
    ClassObject,
    FunctionObject,
    InstanceObject,
    Object,
    PartialObject,
    Sid,
)
from pystatelint.link.storage import REFERENCES, contents
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, Call, Value
from pystatelint.model.self_stores import plain

Key = tuple[Sid, int]
"""A function and the number of its parameter."""

Passed = tuple[Sid, int, AnyValue | Object]
"""Calling scope, number of the call, and what it passes: an expression, or a receiver."""


class Passing(msgspec.Struct, frozen=True):
    """The calls of each function, and what was found out of them so far.

    Attributes:
        sites: calls of each function.
        known: what the calls of a function pass for one of its parameters.
    """

    sites: Edges
    known: dict[Key, tuple[Passed, ...]]

    def of(self, world: World, key: Key) -> tuple[Passed, ...]:
        """Return what the calls of a function pass for a parameter; found out once."""
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = tuple(
                [
                    (edge.caller, edge.number, value)
                    for edge in self.sites.get(key[0], ())
                    if edge.number >= 0
                    for value in passed_values(world, edge.caller, edge.number, key)
                ]
            )
        return found


def passing(graph: CallGraph) -> Passing:
    """Return the calls of each function."""
    return Passing(graph.callers, {})


def passed_values(world: World, caller: Sid, number: int, key: Key) -> list[AnyValue | Object]:
    """Return what one call passes for a parameter."""
    found: list[AnyValue | Object] = []
    for callee in world.callees(caller)[number]:
        if type(callee) not in REFERENCES:
            found += _given(world, caller, number, callee, key)
            continue
        for each in contents(world, callee):
            found += _given(world, caller, number, each, key)
    return found


def _given(
    world: World, caller: Sid, number: int, callee: Object, key: Key
) -> Iterable[AnyValue | Object]:
    """Return what a call passes for a parameter if it calls one certain object."""
    function, index = key
    call = world.scopes[caller].calls[number]
    value: AnyValue | Object | None = None
    if type(callee) is FunctionObject:
        if callee.sid == function:
            value = _given_to_function(world, call, callee, index)
    elif type(callee) is ClassObject:
        # The instance is new; the other arguments are not.
        if index > 0:
            made = FunctionObject(function, InstanceObject(callee.sid))
            value = argument_for(world, call, made, index)
    elif type(callee) is PartialObject:
        inner = callee.function
        if type(inner) is FunctionObject and inner.sid == function:
            return _given_beforehand(world, callee, inner, index)
    return () if value is None else (value,)


def _given_to_function(
    world: World, call: Call, callee: FunctionObject, index: int
) -> AnyValue | Object | None:
    """Return what a call passes to a function, or to a method besides its instance."""
    if index == 0 and callee.receiver is not None:
        target = plain(call.callee)
        return target.base if type(target) is Attr else callee.receiver
    return argument_for(world, call, callee, index)


def _given_beforehand(
    world: World, partial: PartialObject, function: FunctionObject, index: int
) -> Iterator[Object]:
    """Yield what ``functools.partial`` holds for a parameter."""
    ahead = msgspec.structs.replace(partial.call, arguments=partial.call.arguments[1:])
    value = argument_for(world, ahead, function, index)
    if isinstance(value, Value):
        yield from world.evaluate(partial.sid, value)
    elif value is not None:
        yield value
