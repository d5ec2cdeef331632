"""Which properties run where somebody reads all attributes of an object?

``for name in dir(self): getattr(self, name)`` and `inspect.getmembers` run every property.
Where no object of the class outlives the function that makes it, nobody else reads them.
"""

from collections.abc import Iterator

from pystatelint.link.callgraph import CallGraph, Edge, with_edges
from pystatelint.link.hierarchy import descendants, project_classes
from pystatelint.link.objects import ClassObject, ExternalObject, InstanceObject, Objects, Sid
from pystatelint.link.world import Place, World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Call,
    Const,
    Fresh,
    Name,
    Result,
    Scope,
    ScopeFlag,
    ScopeKind,
    Truthy,
    Typed,
    Union,
)

READERS = frozenset({"getattr", "inspect.getmembers"})
"""Calls that read attributes of any name: `getattr` if its second argument is no constant."""


def with_properties(world: World, graph: CallGraph) -> CallGraph:
    """Return the call graph with the properties that run where all attributes are read."""
    reads = [each for each in _reads(world) if any(_getters(world, each[2]))]
    made = _constructions(world) if reads else {}
    brief = {owner for owner in {each[2] for each in reads} if _lives_briefly(world, owner, made)}
    found = [
        Edge(sid, getter, world.scopes[sid].calls[number].context, number)
        for sid, number, owner in reads
        if owner in brief
        for getter in _getters(world, owner)
    ]
    return with_edges(graph, found) if found else graph


def _reads(world: World) -> Iterator[tuple[Sid, int, Sid]]:
    """Yield the calls that may read all attributes of an object, with its class."""
    for sid, scope in world.scopes.items():
        for number, call in enumerate(scope.calls):
            if _may_read_all(call):
                callees = world.callees(sid)[number]
                if any(type(e) is ExternalObject and e.dotted in READERS for e in callees):
                    for item in world.evaluate(sid, call.arguments[0]):
                        if type(item) is InstanceObject:
                            yield sid, number, item.sid


def _may_read_all(call: Call) -> bool:
    """Whether a call may read attributes of any name, told at a glance."""
    callee = call.callee
    if type(callee) is Name and callee.name == "getattr":
        return len(call.arguments) > 1 and type(call.arguments[1]) is not Const
    named = (type(callee) is Attr or type(callee) is Name) and callee.name == "getmembers"
    return named and bool(call.arguments)


def _getters(world: World, owner: Sid) -> Iterator[Sid]:
    """Yield the getters of the properties that an instance of a class, or of an heir, may have."""
    for each in (*project_classes(world, owner), *descendants(world, owner)):
        for method in world.methods.get(each, ()):
            if world.scopes[method].flags & ScopeFlag.PROPERTY:
                yield method


Constructions = dict[Sid, list[Place]]
"""Class -> the calls that make an instance of it."""


def _constructions(world: World) -> Constructions:
    """Return the calls that make an instance of each class, those of tests left out."""
    found: Constructions = {}
    for sid, scope in world.scopes.items():
        if scope.calls and not world.modules[sid[0]].test:
            for number, callees in enumerate(world.callees(sid)):
                for each in callees:
                    if type(each) is ClassObject:
                        found.setdefault(each.sid, []).append((sid, number))
    return found


def _lives_briefly(world: World, owner: Sid, made: Constructions) -> bool:
    """Whether the project makes objects of a class or its heirs, and none of them is kept."""
    family = {*project_classes(world, owner), *descendants(world, owner)}
    places = {place for each in family for place in made.get(each, ())}
    return bool(places) and not any(_is_kept(world, sid, number) for sid, number in places)


def _is_kept(world: World, sid: Sid, number: int) -> bool:
    """Whether what a call made gets out of the scope, other than to a function that only reads."""
    scope = world.scopes[sid]
    made = Result(number)
    left = [effect.value for effect in scope.effects]
    left += [*scope.results, *scope.yields]
    if scope.kind is not ScopeKind.FUNCTION:
        left += [binding.value for binding in scope.bindings]
    left += _handed_on(world, sid, scope)
    return any(value is not None and _holds(value, made) for value in left)


def _handed_on(world: World, sid: Sid, scope: Scope) -> Iterator[AnyValue]:
    """Yield what a scope passes to functions of which it is not known that they only read."""
    for call, callees in zip(scope.calls, world.callees(sid), strict=True):
        if not _only_reads(world, call, callees):
            yield from call.arguments
            yield from (value for _, value in call.keywords)


GETTERS = frozenset({"__get__", "fget"})
"""What a property reads an object with."""


def _only_reads(world: World, call: Call, callees: Objects) -> bool:
    """Whether a call only reads what it is given."""
    if type(call.callee) is Attr and call.callee.name in GETTERS:
        return True
    pure = world.knowledge.pure
    return bool(callees) and all(
        type(each) is ExternalObject and (each.dotted in pure or each.dotted in READERS)
        for each in callees
    )


def _holds(value: AnyValue, made: Result) -> bool:
    """Whether a value is an object, or a container that holds it."""
    match value:
        case Alias(base=inner) | Truthy(base=inner) | Typed(value=inner):
            return _holds(inner, made)
        case Union(options=parts) | Fresh(parts=parts):
            return any(_holds(part, made) for part in parts)
        case _:
            return value == made
