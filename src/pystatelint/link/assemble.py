"""Seeds, writes and escapes become the cells that rules read."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from pystatelint.link.aliases import original
from pystatelint.link.cells import Seed
from pystatelint.link.closures import closure_symbol
from pystatelint.link.guards import held
from pystatelint.link.hierarchy import instance_bindings
from pystatelint.link.idioms import idiom_of, remembers
from pystatelint.link.library_calls import owner_symbol
from pystatelint.link.lost import Lost
from pystatelint.link.objects import CellKey, Sid
from pystatelint.link.phase_sets import IN_ORDER
from pystatelint.link.phases import moment
from pystatelint.link.plausible import WHOLE
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action, Cell, CellKind, Phase, Receiver, Write
from pystatelint.link.twins import told_once
from pystatelint.link.values import UNKNOWN_VALUE, value_of
from pystatelint.link.verdict import Evidence, verdict
from pystatelint.link.world import World
from pystatelint.model.facts import BindingKind, Const, ContextFlag, ScopeKind
from pystatelint.model.finding import Step, StepKind

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
CACHE = CellKind.CACHE
CLASS = CellKind.CLASS
CLOSURE = CellKind.CLOSURE
DEFAULT = CellKind.DEFAULT
MODULE = ScopeKind.MODULE

Phases = dict[Sid, frozenset[Phase]]
AnyRow = TypeVar("AnyRow")
MOST_ESCAPES = 5
"""Escapes and vetoes kept per cell; one is enough to block a proof."""


def unique(rows: Iterable[AnyRow]) -> tuple[AnyRow, ...]:
    """Return rows in order without repetition: several names may share one row."""
    found: list[AnyRow] = []
    for row in rows:
        if row not in found:
            found.append(row)
    return tuple(found)


def cells(
    world: World,
    found: tuple[Seed, ...],
    raw: tuple[RawWrite, ...],
    blocked: Lost,
    phases: Phases,
    reach: Mapping[Sid, Step],
) -> tuple[Cell, ...]:
    """Return every cell with its writes and verdict, sorted by symbol."""
    writes: dict[CellKey, list[RawWrite]] = {}
    for each in raw:
        writes.setdefault(each.cell, []).append(each)
    lost: dict[CellKey, list[Step]] = {}
    for escape in blocked.escapes:
        lost.setdefault(escape.cell, []).append(escape.step)
    known = {seed.key for seed in found}
    born = tuple(_born(world, key, group[0]) for key, group in writes.items() if key not in known)
    result = {
        seed.key: _cell(
            world, seed, writes.get(seed.key, []), lost.get(seed.key, []), blocked, phases, reach
        )
        for seed in (*found, *born)
    }
    for key, cell in result.items():
        first = original(world, key) if key in world.global_binds else None
        if first in result:
            result[key] = msgspec.structs.replace(cell, same_as=result[first].symbol)
    return told_once(
        tuple(sorted(result.values(), key=lambda cell: (cell.symbol, cell.path, cell.span)))
    )


def _born(world: World, key: CellKey, first: RawWrite) -> Seed:
    """Return the cell that a write creates, or that a definition's name stands for."""
    bindings = world.bindings(key)
    scope = world.scopes[key.owner]
    kind = CLASS if scope.kind is ScopeKind.CLASS else CellKind.MODULE
    if scope.kind in (ScopeKind.FUNCTION, ScopeKind.LAMBDA):
        kind = DEFAULT
    span = (
        bindings[0].span if bindings else first.span if first.sid[0] == key.owner[0] else scope.span
    )
    return Seed(key=key, kind=kind, span=span, value=UNKNOWN_VALUE, bound=bool(bindings))


def _cell(
    world: World,
    seed: Seed,
    raw: list[RawWrite],
    lost: list[Step],
    blocked: Lost,
    phases: Phases,
    reach: Mapping[Sid, Step],
) -> Cell:
    """Return one finished cell."""
    raw = _concerning(seed, raw)
    written = sorted(
        (write_of(world, each, phases, reach) for each in raw),
        key=lambda write: (write.path, write.span),
    )
    owner = seed.key.owner
    symbol = cell_symbol(world, seed)
    if seed.kind is CLOSURE:
        # What a write reaches by name alone may as well be an attribute of the function.
        written = [msgspec.structs.replace(write, cell=symbol) for write in written]
    writes = tuple(unique(written))
    inside, replaced = _vetoes_inside(blocked, seed.key), _vetoes_of_name(blocked, seed)
    vetoes = (*inside, *(each for each in replaced if each not in inside))[:MOST_ESCAPES]
    return Cell(
        symbol=symbol,
        kind=seed.kind,
        name=seed.key.name.strip("()") or world.scopes[owner].name,
        module=world.modules[owner[0]].name,
        owner="" if world.scopes[owner].kind is MODULE else world.symbol(owner),
        path=world.path(owner),
        span=seed.span,
        value=seed.value,
        class_var=seed.class_var,
        final=seed.final,
        bound=seed.bound,
        placeholder=seed.placeholder,
        declarative=seed.declarative and not any(write.at_run_time for write in writes),
        writes=writes,
        escapes=tuple(lost[:MOST_ESCAPES]),
        vetoes=vetoes,
        shadows=tuple(_shadows(world, seed)),
        verdict=verdict(
            Evidence(
                kind=seed.kind,
                value=seed.value,
                writes=tuple(write for write in writes if not _is_of_test(world, write)),
                declarative=seed.declarative,
                escaped=bool(lost),
                vetoed=bool(inside),
                replaced=bool(replaced),
                holder=seed.holder,
            )
        ),
        idiom=idiom_of(world, seed.key, raw),
        remembers=remembers(world, raw),
    )


