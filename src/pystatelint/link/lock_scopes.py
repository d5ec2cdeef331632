"""Which locks belong to one object, and are there to guard what all objects share?"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from pystatelint.link.entries import EntryPoints
from pystatelint.link.hierarchy import descendants
from pystatelint.link.objects import ClassObject, Sid
from pystatelint.link.records import Cell, CellKind, Verdict, Write
from pystatelint.link.records_locks import LockMisuse, Misuse
from pystatelint.link.world import World
from pystatelint.model.facts import ScopeKind
from pystatelint.model.finding import Step, StepKind

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
CLASS = ScopeKind.CLASS
SAFE = Verdict.SAFE

SHARED = frozenset({CellKind.CLASS, CellKind.MODULE})


def locks_of_one_object(
    world: World,
    cells: Iterable[Cell],
    entries: EntryPoints,
    reach: Mapping[Sid, Step],
    lasting: Collection[Sid],
) -> Iterator[LockMisuse]:
    """Yield the writes to shared cells under a lock of which there is one for each object.

    Parameters:
        cells: every cell. entries: the functions that frameworks call.
        reach: how functions are reached that run per request, task, event or the like.
        lasting: the classes of which a module has an instance.
    """
    cells = tuple(cells)
    of_all = {cell.symbol for cell in cells}
    guarded = [
        (cell, write)
        for cell in cells
        if cell.kind in SHARED and cell.verdict is not SAFE
        for write in cell.run_writes
        if write.guarded and of_all.isdisjoint(write.guarded)
    ]
    if not guarded:
        return
    classes = {world.symbol(sid): sid for sid, scope in world.scopes.items() if scope.kind is CLASS}
    made = _made_per_call(world, entries, reach, lasting)
    for cell, write in guarded:
        owners = [classes.get(lock.rpartition(".")[0]) for lock in write.guarded]
        shown = [made[owner] for owner in owners if owner is not None and owner in made]
        if len(shown) == len(owners):
            yield _record(cell, write, shown[0])


def _made_per_call(
    world: World, entries: EntryPoints, reach: Mapping[Sid, Step], lasting: Collection[Sid]
) -> dict[Sid, Step]:
    """Return the classes of which calls get an object of their own, with what shows it."""
    found: dict[Sid, Step] = {}
    for sid, rows in entries.items():
        owner = world.classes_by_scope.get(sid)
        if owner is not None and any(row.instance == "per-call" for row in rows):
            text = f"each call of {world.symbol(sid)} has an object of its own"
            step = Step(StepKind.REACH, world.path(sid), world.scopes[sid].span, text)
            for each in (owner, *descendants(world, owner)):
                found.setdefault(each, step)
    for sid in reach:
        for number, callees in enumerate(world.callees(sid)):
            for item in callees:
                if type(item) is ClassObject and item.sid not in lasting:
                    text = f"each call of {world.symbol(sid)} makes an object of its own"
                    span = world.scopes[sid].calls[number].span
                    found.setdefault(item.sid, Step(StepKind.REACH, world.path(sid), span, text))
    return found


def _record(cell: Cell, write: Write, shown: Step) -> LockMisuse:
    place = Step(StepKind.CELL, cell.path, cell.span, f"{cell.symbol} is one for all")
    return LockMisuse(
        misuse=Misuse.OF_ONE_OBJECT,
        lock=write.guarded[0],
        dotted="",
        subject=cell.symbol,
        function=write.function,
        path=write.path,
        span=write.span,
        steps=(place, shown),
    )
