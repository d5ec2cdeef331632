"""Which entry points leave data of their call where the next one finds it?

A stash is a name, attribute or element that is not kept apart by request: of a module or
class, which the whole process shares, or of a `threading.local`, which all requests of
one thread share.
"""

from collections.abc import Iterator, Mapping

import msgspec

from pystatelint.link.callgraph import Edge
from pystatelint.link.entries import EntryPoints
from pystatelint.link.hierarchy import ancestor_names, owner_of
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ClassObject,
    ExternalObject,
    InstanceObject,
    LibraryInstance,
    ModuleObject,
    Object,
    PartObject,
    Sid,
)
from pystatelint.link.places import Stash
from pystatelint.link.private import Private, private_to_calls
from pystatelint.link.reach import ROLE_TEXTS
from pystatelint.link.storage import contents
from pystatelint.link.taken_out import STORES, emptying_calls, is_sure, undoings
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Const,
    Effect,
    EffectKind,
    Name,
    Result,
    ScopeFlag,
    ScopeKind,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.span import Span

THREAD_NAMES = frozenset(
    {"threading.current_thread", "threading.get_ident", "threading.get_native_id"}
)
APART = frozenset({"greenlet", "thread"})
"""Categories of holders that requests of one thread share."""


class Place(msgspec.Struct, frozen=True):
    """Where something is stored: at `inner` of `cell`, which each thread sees for itself or not."""

    cell: CellKey
    per_thread: bool
    inner: str = ""


class Store(msgspec.Struct, frozen=True):
    """A statement of function `sid`, at `span`, that fills a place."""

    sid: Sid
    span: Span
    place: Place


def stashes(world: World, entries: EntryPoints, edges: tuple[Edge, ...]) -> tuple[Stash, ...]:
    """Return the stores of call data that nobody surely undoes, by path and span.

    Args:
        world: the modules.
        entries: the functions that frameworks call, with the rows that say so.
        edges: who calls whom.
    """
    private = private_to_calls(world, entries)
    stored = tuple(each for sid in private for each in _stores(world, sid, private[sid]))
    if not stored:
        return ()
    callers: dict[Sid, list[Edge]] = {}
    for edge in edges:
        callers.setdefault(edge.callee, []).append(edge)
    undone = undoings(world, {each.place.cell for each in stored})
    found: dict[tuple[Sid, Span], Stash] = {}
    for each in stored:
        emptying, storing = emptying_calls(world, each.sid, private[each.sid].given, callers)
        ends = (*undone.get(each.place.cell, ()), *emptying)
        if ends and _never_raises(entries, private[each.sid]):
            continue
        if not any(is_sure(world, end, storing | {each.sid}, callers) for end in ends):
            found[each.sid, each.span] = _record(world, each, private, skipped=bool(ends))
    return tuple(sorted(found.values(), key=lambda each: (each.path, each.span)))


def _never_raises(entries: EntryPoints, private: Private) -> bool:
    """Whether the framework turns every exception into a response before it gets to the entry."""
    root, role = private.entry
    return any(row.responds for row in entries[root] if row.role == role)


def _stores(world: World, sid: Sid, private: Private) -> Iterator[Store]:
    """Yield the stores of one function that leave data of its call."""
    scope = world.scopes[sid]
    for effect in scope.effects:
        if effect.kind in STORES and effect.value is not None:
            for place in _places(world, sid, effect):
                if _is_left(world, sid, private, effect.value, place):
                    yield Store(sid, effect.span, place)
    for call in scope.calls:
        match call.callee, call.arguments:
            case Name(name="setattr"), (target, _, value):
                for item in world.evaluate(sid, target):
                    for place in _of_attribute(world, item, _told(call.arguments[1])):
                        if place.per_thread and _is_left(world, sid, private, value, place):
                            yield Store(sid, call.span, place)
            case _:
                pass


def _told(name: AnyValue) -> str:
    """Return the attribute that ``setattr`` is told, as far as it is constant."""
    return name.text if isinstance(name, Const) else "*"


def _is_left(world: World, sid: Sid, private: Private, value: AnyValue, place: Place) -> bool:
    """Whether a value is such as may not stay: for all of the process, only what is plain."""
    if place.per_thread:
        return private.holds(world, sid, value)
    return private.is_object(world, sid, value)


def _places(world: World, sid: Sid, effect: Effect) -> Iterator[Place]:
    """Yield the places that a store fills, if they outlive the call."""
    match effect.kind:
        case EffectKind.BIND:
            if not any(free == effect.name for free, _ in world.scopes[sid].free):
                yield Place(CellKey((sid[0], 0), effect.name), per_thread=False)
        case EffectKind.SET_ATTRIBUTE:
            for item in world.evaluate(sid, effect.target):
                yield from _of_attribute(world, item, effect.name)
        case EffectKind.SET_ITEM if effect.key is not None:
            by_thread = _names_thread(world, sid, effect)
            if by_thread or isinstance(effect.key, Const):
                for item in world.evaluate(sid, effect.target):
                    if isinstance(item, CellObject) and _is_shared(world, item.cell):
                        if not _holder(world, item):
                            yield Place(item.cell, by_thread, "[...]")
        case _:
            return


def _of_attribute(world: World, item: Object, name: str) -> Iterator[Place]:
    """Yield the place of an attribute of an object, if it outlives the call."""
    match item:
        case ModuleObject(module):
            yield Place(CellKey((module, 0), name), per_thread=False)
        case ClassObject(owner):
            yield Place(CellKey(owner_of(world, owner, name) or owner, name), per_thread=False)
        case CellObject(cell) | PartObject(cell, _, _) if _is_shared(world, cell):
            holder = _holder(world, item)
            if not holder or holder in APART:
                yield Place(cell, bool(holder), f".{name}")
        case _:
            return


def _is_shared(world: World, cell: CellKey) -> bool:
    """Whether a cell belongs to a module or class."""
    return world.scopes[cell.owner].kind in (ScopeKind.MODULE, ScopeKind.CLASS)


def _holder(world: World, item: Object) -> str:
    """Return what a holder keeps its state apart by; nothing if it does not."""
    holders = world.knowledge.tables.holders
    for content in contents(world, item):
        match content:
            case LibraryInstance(dotted) | ExternalObject(dotted):
                names: tuple[str, ...] = (dotted,)
            case InstanceObject(sid):
                names = ancestor_names(world, sid)
            case _:
                continue
        for name in names:
            if name in holders:
                return holders[name].category
    return ""


def _names_thread(world: World, sid: Sid, effect: Effect) -> bool:
    """Whether a key is the current thread or its number."""
    if not isinstance(effect.key, Result):
        return False
    return any(
        isinstance(item, ExternalObject) and item.dotted in THREAD_NAMES
        for item in world.callees(sid)[effect.key.call]
    )


def _record(world: World, store: Store, private: Mapping[Sid, Private], *, skipped: bool) -> Stash:
    """Return one finished record."""
    root, role = private[store.sid].entry
    verb = "this is" if store.sid == root else "reached from"
    text = f"{verb} {world.symbol(root)}, {ROLE_TEXTS[role]}"
    return Stash(
        cell=world.cell_symbol(store.place.cell),
        place=world.cell_symbol(store.place.cell) + store.place.inner,
        function=world.symbol(store.sid),
        path=world.path(store.sid),
        span=store.span,
        entry=Step(StepKind.REACH, world.path(root), world.scopes[root].span, text),
        per_thread=store.place.per_thread,
        is_async=bool(world.scopes[root].flags & ScopeFlag.ASYNC),
        skipped=skipped,
    )
