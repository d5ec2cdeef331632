"""Which locks does everybody hold who calls a function?

A helper that is called under one lock from everywhere is guarded by it (the lockset of Eraser,
Savage et al. 1997, handed down the call graph as RacerD does for private methods).
"""

from collections.abc import Collection, Iterable

from pystatelint.link.callgraph import Edges
from pystatelint.link.guards import guards_of
from pystatelint.link.objects import Sid
from pystatelint.link.world import World
from pystatelint.model.facts import ScopeKind

MOST_HOPS = 4
"""Calls between the lock and the statement that it guards."""


def locks_of_callers(
    world: World, callers: Edges, started: Collection[Sid], writers: Iterable[Sid]
) -> dict[Sid, frozenset[str]]:
    """Return the locks held at every call of each writer; functions without any left out.

    Parameters:
        callers: who calls each function.
        started: functions that somebody out of sight calls: entry points and callbacks.
        writers: the functions to ask for.
    """
    asked = (
        (sid, _common(world, callers, started, sid, MOST_HOPS)) for sid in sorted(set(writers))
    )
    return {sid: locks for sid, locks in asked if locks}


def _common(
    world: World,
    callers: Edges,
    started: Collection[Sid],
    sid: Sid,
    hops: int,
) -> frozenset[str]:
    """Return the locks that all calls of a function hold, up to some calls away."""
    found: frozenset[str] | None = None
    if hops == 0 or sid in started or not _is_private(world, sid):
        return frozenset()
    for edge in callers.get(sid, ()):
        if edge.caller == sid or world.modules[edge.caller[0]].test:
            continue
        if world.scopes[edge.caller].kind in (ScopeKind.MODULE, ScopeKind.CLASS):
            continue  # nobody else is there yet while a module is imported
        locks = frozenset(guards_of(world, edge.caller, edge.context))
        locks |= _common(world, callers, started, edge.caller, hops - 1)
        found = locks if found is None else found & locks
        if not found:
            return frozenset()
    return found or frozenset()


def _is_private(world: World, sid: Sid) -> bool:
    """Whether only the code around it can call a function: by its name, or as it is nested."""
    scope = world.scopes[sid]
    if scope.kind not in FUNCTIONS:
        return False
    outer = world.scopes[(sid[0], scope.parent)]
    return scope.name.startswith("_") or outer.kind in FUNCTIONS


FUNCTIONS = frozenset({ScopeKind.FUNCTION, ScopeKind.LAMBDA})
