"""Which tables are filled on a miss under keys that callers give, and never emptied?"""

from collections.abc import Container, Iterable, Iterator, Mapping

import msgspec

from pystatelint.link.carried import carries
from pystatelint.link.derive import from_parameter, is_receiver
from pystatelint.link.escapes import keeps_nothing
from pystatelint.link.flows import PASSED, Flow
from pystatelint.link.found_by_name import is_found_by_name
from pystatelint.link.keys import is_open
from pystatelint.link.kinds import container_kinds
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ExternalObject,
    LibraryInstance,
    PartObject,
    Sid,
)
from pystatelint.link.places import FiniteTable, UnboundedTable
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    BindingKind,
    ContextFlag,
    Effect,
    EffectKind,
    Name,
    Scope,
    ScopeKind,
)
from pystatelint.model.finding import Step
from pystatelint.model.layers import UNSAID, behind
from pystatelint.model.span import Span

Flows = Mapping[Sid, tuple[Flow, ...]]

TABLES = frozenset({"dict", "ordereddict", "userdict"})
"""Kinds of container that keep every entry until somebody takes it out."""

CHOSEN = ContextFlag.BRANCH | ContextFlag.TRY

EVICTING = (".clear()", ".move_to_end()", ".pop()", ".popitem()")
"""Ends of writes that take entries out, or prepare for it."""


class Store(msgspec.Struct, frozen=True):
    """Where something is stored: in table `cell`, by function `sid`, at `span`."""

    cell: CellKey
    sid: Sid
    span: Span


class Memo(Store, frozen=True):
    """A store on a miss.

    `mixed`: what is stored depends on more than the key. `finite`: there are only so many keys.
    """

    mixed: bool
    finite: bool


class Tables(msgspec.Struct, frozen=True):
    """The tables that entry points fill on a miss, by symbol: with ever new keys, or only so many.

    Those with finitely many keys hold what depends on the key alone.
    """

    unbounded: tuple[UnboundedTable, ...]
    finite: tuple[FiniteTable, ...]


def tables_filled_on_a_miss(
    world: World, flows: Flows, writes: Iterable[RawWrite], reach: Mapping[Sid, Step]
) -> Tables:
    """Return the tables that keep something for the keys that entry points pass.

    Parameters:
        flows: the references that each scope hands on.
        writes: every write to a cell.
        reach: the functions that entry points lead to, with the steps that say so.
    """
    found: dict[CellKey, list[Memo]] = {}
    writes = tuple(writes)
    changed = frozenset(write.cell for write in writes)
    for sid in reach:
        for memo in _memos(world, sid, world.scopes[sid], changed):
            found.setdefault(memo.cell, []).append(memo)
    emptied = _emptied(world, found, writes, flows) if found else frozenset()
    growing = {
        cell: [memo for memo in group if not memo.finite]
        for cell, group in found.items()
        if cell not in emptied
    }
    unbounded = [_unbounded(world, cell, group) for cell, group in growing.items() if group]
    finite = [
        FiniteTable(cell=world.cell_symbol(cell), fillers=_fillers(world, group))
        for cell, group in found.items()
        if all(memo.finite and not memo.mixed for memo in group)
    ]
    return Tables(
        tuple(sorted(unbounded, key=lambda each: each.cell)),
        tuple(sorted(finite, key=lambda each: each.cell)),
    )


def _unbounded(world: World, cell: CellKey, group: list[Memo]) -> UnboundedTable:
    """Return one finished record."""
    return UnboundedTable(
        cell=world.cell_symbol(cell),
        path=world.path(cell.owner),
        fillers=_fillers(world, group),
        mixed=any(memo.mixed for memo in group),
    )


def _fillers(world: World, group: list[Memo]) -> tuple[tuple[str, Span], ...]:
    """Return path and span of some stores."""
    return tuple((world.path(memo.sid), memo.span) for memo in group)


def _memos(world: World, sid: Sid, scope: Scope, changed: Container[CellKey]) -> Iterator[Memo]:
    """Yield the stores of one function on a miss, under a key that a caller gives."""
    for effect in scope.effects:
        if effect.kind is EffectKind.SET_ITEM and effect.key is not None:
            if from_parameter(world, sid, effect.key):
                for cell in _tables(world, sid, effect.target):
                    if _is_on_miss(world, sid, scope, cell, effect):
                        place = Store(cell, sid, effect.span)
                        yield _memo(world, place, changed, effect.key, (effect.value,))
    for call in scope.calls:
        if type(call.callee) is Attr and call.callee.name == "setdefault":
            if call.arguments and from_parameter(world, sid, call.arguments[0]):
                key, *values = call.arguments
                for cell in _tables(world, sid, call.callee.base):
                    place = Store(cell, sid, call.span)
                    yield _memo(world, place, changed, key, tuple(values))


