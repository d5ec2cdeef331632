"""Which project functions run where a method of every element is called?

``for plugin in self.plugins: plugin.init()`` runs ``init`` of what ``register`` puts there.
"""

from collections.abc import Iterator

from pystatelint.link.attributes import member
from pystatelint.link.callgraph import CallGraph, Edge, targets, with_edges
from pystatelint.link.collected import Collected, elements_of
from pystatelint.link.element_places import element_places
from pystatelint.link.given import Callers
from pystatelint.link.hierarchy import descendants
from pystatelint.link.objects import ClassObject, InstanceObject, Object, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr


def with_collected_calls(world: World, graph: CallGraph, callers: Callers) -> CallGraph:
    """Return the call graph with the calls of methods of elements."""
    collected = Collected(callers, {}, {})
    found = [
        edge
        for sid, scope in world.scopes.items()
        if scope.calls
        for edge in _edges(world, collected, sid)
    ]
    return with_edges(graph, found) if found else graph


def _edges(world: World, collected: Collected, sid: Sid) -> Iterator[Edge]:
    """Yield the calls in one scope of a method of what a container on an object holds."""
    scope = world.scopes[sid]
    for number, callees in enumerate(world.callees(sid)):
        callee = scope.calls[number].callee
        if not callees and type(callee) is Attr and callee.name in world.attribute_names:
            called = {
                to: None
                for element in _elements(world, collected, sid, callee.base)
                for to in _methods(world, element, callee.name)
            }
            for to in called:
                yield Edge(sid, to, scope.calls[number].context, number)


def _elements(world: World, collected: Collected, sid: Sid, value: AnyValue) -> Iterator[Object]:
    """Yield what a value may be that is an element of a container on some object."""
    for place in element_places(world.scopes[sid], value):
        for holder in world.evaluate(sid, place.base):
            if type(holder) is InstanceObject or type(holder) is ClassObject:
                yield from elements_of(world, collected, (holder.sid, place.name))


def _methods(world: World, element: Object, name: str) -> Iterator[Sid]:
    """Yield the methods of a name of an element: of an instance also what heirs make of it."""
    for item in member(world, element, name):
        yield from targets(world, item)
    if type(element) is InstanceObject:
        for heir in descendants(world, element.sid):
            for method in world.methods.get(heir, ()):
                if world.scopes[method].name == name:
                    yield method
