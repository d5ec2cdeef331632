"""Which two locks are taken in both orders, and which lock is taken by who has it already?

Two threads or tasks that each hold what the other waits for wait forever (Coffman, Elphick and
Shoshani, "System Deadlocks", 1971).
"""

from collections.abc import Iterator, Mapping

import msgspec

from pystatelint.link.callgraph import Edges
from pystatelint.link.guards import guards_of, lock_symbol
from pystatelint.link.objects import CellObject, LibraryInstance, Sid
from pystatelint.link.records import Phase
from pystatelint.link.records_locks import LockMisuse, Misuse
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import Attr, Guard, Param, Scope
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

Phases = Mapping[Sid, frozenset[Phase]]

MORE_THAN_ONE = ("Semaphore", "RLock", "Condition", "CapacityLimiter")
"""Ends of the names of locks that can be taken again by who has them."""


class Taken(msgspec.Struct, frozen=True):
    """Lock `second` is taken at `span` while `first` is held."""

    first: str
    second: str
    sid: Sid
    span: Span


def lock_orders(world: World, phases: Phases, calls: Edges) -> Iterator[LockMisuse]:
    """Yield where locks are taken in an order that another place reverses.

    Parameters:
        phases: when each function can run. calls: function -> the calls in it.
    """
    pairs: dict[tuple[str, str], Taken] = {}
    for taken in _pairs(world, phases, calls):
        pairs.setdefault((taken.first, taken.second), taken)
    for (first, second), taken in sorted(pairs.items()):
        other = pairs.get((second, first))
        if other is not None and first < second:
            yield _record(world, taken, other)


def _pairs(world: World, phases: Phases, calls: Edges) -> Iterator[Taken]:
    """Yield the locks that are taken while others are held, here or in what is called there."""
    taking = {sid: tuple(_taken(world, sid, scope)) for sid, scope in world.scopes.items()}
    for sid, scope in world.scopes.items():
        if not taking[sid] or Phase.RUN not in phases[sid] or world.modules[sid[0]].test:
            continue
        for outer, second, guard in taking[sid]:
            for first in outer:
                yield Taken(first, second, sid, guard.span)
        for edge in calls.get(sid, ()):
            held = guards_of(world, sid, edge.context)
            for _, second, _ in taking.get(edge.callee, ()) if held else ():
                for first in held:
                    span = scope.calls[edge.number].span if edge.number >= 0 else scope.span
                    yield Taken(first, second, sid, span)


def _taken(world: World, sid: Sid, scope: Scope) -> Iterator[tuple[tuple[str, ...], str, Guard]]:
    """Yield the locks that a function takes by ``with``, with those that it holds already."""
    if not scope.guards:
        return
    symbols = [_of_all(world, sid, guard) for guard in scope.guards]
    for context in scope.contexts:
        if context.guards:
            *outer, last = context.guards
            before = tuple(symbols[number] for number in outer if symbols[number])
            if symbols[last]:
                yield before, symbols[last], scope.guards[last]


def _of_all(world: World, sid: Sid, guard: Guard) -> str:
    """Return the name of a lock if all who use that name use one lock: not one of many objects."""
    value = plain(guard.value)
    if isinstance(value, Attr) and plain(value.base) != Param(0):
        if not any(isinstance(item, CellObject) for item in world.evaluate(sid, value)):
            return ""
    for item in world.evaluate(sid, value):
        for content in contents(world, item):
            if isinstance(content, LibraryInstance) and content.dotted.endswith(MORE_THAN_ONE):
                return ""
    return lock_symbol(world, sid, guard.value)


def _record(world: World, taken: Taken, other: Taken) -> LockMisuse:
    path = world.path(other.sid)
    text = f"{world.symbol(other.sid)} takes {taken.first} while it holds {taken.second}"
    return LockMisuse(
        misuse=Misuse.BOTH_ORDERS,
        lock=taken.second,
        dotted="",
        subject=taken.first,
        function=world.symbol(taken.sid),
        path=world.path(taken.sid),
        span=taken.span,
        steps=(Step(StepKind.WRITE, path, other.span, text),),
    )
