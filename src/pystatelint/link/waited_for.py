"""Does a loop wait for what a call in it starts, before it goes on to the next iteration?"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.arguments import parameters_of
from pystatelint.link.library_names import library_names
from pystatelint.link.objects import FunctionObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Def,
    Entered,
    Fresh,
    Item,
    Name,
    Param,
    Result,
    Truthy,
    Typed,
    Union,
)
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

WAITING_METHODS = frozenset({"get", "join", "result", "wait"})
"""Methods of a thread or future that wait until the function has run."""

WAITING_FUNCTIONS = frozenset(
    {
        "asyncio.gather",
        "asyncio.shield",
        "asyncio.wait",
        "asyncio.wait_for",
        "concurrent.futures.wait",
    }
)
"""What is done with what it was given when it is awaited itself, or returns."""

WAITING_CONTEXTS = frozenset(
    {
        "anyio.create_task_group",
        "asyncio.TaskGroup",
        "asyncio.taskgroups.TaskGroup",
        "concurrent.futures.ProcessPoolExecutor",
        "concurrent.futures.ThreadPoolExecutor",
        "trio.open_nursery",
    }
)
"""Subjects of ``with`` that are left when all that they started has ended."""


class Outcome(msgspec.Struct, frozen=True):
    """What a scope has to wait for: what a call of it gave, or what it was passed."""

    sid: Sid
    value: AnyValue


def is_waited_for(world: World, sid: Sid, number: int, loop: Span) -> bool:
    """Whether a loop waits for what its call `number` starts before it goes on."""
    scope = world.scopes[sid]
    call = scope.calls[number]
    if isinstance(call.callee, Attr) and _waits_at_its_end(world, sid, call.callee.base, loop):
        return True
    sought = Outcome(sid, Result(number))
    if any(_brings(world, at, value, sought) for at, value in _awaited(world, sid, loop)):
        return True
    return any(
        _is_inside(each.span.line, loop) and _waits(world, sid, which, sought)
        for which, each in enumerate(scope.calls)
    )


def _is_inside(line: int, loop: Span) -> bool:
    return loop.line <= line <= loop.end_line


def _waits_at_its_end(world: World, sid: Sid, base: AnyValue, loop: Span) -> bool:
    """Whether a value is the subject of a ``with`` in the loop that is not left before."""
    base = plain(base)
    if not isinstance(base, Entered) or not isinstance(base.base, Result):
        return False
    number = base.base.call
    made = library_names(world, world.callees(sid)[number])
    opened = world.scopes[sid].calls[number].span.line
    return _is_inside(opened, loop) and not WAITING_CONTEXTS.isdisjoint(made)


def _awaited(world: World, sid: Sid, loop: Span) -> Iterator[tuple[Sid, AnyValue]]:
    """Yield what the loop awaits, itself or in a function that it makes and calls."""
    scope = world.scopes[sid]
    for each in scope.awaits:
        if each.value is not None and _is_inside(each.line, loop):
            yield sid, each.value
    called = {plain(call.callee) for call in scope.calls if _is_inside(call.span.line, loop)}
    for index, inner in enumerate(world.modules[sid[0]].facts.scopes):
        if inner.parent == sid[1] and Def(index) in called:
            for each in inner.awaits:
                if each.value is not None:
                    yield (sid[0], index), each.value


def _waits(world: World, sid: Sid, number: int, sought: Outcome) -> bool:
    """Whether a call itself waits: ``thread.join()``, ``futures.wait(all)``."""
    call = world.scopes[sid].calls[number]
    if isinstance(call.callee, Attr) and call.callee.name in WAITING_METHODS:
        if _holds(call.callee.base, sought):
            return True
    names = library_names(world, world.callees(sid)[number])
    asynchronous = any(name.startswith("asyncio.") for name in names)
    return not asynchronous and _is_given_to_waiting(world, sid, number, sought)


def _brings(
    world: World, sid: Sid, value: AnyValue, sought: Outcome, seen: tuple[Outcome, ...] = ()
) -> bool:
    """Whether what is awaited is the outcome, or what waits for it in turn."""
    if _holds(value, sought) or (sid != sought.sid and _is_held_by_name(world, value, sought)):
        return True
    value = plain(value)
    if not isinstance(value, Result):
        return False
    if _is_given_to_waiting(world, sid, value.call, sought):
        return True
    return sid == sought.sid and any(
        _awaits_parameter(world, callee.sid, index, (*seen, sought))
        for callee in world.callees(sid)[value.call]
        if isinstance(callee, FunctionObject)
        for index, given in parameters_of(world, world.scopes[sid].calls[value.call], callee)
        if _holds(given, sought)
    )


def _is_given_to_waiting(world: World, sid: Sid, number: int, sought: Outcome) -> bool:
    """Whether a library function gets the outcome that is done when this is done."""
    if WAITING_FUNCTIONS.isdisjoint(library_names(world, world.callees(sid)[number])):
        return False
    return any(
        _holds(each, sought) or (sid != sought.sid and _is_held_by_name(world, each, sought))
        for each in world.scopes[sid].calls[number].arguments
    )


def _awaits_parameter(world: World, sid: Sid, index: int, seen: tuple[Outcome, ...]) -> bool:
    """Whether a function awaits what it is passed as parameter `index`."""
    sought = Outcome(sid, Param(index))
    return sought not in seen and any(
        _brings(world, sid, each.value, sought, seen)
        for each in world.scopes[sid].awaits
        if each.value is not None
    )


def _is_held_by_name(world: World, value: AnyValue, sought: Outcome) -> bool:
    """Whether a variable of the function around holds the outcome."""
    value = plain(value)
    if isinstance(value, Item):
        return _is_held_by_name(world, value.base, sought)
    return isinstance(value, Name) and any(
        binding.name == value.name and binding.value is not None and _holds(binding.value, sought)
        for binding in world.scopes[sought.sid].bindings
    )


def _holds(value: AnyValue, sought: Outcome) -> bool:
    """Whether a value is the outcome, or a container that holds it."""
    if value == sought.value:
        return True
    match value:
        case Alias(base=base) | Truthy(base=base) | Typed(value=base) | Item(base=base):
            return _holds(base, sought)
        case Fresh(parts=parts) | Union(options=parts):
            return any(_holds(part, sought) for part in parts)
        case _:
            return False
