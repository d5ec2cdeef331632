"""Who calls whom, and which calls leave the project?"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from pystatelint.link.attributes import member
from pystatelint.link.hierarchy import class_member, project_classes
from pystatelint.link.interest import by_keyword, interest
from pystatelint.link.objects import (
    CellObject,
    ClassObject,
    FunctionObject,
    InstanceObject,
    Object,
    ParameterObject,
    PartialObject,
    PartObject,
    Sid,
)
from pystatelint.link.storage import REFERENCES, contents
from pystatelint.link.world import Place, World
from pystatelint.model.facts import Scope, ScopeKind

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
CLASS = ScopeKind.CLASS

CONSTRUCTION = ("__new__", "__init__", "__post_init__", "__attrs_post_init__")
"""Methods that an instance creation runs."""


class Edge(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A call: from scope `caller`, in context `context`, to scope `callee`.

    `number`: of the call in its scope; -1 where applying a decorator or creating a
    class calls.
    """

    caller: Sid
    callee: Sid
    context: int
    number: int


ASIDE = -1
"""The context of an edge that is no call: the caller waits for it, while other tasks run."""


class Foreign(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Call `number` of a scope, of something outside the project that concerns a pass.

    `bits`: which passes, as in `pystatelint.link.interest`.
    """

    number: int
    callee: Object
    bits: int


Edges = Mapping[Sid, list[Edge]]
"""The calls of one scope, or those that run it, in order of scopes and calls."""


class CallGraph(msgspec.Struct, frozen=True):
    """Every call as resolved.

    Attributes:
        edges: calls of project functions, in order of scopes and calls.
        calls: scope -> the edges that begin there. callers: scope -> those that end there.
        received: calls of what a parameter holds, or of something inside it.
        foreign: the other calls that somebody has to look at, per scope.
        made: class -> number of calls that make an instance of just that class.
    """

    edges: tuple[Edge, ...]
    calls: Edges
    callers: Edges
    received: tuple[Place, ...]
    foreign: Mapping[Sid, tuple[Foreign, ...]]
    made: Mapping[Sid, int]


def by_caller(edges: Iterable[Edge]) -> Edges:
    """Return the edges that begin at each scope."""
    found: dict[Sid, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge.caller, []).append(edge)
    return found


def by_callee(edges: Iterable[Edge]) -> Edges:
    """Return the edges that end at each scope."""
    found: dict[Sid, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge.callee, []).append(edge)
    return found


def with_edges(graph: CallGraph, more: Iterable[Edge]) -> CallGraph:
    """Return a call graph with more edges."""
    calls, callers, added = dict(graph.calls), dict(graph.callers), tuple(more)
    for edge in added:
        calls[edge.caller] = [*calls.get(edge.caller, ()), edge]
        callers[edge.callee] = [*callers.get(edge.callee, ()), edge]
    edges = (*graph.edges, *added)
    return msgspec.structs.replace(graph, edges=edges, calls=calls, callers=callers)


def call_graph(world: World) -> CallGraph:
    """Return every call in the project, resolved once for all passes."""
    edges: list[Edge] = []
    received: list[Place] = []
    foreign: dict[Sid, tuple[Foreign, ...]] = {}
    made: dict[Sid, int] = {}
    for sid, scope in world.scopes.items():
        if scope.calls:
            leaving = _calls(world, sid, scope, edges, received, made)
            if leaving:
                foreign[sid] = tuple(leaving)
        if scope.decorators:
            edges.extend(decorator_edges(world, sid, scope))
        if scope.kind is CLASS:
            edges.extend(class_hook_edges(world, sid, scope))
            edges.append(Edge((sid[0], scope.parent), sid, 0, -1))
    return CallGraph(
        edges=tuple(edges),
        calls=by_caller(edges),
        callers=by_callee(edges),
        received=tuple(received),
        foreign=foreign,
        made=made,
    )


def _calls(
    world: World,
    sid: Sid,
    scope: Scope,
    edges: list[Edge],
    received: list[Place],
    made: dict[Sid, int],
) -> list[Foreign]:
    """Return the calls of one scope that leave the project.

    Parameters:
        edges, received, made: get its other calls, as in `CallGraph`.
    """
    leaving: list[Foreign] = []
    calls = scope.calls
    for number, found in enumerate(world.callees(sid)):
        for item in found:
            if type(item) is FunctionObject:
                edges.append(Edge(sid, item.sid, calls[number].context, number))
                continue
            if type(item) is ClassObject:
                made[item.sid] = made.get(item.sid, 0) + 1
            elif bits := interest(world, item) | by_keyword(world, calls[number]):
                leaving.append(Foreign(number, item, bits))
            if type(item) is ParameterObject:
                if not received or received[-1] != (sid, number):
                    received.append((sid, number))
            elif type(item) in RUNNING:
                context = calls[number].context
                edges.extend([Edge(sid, to, context, number) for to in targets(world, item)])
    return leaving


RUNNING = frozenset({ClassObject, InstanceObject, CellObject, PartialObject, PartObject})
"""What may run project functions when it is called, besides functions."""


def targets(world: World, item: Object) -> tuple[Sid, ...]:
    """Return the project functions that calling an object runs."""
    if type(item) is FunctionObject:
        return (item.sid,)
    if type(item) is PartialObject:
        return targets(world, item.function)
    if type(item) is ClassObject:
        return _constructors(world, item.sid)
    if type(item) is InstanceObject:
        called = member(world, item, "__call__")
        return tuple(found.sid for found in called if type(found) is FunctionObject)
    if type(item) not in REFERENCES:
        return ()
    return tuple(
        sid
        for each in contents(world, item)
        if type(each) not in REFERENCES
        for sid in targets(world, each)
    )


def _constructors(world: World, sid: Sid) -> tuple[Sid, ...]:
    """Return the project functions that making an instance of a class runs; looked up once."""
    known = world.constructors.get(sid)
    if known is None:
        known = world.constructors[sid] = tuple(
            found.sid
            for name in CONSTRUCTION
            for found in class_member(world, sid, name)
            if type(found) is FunctionObject
        )
        known = world.constructors[sid] = (*known, *_of_metaclasses(world, sid, ("__call__",)))
    return known


def _of_metaclasses(world: World, sid: Sid, names: tuple[str, ...]) -> Iterator[Sid]:
    """Yield the methods that the metaclasses of a class and of its bases have for it."""
    for base in project_classes(world, sid):
        outer = (base[0], world.scopes[base].parent)
        for keyword, value in world.scopes[base].keywords:
            if keyword == "metaclass":
                for item in world.evaluate(outer, value):
                    if isinstance(item, ClassObject):
                        for name in names:
                            for method in class_member(world, item.sid, name):
                                if isinstance(method, FunctionObject):
                                    yield method.sid


def decorator_edges(world: World, sid: Sid, scope: Scope) -> Iterator[Edge]:
    """Yield the calls that applying the decorators of a scope amounts to."""
    outer = (sid[0], scope.parent)
    for decoration in scope.decorators:
        for item in world.evaluate(outer, decoration.value):
            for callee in targets(world, item):
                yield Edge(outer, callee, 0, -1)


def class_hook_edges(world: World, sid: Sid, scope: Scope) -> Iterator[Edge]:
    """Yield the hooks that creating a class runs: ``__init_subclass__``, metaclass methods."""
    outer = (sid[0], scope.parent)
    for ancestor in project_classes(world, sid)[1:]:
        for item in class_member(world, ancestor, "__init_subclass__"):
            if isinstance(item, FunctionObject):
                yield Edge(outer, item.sid, 0, -1)
    for method in _of_metaclasses(world, sid, MAKING_A_CLASS):
        yield Edge(outer, method, 0, -1)


MAKING_A_CLASS = ("__prepare__", "__new__", "__init__")
"""Methods of a metaclass that run when a class is made; its ``__call__`` makes the objects."""