def _concerning(seed: Seed, raw: list[RawWrite]) -> list[RawWrite]:
    """Return the writes that tell something of a cell.

    What happens in an object that each thread has for itself is none of the cell's business.
    Where another container takes the place of one that all may change, that is what counts.
    """
    if not seed.holder or seed.kind is CellKind.CONTEXTVAR:
        return raw
    whole = [each for each in raw if not each.inner and each.action in WHOLE]
    return whole if seed.apart or whole else raw


def _is_of_test(world: World, write: Write) -> bool:
    """Whether a write stands in a test module."""
    return world.modules[world.index[write.module]].test


def _vetoes_inside(blocked: Lost, key: CellKey) -> tuple[Step, ...]:
    """Return the first unresolved writes that may change what a cell holds."""
    by_name = blocked.names.get(key.name, ())
    by_owner = blocked.shaken.get(key.owner, ())
    return (*by_name[:MOST_ESCAPES], *by_owner[:MOST_ESCAPES])[:MOST_ESCAPES]


NAMED_FROM_OUTSIDE = frozenset({CellKind.CLASS, CellKind.MODULE})
"""Kinds of cells that are attributes of something."""


def _vetoes_of_name(blocked: Lost, seed: Seed) -> tuple[Step, ...]:
    """Return the first unresolved stores that may give the name of a cell something else."""
    key = seed.key
    if seed.kind not in NAMED_FROM_OUTSIDE:
        return ()
    by_name = blocked.stores.get(key.name, ())
    groups = (blocked.stored.get(key, ()), by_name, blocked.shaken.get(key.owner, ()))
    return tuple(step for group in groups for step in group[:MOST_ESCAPES])[:MOST_ESCAPES]


def cell_symbol(world: World, seed: Seed) -> str:
    """Return the qualified name of a cell; a default reads ``module.function(parameter)``.

    That of a cache reads like a call: ``module.function()``.
    """
    if seed.kind is DEFAULT or seed.kind is CACHE:
        return f"{world.symbol(seed.key.owner)}{seed.key.name}"
    if seed.kind is CLOSURE:
        return closure_symbol(world, seed.key)
    return world.cell_symbol(seed.key)


def write_of(world: World, raw: RawWrite, phases: Phases, reach: Mapping[Sid, Step]) -> Write:
    """Return one finished write."""
    when = moment(world, raw.sid, raw.context, phases[raw.sid])
    return Write(
        cell=world.cell_symbol(raw.cell),
        action=raw.action,
        receiver=raw.receiver,
        text=raw.text,
        module=world.modules[raw.sid[0]].name,
        function=world.symbol(raw.sid),
        owner=owner_symbol(world, raw.sid),
        path=world.path(raw.sid),
        span=raw.span,
        phases=IN_ORDER[when],
        inner=raw.inner,
        aliases=raw.aliases,
        from_parameter=raw.from_parameter,
        guarded=tuple(sorted({*raw.guarded, *held(world, raw.sid, raw.context)})),
        value=None if raw.value is None else value_of(world, raw.sid, raw.value),
        key=raw.key,
        reached_from=reach.get(raw.sid),
        through=raw.through,
        binds_first=_binds_first(world, raw),
        assumed=raw.sid in world.assumed,
    )


FIRST_BINDERS = frozenset({Receiver.CLASS, Receiver.ENCLOSING, Receiver.NAME})
"""By what a name is bound that waits for its object."""


def _binds_first(world: World, raw: RawWrite) -> bool:
    """Whether a rebind replaces the None that the cell starts with, or makes the cell."""
    if raw.action is not Action.REBIND or raw.receiver not in FIRST_BINDERS:
        return False
    first = [b.value for b in world.bindings(raw.cell) if b.kind is BindingKind.VALUE]
    flags = world.scopes[raw.sid].contexts[raw.context].flags
    if not flags & ContextFlag.BRANCH:
        return False
    starts_empty = not first or (isinstance(first[0], Const) and first[0].kind == "none")
    return starts_empty and not isinstance(raw.value, Const)


def _shadows(world: World, seed: Seed) -> Iterable[Step]:
    """Return the places where instances get an attribute of the cell's name."""
    if seed.kind is not CLASS:
        return ()
    return tuple(
        Step(
            StepKind.CELL,
            world.path(binding.method),
            binding.span,
            f"an instance gets its own {binding.name} here, in {world.symbol(binding.method)}",
        )
        for binding in instance_bindings(world, seed.key.owner, seed.key.name)
    )
