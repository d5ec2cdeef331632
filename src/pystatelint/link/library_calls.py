"""Which calls concern something that a data table names?"""

from collections.abc import Iterator

from pystatelint.link.callgraph import Foreign
from pystatelint.link.decorated import arguments_of
from pystatelint.link.interest import WATCHED, library_classes
from pystatelint.link.let_go import let_go
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ExternalObject,
    LibraryInstance,
    MethodObject,
    Objects,
    PartObject,
    Sid,
)
from pystatelint.link.phase_sets import IN_ORDER
from pystatelint.link.phases import moment
from pystatelint.link.records import LibraryCall, Phase
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Fresh, Result, Scope, ScopeKind


def library_calls(
    world: World, sid: Sid, foreign: tuple[Foreign, ...], phases: frozenset[Phase]
) -> Iterator[LibraryCall]:
    """Yield the calls in a scope whose callee or result a table names."""
    scope = world.scopes[sid]
    passing: frozenset[int] | None = None
    seen: set[int] = set()
    for each in foreign:
        number = each.number
        if not each.bits & WATCHED or number in seen:
            continue
        dotted = watched(world, (each.callee,))
        if dotted:
            passing = let_go(scope) if passing is None else passing
            call = scope.calls[number]
            seen.add(number)
            yield LibraryCall(
                dotted=dotted,
                module=world.modules[sid[0]].name,
                function=world.symbol(sid),
                owner=owner_symbol(world, sid),
                path=world.path(sid),
                span=call.span,
                phases=IN_ORDER[moment(world, sid, call.context, phases)],
                arguments=arguments_of(world, sid, call),
                bound_to=_bound_to(world, sid, scope, number),
                managed=number in passing,
            )


def watched(world: World, found: Objects) -> str:
    """Return the table name that a call concerns, or nothing."""
    tables = world.knowledge.tables
    for item in found:
        match item:
            case ExternalObject(dotted):
                if dotted in tables.columns or dotted in tables.sessions:
                    return dotted
                names: tuple[str, ...] = (dotted,)
            case MethodObject(receiver, name):
                held = library_classes(world, receiver)
                names = tuple(tables.canonical(f"{each}.{name}") for each in held)
            case CellObject() | PartObject() | LibraryInstance():
                names = tuple(f"{each}.__call__" for each in library_classes(world, item))
            case _:
                continue
        for name in names:
            if name in tables.columns:
                return name
            made = tables.returns.get(name)
            if made is not None and made in tables.sessions:
                return made
    return ""


def owner_symbol(world: World, sid: Sid) -> str:
    """Return the symbol of the class whose body or method a scope is, or nothing."""
    if world.scopes[sid].kind is ScopeKind.CLASS:
        return world.symbol(sid)
    inner = sid
    while inner not in world.classes_by_scope:
        parent = world.scopes[inner].parent
        if parent <= 0:
            return ""
        inner = (sid[0], parent)
        if world.scopes[inner].kind is ScopeKind.CLASS:
            return ""
    return world.symbol(world.classes_by_scope[inner])


def _bound_to(world: World, sid: Sid, scope: Scope, number: int) -> str:
    """Return the symbol of the cell whose value the call is, or is part of; or nothing."""
    if scope.kind in (ScopeKind.MODULE, ScopeKind.CLASS):
        for binding in scope.bindings:
            if number in _calls_in(scope, binding.value):
                return world.cell_symbol(CellKey(sid, binding.name))
    return ""


def _calls_in(scope: Scope, value: AnyValue | None) -> Iterator[int]:
    """Yield the calls that make a value: itself, its arguments, the parts of a display."""
    match value:
        case Result(call=number):
            yield number
            call = scope.calls[number]
            for argument in (*call.arguments, *(each for _, each in call.keywords)):
                yield from _calls_in(scope, argument)
        case Fresh(parts=parts):
            for part in parts:
                yield from _calls_in(scope, part)
