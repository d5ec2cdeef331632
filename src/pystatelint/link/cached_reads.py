"""What does a cached function read besides its arguments?"""

from collections.abc import Iterator, Mapping

from pystatelint.link.cached_results import is_cached
from pystatelint.link.escapes import keeps_nothing
from pystatelint.link.flows import Flow
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    FunctionObject,
    Object,
    PartObject,
    Sid,
)
from pystatelint.link.records_functions import CachedRead
from pystatelint.link.world import World
from pystatelint.link.writes import key_text
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    EffectKind,
    Item,
    Name,
    Result,
    Scope,
    ScopeKind,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span
from pystatelint.model.value_parts import parts_of

CLEARING = frozenset({"cache_clear", "cache_invalidate"})
"""Methods by which a cache is emptied (`functools.lru_cache`, `async_lru.alru_cache`)."""

OWNERS = frozenset({ScopeKind.MODULE, ScopeKind.CLASS})

Flows = Mapping[Sid, tuple[Flow, ...]]
Read = tuple[CellKey, tuple[str, ...], Span]
"""A cell, the path inside it, and where it is read."""


def cached_reads(world: World, flows: Flows) -> tuple[CachedRead, ...]:
    """Return what cached functions read that nobody passes to them, by cell, function and place.

    Nothing of functions whose cache somebody empties: whoever does that knows what they read.

    Parameters:
        flows: the references that each scope hands on.
    """
    cached = [
        sid
        for sid, scope in world.scopes.items()
        if scope.decorators and not world.modules[sid[0]].test and is_cached(world, sid)
    ]
    emptied = _emptied(world) if cached else frozenset()
    if emptied is None:
        return ()
    found = [
        record
        for sid in cached
        if sid not in emptied
        for record in _of_function(world, sid, world.scopes[sid], flows.get(sid, ()))
    ]
    return tuple(sorted(found, key=lambda each: (each.cell, each.function, each.path, each.span)))


def _emptied(world: World) -> frozenset[Sid] | None:
    """Return the functions whose cache somebody empties; None if it may be that of any."""
    found: set[Sid] = set()
    for sid in world.scopes_calling(CLEARING):
        if world.modules[sid[0]].test:
            continue
        for call in world.scopes[sid].calls:
            if isinstance(call.callee, Attr) and call.callee.name in CLEARING:
                functions = [
                    each.sid
                    for each in world.evaluate(sid, call.callee.base)
                    if isinstance(each, FunctionObject)
                ]
                if not functions:
                    return None
                found.update(functions)
    return frozenset(found)


def _of_function(
    world: World, sid: Sid, scope: Scope, flows: tuple[Flow, ...]
) -> Iterator[CachedRead]:
    """Yield what one cached function reads, each cell and part of it once."""
    handed_on = frozenset(_handed_on(world, sid, flows))
    seen: set[tuple[CellKey, tuple[str, ...]]] = set()
    for cell, inner, span in _reads(world, sid, scope):
        if (cell, inner) not in seen:
            seen.add((cell, inner))
            symbol = world.cell_symbol(cell)
            yield CachedRead(
                cell=symbol,
                inner=inner,
                content=bool(inner) or cell not in handed_on,
                keys=() if inner else _keys(world, sid, scope, cell),
                function=world.symbol(sid),
                path=world.path(sid),
                span=scope.span,
                read=Step(StepKind.CELL, world.path(sid), span, f"reads {symbol} here"),
            )


def _keys(world: World, sid: Sid, scope: Scope, cell: CellKey) -> tuple[str, ...]:
    """Return the constant keys under which a function looks into a cell, if it reads no others."""
    name = Name(cell.name)
    times = sum(read.name == cell.name for read in scope.reads)
    looks = [
        key_text(effect)
        for effect in scope.effects
        if effect.kind is EffectKind.READ_ITEM and plain(effect.target) == name
    ]
    own = any(CellObject(cell) == each for each in world.evaluate(sid, name))
    return tuple(looks) if own and len(looks) == times and all(looks) else ()


def _handed_on(world: World, sid: Sid, flows: tuple[Flow, ...]) -> Iterator[CellKey]:
    """Yield the cells that a function gives away as they are: who gets them sees their changes."""
    for flow in flows:
        if flow.call < 0 or not keeps_nothing(world, sid, flow.call):
            for item in flow.found:
                if isinstance(item, CellObject):
                    yield item.cell


def _reads(world: World, sid: Sid, scope: Scope) -> Iterator[Read]:
    """Yield what a function reads of modules and classes."""
    places: dict[str, Span] = {}
    for read in scope.reads:
        end = read.column + len(read.name)
        span = places.setdefault(read.name, Span(read.line, read.column, read.line, end))
        for item in world.evaluate(sid, Name(read.name)):
            yield from _of_object(world, item, span)
    for value in _values(scope):
        for inner in parts_of(value):
            if isinstance(inner, (Attr, Item, Result)):
                span = places.get(_root(inner), scope.span)
                for item in world.evaluate(sid, inner):
                    yield from _of_object(world, item, span)


def _of_object(world: World, item: Object, span: Span) -> Iterator[Read]:
    """Yield the cell that an object is, or is part of, if a module or class owns it."""
    match item:
        case CellObject(cell):
            inner: tuple[str, ...] = ()
        case PartObject(cell, inner, _):
            pass
        case _:
            return
    if world.scopes[cell.owner].kind in OWNERS:
        yield cell, inner, span


def _values(scope: Scope) -> Iterator[AnyValue]:
    """Yield the expressions of a function that facts keep."""
    yield from scope.looks
    for call in scope.calls:
        yield call.callee
        yield from call.arguments
        yield from (value for _, value in call.keywords)
    for effect in scope.effects:
        yield from (each for each in (effect.target, effect.value, effect.key) if each is not None)
    yield from scope.results
    yield from scope.yields


def _root(value: AnyValue) -> str:
    """Return the name that a chain of attributes and elements starts with, or nothing."""
    value = plain(value)
    while isinstance(value, (Attr, Item)):
        value = plain(value.base)
    return value.name if isinstance(value, Name) else ""
