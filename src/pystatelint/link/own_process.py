"""Which functions run in a process of their own, whose state is nobody else's?"""

from collections.abc import Iterable, Iterator, Mapping

from pystatelint.link.callgraph import CallGraph
from pystatelint.link.entries import EntryPoints
from pystatelint.link.hierarchy import class_member, project_classes
from pystatelint.link.interest import PROCESS
from pystatelint.link.objects import ExternalObject, FunctionObject, Sid
from pystatelint.link.world import World

PER_JOB = "F"
"""The model of entry points that get a process per job."""


def in_own_process(
    world: World, graph: CallGraph, entries: EntryPoints, asked: Iterable[Sid]
) -> frozenset[Sid]:
    """Return those of some functions that start, become or are entered in a process.

    So are those that only such functions call. After ``fork`` the rest may be the
    child's; a daemon forks in a function that it calls first.
    """
    own = frozenset((*_leaving(world, graph), *_entered(entries)))
    callers = _callers_of(world, graph, frozenset(asked) - own)
    return frozenset(sid for sid in asked if _is_apart(sid, own, callers, entries, ()))


def _leaving(world: World, graph: CallGraph) -> Iterator[Sid]:
    """Yield the functions that fork or become another program, and their callers."""
    names = world.knowledge.tables.process.leaving
    forking = frozenset(
        sid
        for sid, calls in graph.foreign.items()
        for each in calls
        if each.bits & PROCESS
        and isinstance(each.callee, ExternalObject)
        and each.callee.dotted in names
    )
    yield from forking
    if forking:
        yield from (edge.caller for sid in forking for edge in graph.callers.get(sid, ()))


def _entered(entries: EntryPoints) -> Iterator[Sid]:
    """Yield the functions that only run in a process made for them."""
    for sid, rows in entries.items():
        if all(entry.model == PER_JOB for entry in rows):
            yield sid


def _callers_of(world: World, graph: CallGraph, asked: frozenset[Sid]) -> dict[Sid, set[Sid]]:
    """Return the callers of some functions, the callers of those, and so on, `DEPTH` times.

    Who calls a method may get that of a subclass.
    """
    found: dict[Sid, set[Sid]] = {}
    for _ in range(DEPTH):
        families = {sid: _overridden(world, sid) for sid in asked}
        for sid, family in families.items():
            found[sid] = {
                edge.caller
                for each in family
                for edge in graph.callers.get(each, ())
                if edge.caller != each
            }
        asked = frozenset(each for sid in asked for each in found[sid]) - found.keys()
    return found


def _overridden(world: World, sid: Sid) -> tuple[Sid, ...]:
    """Return a function, and the methods of base classes that it overrides."""
    owner = world.classes_by_scope.get(sid)
    if owner is None:
        return (sid,)
    name = world.scopes[sid].name
    above = (
        item.sid
        for ancestor in project_classes(world, owner)[1:]
        for item in class_member(world, ancestor, name)
        if isinstance(item, FunctionObject)
    )
    return (sid, *above)


def _is_apart(
    sid: Sid,
    own: frozenset[Sid],
    callers: Mapping[Sid, set[Sid]],
    entries: EntryPoints,
    below: tuple[Sid, ...],
) -> bool:
    """Whether a function runs in its own process, or only functions that do call it."""
    if sid in own:
        return True
    known = callers.get(sid, set())
    if not known or sid in entries or sid in below:
        return False
    return all(_is_apart(each, own, callers, entries, (*below, sid)) for each in known)


DEPTH = 6
"""How many calls lie at most between such a function and one that it calls."""
