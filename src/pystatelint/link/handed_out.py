"""Which functions give their callers the container of a cell, and not a copy?"""

from collections.abc import Iterator

from pystatelint.link.kinds import container_kinds
from pystatelint.link.objects import CellKey, CellObject, Object, PartObject, Sid
from pystatelint.link.places import HandedOut
from pystatelint.link.read_only import is_read_only
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Const, Fresh, Param, Scope, ScopeKind
from pystatelint.model.finding import Step, StepKind

GIVERS = frozenset({ScopeKind.FUNCTION, ScopeKind.LAMBDA})
OWNERS = frozenset({ScopeKind.MODULE, ScopeKind.CLASS})


def handed_out(world: World) -> tuple[HandedOut, ...]:
    """Return what functions return or yield by reference, sorted by cell, function and place."""
    found = [
        each
        for sid, scope in world.scopes.items()
        if (scope.results or scope.yields)
        if scope.kind in GIVERS and not world.modules[sid[0]].test
        for each in _of_function(world, sid, scope)
    ]
    return tuple(sorted(found, key=lambda each: (each.cell, each.function, each.path, each.span)))


def _of_function(world: World, sid: Sid, scope: Scope) -> Iterator[HandedOut]:
    """Yield the cells whose containers one function gives its callers, each once."""
    outer = (sid[0], scope.parent)
    given = [(cell, "returned") for value in scope.results for cell in _cells(world, sid, value)]
    given += [(cell, "yielded") for value in scope.yields for cell in _cells(world, sid, value)]
    for cell, verb in dict.fromkeys(given):
        symbol = world.symbol(sid)
        yield HandedOut(
            cell=world.cell_symbol(cell),
            function=symbol,
            module=world.modules[sid[0]].name,
            path=world.path(sid),
            span=scope.span,
            step=Step(
                StepKind.ALIAS, world.path(sid), scope.span, f"{verb} by reference from {symbol}"
            ),
            read_only=is_read_only(world, outer, scope.returns),
        )


def _cells(world: World, sid: Sid, value: AnyValue) -> Iterator[CellKey]:
    """Yield the module and class cells whose container, or one inside it, a value is."""
    if type(value) is Const or type(value) is Fresh or type(value) is Param:
        return  # no reference to a cell: told without a look at what it stands for
    for item in world.evaluate(sid, value):
        cell = _owner(item)
        if cell is not None and world.scopes[cell.owner].kind in OWNERS:
            if container_kinds(world, item):
                yield cell


def _owner(item: Object) -> CellKey | None:
    """Return the cell that an object is, or lies in as an element."""
    if type(item) is CellObject:
        return item.cell
    if type(item) is PartObject and all(step == "[]" for step in item.path):
        return item.cell
    return None
