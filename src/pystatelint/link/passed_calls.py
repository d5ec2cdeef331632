"""Which project functions run where a function calls what it was passed?

``def register(view): view.on_register()`` runs ``on_register`` of what callers register.
"""

from collections.abc import Iterator

from pystatelint.link.callgraph import CallGraph, Edge, targets, with_edges
from pystatelint.link.given import Callers, given
from pystatelint.link.objects import ParameterObject, Sid
from pystatelint.link.world import World


def with_passed_calls(world: World, graph: CallGraph, callers: Callers) -> CallGraph:
    """Return the call graph with the calls of what parameters hold."""
    found = [edge for sid, number in graph.received for edge in _edges(world, callers, sid, number)]
    return with_edges(graph, found) if found else graph


def _edges(world: World, callers: Callers, sid: Sid, number: int) -> Iterator[Edge]:
    """Yield what one call of something that a parameter, or a part of it, holds runs."""
    callees = world.callees(sid)[number]
    for callee in callees:
        if type(callee) is ParameterObject and _may_be_of_project(world, callee):
            reached = dict.fromkeys(
                [to for item in given(world, callers, callee) for to in targets(world, item)]
            )
            if reached:
                known = {to for item in callees for to in targets(world, item)}
                context = world.scopes[sid].calls[number].context
                for to in reached:
                    if to not in known:
                        yield Edge(sid, to, context, number)


def _may_be_of_project(world: World, callee: ParameterObject) -> bool:
    """Whether the project has an attribute of the name by which a part of a parameter is called.

    Where it has none, nothing that callers pass can lead to a function of the project; this
    spares most calls a look at all callers.
    """
    last = callee.path[-1] if callee.path else ""
    return not last.startswith(".") or last[1:] in world.attribute_names
