"""Which project functions run where a function calls what it was passed?

``def register(view): view.on_register()`` runs ``on_register`` of what callers register.
"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.callgraph import CallGraph, Edge, targets
from pystatelint.link.given import Callers, given
from pystatelint.link.objects import ParameterObject, Sid
from pystatelint.link.world import World


def with_passed_calls(world: World, graph: CallGraph, callers: Callers) -> CallGraph:
    """Return the call graph with the calls of what parameters hold."""
    found = [edge for sid in world.scopes for edge in _edges(world, callers, sid)]
    return msgspec.structs.replace(graph, edges=(*graph.edges, *found)) if found else graph


def _edges(world: World, callers: Callers, sid: Sid) -> Iterator[Edge]:
    """Yield the calls in one scope of what a parameter, or a part of it, holds."""
    calls = world.scopes[sid].calls
    for number, callees in enumerate(world.callees(sid)):
        for callee in callees:
            if type(callee) is ParameterObject:
                known = {to for item in callees for to in targets(world, item)}
                reached = dict.fromkeys(
                    to
                    for item in given(world, callers, callee)
                    for to in targets(world, item)
                    if to not in known
                )
                for to in reached:
                    yield Edge(sid, to, calls[number].context, number)
