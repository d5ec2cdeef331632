"""Which coroutine functions can really hand control back to the event loop?

``await f()`` runs straight through where f never suspends itself: no other task gets a turn,
and nothing shared can change meanwhile (PEP 492: a coroutine suspends only where what it
awaits does). What is unknown is taken to suspend.
"""

from pystatelint.link.objects import FunctionObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import Await, Result, ScopeFlag
from pystatelint.model.self_stores import plain


def suspending(world: World) -> frozenset[Sid]:
    """Return the functions with a suspension point that can be one."""
    found: set[Sid] = set()
    waiting: dict[Sid, list[Sid]] = {}
    for sid, scope in world.scopes.items():
        for each in scope.awaits:
            awaited = _project_coroutines(world, sid, each)
            if not awaited:
                found.add(sid)
            for callee in awaited:
                waiting.setdefault(callee, []).append(sid)
    queue = list(found)
    while queue:
        for caller in waiting.get(queue.pop(), ()):
            if caller not in found:
                found.add(caller)
                queue.append(caller)
    return frozenset(found)


def suspending_lines(world: World, sid: Sid, suspends: frozenset[Sid]) -> frozenset[int]:
    """Return the lines of a function's suspension points that can be one.

    Parameters:
        suspends: the functions that can suspend.
    """
    return frozenset(
        each.line
        for each in world.scopes[sid].awaits
        if not (awaited := _project_coroutines(world, sid, each))
        or not suspends.isdisjoint(awaited)
    )


def _project_coroutines(world: World, sid: Sid, awaited: Await) -> tuple[Sid, ...]:
    """Return the coroutine functions that an await runs; empty if it may run others."""
    value = None if awaited.value is None else plain(awaited.value)
    if not isinstance(value, Result):
        return ()
    callees = world.callees(sid)[value.call]
    known = tuple(
        each.sid
        for each in callees
        if isinstance(each, FunctionObject) and _is_coroutine(world, each.sid)
    )
    return known if len(known) == len(callees) else ()


def _is_coroutine(world: World, sid: Sid) -> bool:
    """Whether calling a function gives a coroutine: an async one that is no generator."""
    flags = world.scopes[sid].flags
    return bool(flags & ScopeFlag.ASYNC) and not flags & ScopeFlag.GENERATOR
