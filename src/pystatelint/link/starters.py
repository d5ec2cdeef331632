"""Which functions start the process: they serve until it ends, or prepare what serves?"""

from collections.abc import Iterable, Iterator

import msgspec

from pystatelint.link.callgraph import CallGraph
from pystatelint.link.given import Callers
from pystatelint.link.handing_names import known_as, names_of
from pystatelint.link.interest import STARTS
from pystatelint.link.knowledge import STRANGER
from pystatelint.link.objects import Sid
from pystatelint.link.world import World
from pystatelint.model.facts import Attr


class Starters(msgspec.Struct, frozen=True):
    """The functions that start the process.

    Attributes:
        first: those that make a call which only a start makes.
        every: those and their callers, however deep.
    """

    first: frozenset[Sid]
    every: frozenset[Sid]


def starters(world: World, graph: CallGraph, callers: Callers) -> Starters:
    """Return the functions from which a call is made that only a start makes.

    Parameters:
        callers: the calls of each function.
    """
    found = {
        sid for sid, calls in graph.foreign.items() if any(each.bits & STARTS for each in calls)
    }
    found.update(_starting_strangers(world, callers))
    return Starters(frozenset(found), _with_callers(graph, found) if found else frozenset())


def _starting_strangers(world: World, callers: Callers) -> Iterator[Sid]:
    """Yield the functions that have something of an unknown class serve, or prepare it."""
    starting = world.knowledge.tables.starting.keys()
    methods = world.knowledge.starting_methods
    for sid in world.scopes_calling(methods):
        for call in world.scopes[sid].calls:
            if type(call.callee) is Attr and call.callee.name in methods:
                if not starting.isdisjoint(_strange_names(world, callers, sid, call.callee)):
                    yield sid


def _strange_names(world: World, callers: Callers, sid: Sid, callee: Attr) -> Iterator[str]:
    """Yield the names of a method of something unknown: ``?.run_forever``, ``?.ioloop.start``."""
    names = names_of(world, callers, sid, callee)
    if f"{STRANGER}.{callee.name}" in names:
        scope = world.scopes[sid]
        yield f"{STRANGER}.{callee.name}"
        yield from (f"{STRANGER}.{name}.{callee.name}" for name in known_as(scope, callee.base))


def _with_callers(graph: CallGraph, first: Iterable[Sid]) -> frozenset[Sid]:
    """Return some functions, their callers, the callers of those, and so on."""
    found = set(first)
    queue = list(found)
    while queue:
        for edge in graph.callers.get(queue.pop(), ()):
            if edge.caller not in found:
                found.add(edge.caller)
                queue.append(edge.caller)
    return frozenset(found)
