"""Can several tasks or threads get at one object?

No evidence means no: an object that a function makes and keeps to itself is its own (RacerD,
Blackshear et al., "RacerD: Compositional Static Race Detection", OOPSLA 2018).
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import msgspec

from pystatelint.link.decorated import decorators_of
from pystatelint.link.entries import EntryPoints
from pystatelint.link.fields import class_kind
from pystatelint.link.found_out import SelfBinding
from pystatelint.link.guards import is_lock
from pystatelint.link.hierarchy import descendants, instance_bindings, owner_of, project_classes
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ClassObject,
    InstanceObject,
    ModuleObject,
    Object,
    PartObject,
    Sid,
)
from pystatelint.link.places import Singleton
from pystatelint.link.reach import ROLE_TEXTS
from pystatelint.link.records import Cell
from pystatelint.link.records_races import Sharing
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.course import Spot
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    ContextFlag,
    EffectKind,
    Item,
    Name,
    Param,
    Result,
    ScopeKind,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.layers import INNER, behind
from pystatelint.models.functions import Entry

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
SET_ATTRIBUTE = EffectKind.SET_ATTRIBUTE
CELL = StepKind.CELL

Evidence = tuple[Sharing, Step]


class Shared(msgspec.Struct, frozen=True):
    """What tells of each class whether many have one object of it.

    Attributes:
        classes: class -> the best evidence. private: classes of which every call gets a new one.
        cells: symbol -> its place, for cells that many can get at.
        started: the functions that run as tasks or threads of their own.
    """

    classes: Mapping[Sid, Evidence]
    private: frozenset[Sid]
    cells: Mapping[str, Step]
    started: frozenset[Sid] = frozenset()


NOTHING_SHARED = Shared(MappingProxyType({}), frozenset(), MappingProxyType({}))


class Storage(msgspec.Struct, frozen=True):
    """Where a spot is: in a cell, or in an attribute of the instances of a class."""

    cell: CellKey | None
    owner: Sid | None
    name: str


def sharing_of(
    world: World,
    entries: EntryPoints,
    held: Mapping[Sid, tuple[str, ...]],
    singles: Iterable[Singleton],
    cells: Iterable[Cell],
) -> Shared:
    """Return what is shared.

    Parameters:
        entries: the functions that frameworks call. held: the module cells with an instance of
            each class. singles: handwritten singletons. cells: every cell.
    """
    places = {
        cell.symbol: Step(CELL, cell.path, cell.span, f"{cell.symbol} is one for all")
        for cell in cells
    }
    found: dict[Sid, Evidence] = {}
    made = _constructed(world)
    for sid, evidence in (
        *_by_cells(world, held, places, made),
        *_by_singletons(world, singles),
        *_by_caches(world),
        *_by_applications(world),
    ):
        found.setdefault(sid, evidence)
        for base in project_classes(world, sid)[1:]:
            others = made.get(base, 0) + sum(made.get(heir, 0) for heir in descendants(world, base))
            lasting = Sharing.SOME if others > made.get(sid, 0) else evidence[0]
            found.setdefault(base, (lasting, evidence[1]))
    for sid, evidence in (*_by_entries(world, entries), *_by_locks(world)):
        for each in (sid, *descendants(world, sid)):
            if each not in found or found[each][0] is Sharing.SOME:
                found[each] = evidence
    private = frozenset(_private(world, entries))
    return Shared(found, private, places, frozenset(_started(entries)))


def _started(entries: EntryPoints) -> Iterator[Sid]:
    """Yield the functions that code runs as tasks or threads and does not wait for at once."""
    for sid, rows in entries.items():
        if any(_runs_apart(row) for row in rows):
            yield sid


def _runs_apart(row: Entry) -> bool:
    """Whether a function that is handed over runs as a task or thread of its own."""
    return row.kind == "call-arg" and row.model in ("L", "T") and not _is_waited_for(row)


def _by_cells(
    world: World,
    held: Mapping[Sid, tuple[str, ...]],
    places: Mapping[str, Step],
    made: Mapping[Sid, int],
) -> Iterator[tuple[Sid, Evidence]]:
    """Yield the classes of which a module has an instance, and whether there are others."""
    of_programs = frozenset(_bound_by_programs(world))
    some: list[tuple[Sid, Evidence]] = []
    for sid, symbols in held.items():
        known = [each for each in symbols if each in places and each not in of_programs]
        if not known:
            continue
        modules = {places[each].path for each in known}
        if made.get(sid, 0) > len(symbols) or len(known) > len(modules):
            text = f"{known[0]} is one of many objects of its class"
            step = msgspec.structs.replace(places[known[0]], text=text)
            some.append((sid, (Sharing.SOME, step)))
        else:
            text = f"{known[0]} is one object for all"
            step = msgspec.structs.replace(places[known[0]], text=text)
            yield sid, (Sharing.INSTANCE, step)
    yield from some


def _bound_by_programs(world: World) -> Iterator[str]:
    """Yield the cells that modules bind only when they are run as a program."""
    for number, module in enumerate(world.modules):
        scope = world.scopes[(number, 0)]
        for binding in scope.bindings:
            if scope.contexts[binding.context].flags & ContextFlag.MAIN_GUARD:
                yield f"{module.name}.{binding.name}"


def _constructed(world: World) -> dict[Sid, int]:
    """Return how many calls outside tests make an instance of just each class."""
    found: dict[Sid, int] = {}
    for sid in world.scopes:
        if world.modules[sid[0]].test:
            continue
        for callees in world.callees(sid):
            for item in callees:
                if type(item) is ClassObject:
                    found[item.sid] = found.get(item.sid, 0) + 1
    return found


def _by_singletons(world: World, singles: Iterable[Singleton]) -> Iterator[tuple[Sid, Evidence]]:
    """Yield the classes that see to it that there is one object."""
    by_symbol = {each.symbol: each for each in singles}
    if not by_symbol:
        return
    for sid, scope in world.scopes.items():
        if scope.kind is ScopeKind.CLASS and world.symbol(sid) in by_symbol:
            yield sid, (Sharing.INSTANCE, by_symbol[world.symbol(sid)].keeper)


def _by_caches(world: World) -> Iterator[tuple[Sid, Evidence]]:
    """Yield the classes of which a cached function hands out one object."""
    caches = world.knowledge.tables.caches
    for sid, scope in world.scopes.items():
        if not scope.decorators or scope.kind is not ScopeKind.FUNCTION:
            continue
        if any(each.dotted in caches for each in decorators_of(world, sid)):
            text = f"{world.symbol(sid)} hands out one object from its cache"
            step = Step(CELL, world.path(sid), scope.span, text)
            for made in _instances(world, sid, scope.results):
                yield made, (Sharing.INSTANCE, step)


def _by_applications(world: World) -> Iterator[tuple[Sid, Evidence]]:
    """Yield the classes of which the state of an application keeps an object."""
    for sid, scope in world.scopes.items():
        for effect in scope.effects:
            target = effect.target
            if effect.kind is SET_ATTRIBUTE and effect.value is not None:
                if type(target) is Attr and target.name in STATES:
                    text = f"{target.name}.{effect.name} keeps one object for all requests"
                    step = Step(CELL, world.path(sid), effect.span, text)
                    for made in _instances(world, sid, (effect.value,)):
                        yield made, (Sharing.INSTANCE, step)


STATES = frozenset({"ctx", "state"})
"""Attributes in which applications keep objects: ``app.state`` (Starlette), ``app.ctx`` (Sanic)."""


def _instances(world: World, sid: Sid, values: Iterable[AnyValue]) -> Iterator[Sid]:
    """Yield the project classes that some values may be instances of."""
    for value in values:
        for item in world.evaluate(sid, value):
            for content in contents(world, item):
                if type(content) is InstanceObject:
                    yield content.sid


def _by_entries(world: World, entries: EntryPoints) -> Iterator[tuple[Sid, Evidence]]:
    """Yield the classes whose one object serves many calls, or whose methods become tasks."""
    for sid, rows in entries.items():
        owner = world.classes_by_scope.get(sid)
        if owner is None or world.modules[sid[0]].test:
            continue
        for row in rows:
            step = Step(StepKind.REACH, world.path(sid), world.scopes[sid].span, "")
            symbol = world.symbol(sid)
            if row.instance == "per-process" and row.role in ROLE_TEXTS:
                text = f"one object serves all calls of {symbol}"
                yield owner, (Sharing.FRAMEWORK, msgspec.structs.replace(step, text=text))
            elif _runs_apart(row):
                text = f"{symbol} runs as a task or thread of its own"
                yield owner, (Sharing.TASK, msgspec.structs.replace(step, text=text))


def _is_waited_for(row: Entry) -> bool:
    """Whether whoever hands a function over to another thread usually waits for its result."""
    return "to_thread" in row.match or "run_in_executor" in row.match


def _by_locks(world: World) -> Iterator[tuple[Sid, Evidence]]:
    """Yield the classes whose instances have a lock."""
    for sid, table in world.self_bindings.items():
        for name, bindings in table.items():
            if any(_makes_lock(world, binding) for binding in bindings):
                text = f"{world.symbol(sid)} has a lock: {name}"
                step = Step(CELL, world.path(sid), bindings[0].span, text)
                yield sid, (Sharing.LOCK, step)
                break


def _makes_lock(world: World, binding: SelfBinding) -> bool:
    """Whether a method binds a lock; only calls are worth a look."""
    if type(binding.value) is not Result:
        return False
    return any(is_lock(each) for each in world.evaluate(binding.method, binding.value))


def _private(world: World, entries: EntryPoints) -> Iterator[Sid]:
    """Yield the classes of which each call gets an object of its own."""
    for sid, rows in entries.items():
        owner = world.classes_by_scope.get(sid)
        if owner is not None and any(row.instance == "per-call" for row in rows):
            yield owner
            yield from descendants(world, owner)


def is_own(world: World, sid: Sid, spot: Spot) -> bool:
    """Whether a spot belongs to the object that the method `sid`, or one around it, runs on."""
    holder = behind(spot.holder, INNER)
    if type(holder) is Param:
        return holder.index == 0 and sid in world.classes_by_scope
    return type(holder) is Name and sid not in world.classes_by_scope


def storages(world: World, sid: Sid, spot: Spot) -> Iterator[Storage]:
    """Yield where a spot of function `sid` may be."""
    holder, name = spot.holder, spot.name
    content = not name
    while not name and isinstance(holder, (Alias, Attr, Item)):
        if isinstance(holder, Attr):
            name = holder.name
        holder = holder.base
    for item in world.evaluate(sid, holder):
        # A store to an attribute of an instance makes the instance its own.
        if type(item) is InstanceObject and content and _is_of_class(world, item.sid, name):
            owner = owner_of(world, item.sid, name)
            assert owner is not None
            yield Storage(CellKey(owner, name), owner, name)
        else:
            yield from _storage(item, name)


def _is_of_class(world: World, sid: Sid, name: str) -> bool:
    """Whether instances have an attribute only from their class."""
    if not name or instance_bindings(world, sid, name) or class_kind(world, sid).kind:
        return False
    owner = owner_of(world, sid, name)
    return owner is not None and bool(world.bindings(CellKey(owner, name)))


def _storage(item: Object, name: str) -> Iterator[Storage]:
    """Yield where the attribute `name` of an object is, or for an empty name what it is in."""
    match item:
        case CellObject(cell) | PartObject(cell):
            yield Storage(cell, None, name)
        case ModuleObject(module) if name:
            yield Storage(CellKey((module, 0), name), None, name)
        case ClassObject(owner) if name:
            yield Storage(CellKey(owner, name), owner, name)
        case InstanceObject(owner) if name:
            yield Storage(None, owner, name)
        case _:
            pass


def evidence_of(world: World, shared: Shared, place: Storage) -> Evidence | None:
    """Return why many can get at a place; None if nothing shows that."""
    if place.cell is not None:
        step = shared.cells.get(world.cell_symbol(place.cell))
        return None if step is None else (Sharing.MODULE, step)
    assert place.owner is not None
    if place.owner in shared.private:
        return None
    return shared.classes.get(place.owner)


def symbol_of(world: World, place: Storage) -> str:
    """Return the qualified name of a place."""
    if place.cell is not None:
        return world.cell_symbol(place.cell)
    assert place.owner is not None
    owner = owner_of(world, place.owner, place.name) or place.owner
    return f"{world.symbol(owner)}.{place.name}"