def _memo(
    world: World,
    place: Store,
    changed: Container[CellKey],
    key: AnyValue,
    stored: tuple[AnyValue | None, ...],
) -> Memo:
    """Return a store with what is known of its key and of what is stored."""
    finite = not is_open(world, place.sid, key, changed) or any(
        is_found_by_name(world, place.sid, key, value) for value in stored
    )
    mixed = _is_mixed(world, place.sid, key, *stored)
    return Memo(place.cell, place.sid, place.span, mixed, finite)


def _is_mixed(world: World, sid: Sid, key: AnyValue, *stored: AnyValue | None) -> bool:
    """Whether parameters other than those of the key flow into what is stored.

    A session or client is only the way to what is stored, not a part of it.
    """
    first = 1 if is_receiver(world, sid) else 0
    others = frozenset(
        index
        for index in range(first, len(world.scopes[sid].parameters))
        if not carries(world, sid, key, frozenset({index})) and not _is_access(world, sid, index)
    )
    return any(carries(world, sid, value, others) for value in stored)


def _is_access(world: World, sid: Sid, index: int) -> bool:
    """Whether a parameter is declared to be a session, a connection or a client, or may be."""
    annotation = world.scopes[sid].parameters[index].annotation
    if annotation is None:
        return False
    if isinstance(annotation, Name):
        bindings = world.bindings(CellKey((sid[0], 0), annotation.name))
        if any(each.kind is BindingKind.VALUE for each in bindings):
            return True  # ``Db = Annotated[Session, Depends(open_session)]``, for all we know
    found = world.declared((sid[0], world.scopes[sid].parent), annotation)
    sessions = world.knowledge.tables.sessions
    return any(isinstance(item, LibraryInstance) and item.dotted in sessions for item in found)


def _tables(world: World, sid: Sid, target: AnyValue) -> Iterator[CellKey]:
    """Yield the cells of modules and classes that a target stands for, if they are tables."""
    for item in world.evaluate(sid, target):
        if type(item) is CellObject:
            owner = world.scopes[item.cell.owner]
            if owner.kind is ScopeKind.MODULE or owner.kind is ScopeKind.CLASS:
                kinds = container_kinds(world, item)
                if kinds and TABLES.issuperset(kinds):
                    yield item.cell


def _is_on_miss(world: World, sid: Sid, scope: Scope, cell: CellKey, store: Effect) -> bool:
    """Whether the function looks the key up as well, and stores or returns by the outcome."""
    chosen = bool(scope.contexts[store.context].flags & CHOSEN)
    wanted = None if store.key is None else behind(store.key, UNSAID)
    for key, base, context in _lookups(scope):
        if behind(key, UNSAID) == wanted and (chosen or scope.contexts[context].flags & CHOSEN):
            if cell in _tables(world, sid, base):
                return True
    return False


def _lookups(scope: Scope) -> Iterator[tuple[AnyValue, AnyValue, int]]:
    """Yield key, table and context of the look-ups in a scope."""
    for effect in scope.effects:
        if effect.kind is EffectKind.READ_ITEM and effect.key is not None:
            yield effect.key, effect.target, effect.context
    for call in scope.calls:
        if type(call.callee) is Attr and call.callee.name == "get" and call.arguments:
            yield call.arguments[0], call.callee.base, call.context


def _emptied(
    world: World, cells: Mapping[CellKey, object], writes: Iterable[RawWrite], flows: Flows
) -> frozenset[CellKey]:
    """Return those of some cells that somebody empties or measures, or may do so out of sight.

    What only tests do bounds nothing.
    """
    found = {
        write.cell
        for write in writes
        if write.cell in cells and not world.modules[write.sid[0]].test and _is_other(world, write)
    }
    found.update(_changed_inside(world, cells))
    for sid, each in flows.items():
        if not each or world.modules[sid[0]].test:
            continue
        for flow in each:
            for item in flow.found:
                if type(item) is CellObject and item.cell in cells:
                    if not (flow.kind == PASSED and _only_reads(world, sid, flow.call)):
                        found.add(item.cell)
    return frozenset(found)


def _changed_inside(world: World, cells: Mapping[CellKey, object]) -> Iterator[CellKey]:
    """Yield those of some cells whose entries a method changes.

    Entries that are changed are no remembered answers: ``d.setdefault(k, []).append(x)``.
    """
    for sid, number in world.mutator_calls:
        callee = world.scopes[sid].calls[number].callee
        if type(callee) is Attr and not world.modules[sid[0]].test:
            for item in world.evaluate(sid, callee.base):
                if type(item) is PartObject and item.cell in cells:
                    yield item.cell


def _is_other(world: World, write: RawWrite) -> bool:
    """Whether a write does other than fill: it takes entries out, or changes one."""
    if write.inner:
        return True
    if write.action in (Action.REBIND, Action.UNBIND):
        return world.scopes[write.sid].kind is not ScopeKind.MODULE
    return write.text.startswith("del ") or write.text.endswith(EVICTING)


def _only_reads(world: World, sid: Sid, call: int) -> bool:
    """Whether a call neither keeps nor measures what it gets."""
    measured = ExternalObject("len") in world.callees(sid)[call]
    return not measured and keeps_nothing(world, sid, call)
