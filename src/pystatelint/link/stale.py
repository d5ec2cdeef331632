"""Which ``from m import x`` hold a copy that goes stale when m rebinds x?"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from pystatelint.link.callgraph import Edge
from pystatelint.link.loaded import loaded_before
from pystatelint.link.modules import absolute, module_member
from pystatelint.link.objects import CellKey, ModuleObject, Sid
from pystatelint.link.places import StaleImport
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action, Phase
from pystatelint.link.world import World
from pystatelint.model.facts import Binding, BindingKind, Member, Module, ScopeKind
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.span import Span

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
IMPORT = BindingKind.IMPORT

MOST_READS = 3
"""Reads shown per import."""


class Rebound(msgspec.Struct, frozen=True):
    """Who binds a cell anew after import.

    Attributes:
        cells: cell -> functions that do so at run time, or, if none does, at start-up.
        early: cells that are bound anew at start-up only.
    """

    cells: Mapping[CellKey, tuple[Sid, ...]]
    early: frozenset[CellKey]


def rebound_cells(writes: Iterable[RawWrite], phases: Mapping[Sid, frozenset[Phase]]) -> Rebound:
    """Return the cells that functions bind anew at run time or start-up.

    An import in a function that fills a place gives the same object each time.
    """
    running: dict[CellKey, dict[Sid, None]] = {}
    starting: dict[CellKey, dict[Sid, None]] = {}
    for write in writes:
        if write.action is Action.REBIND and not isinstance(write.value, (Member, Module)):
            if Phase.RUN in phases[write.sid]:
                running.setdefault(write.cell, {})[write.sid] = None
            elif not EARLY.isdisjoint(phases[write.sid]):
                starting.setdefault(write.cell, {})[write.sid] = None
    cells = {cell: tuple(sids) for cell, sids in (starting | running).items()}
    return Rebound(cells, frozenset(starting.keys() - running.keys()))


EARLY = frozenset({Phase.INIT, Phase.MAIN})
"""Phases after import in which a program gets ready."""


def stale_imports(world: World, rebound: Rebound, edges: tuple[Edge, ...]) -> Iterator[StaleImport]:
    """Yield module-level imports of names that their own module rebinds later.

    Where that happens at start-up only, a module that is imported afterwards has the new
    value; it counts only if the importer is loaded by then.
    """
    found = tuple(_copies(world, rebound))
    early = {sid for cell, *_ in found if cell in rebound.early for sid in rebound.cells[cell]}
    loaded = loaded_before(world, edges, early)
    for cell, number, binding in found:
        late = cell not in rebound.early
        if late or any(number in loaded[sid] for sid in rebound.cells[cell]):
            module = world.modules[number]
            yield StaleImport(
                cell=world.cell_symbol(cell),
                name=binding.name,
                module=module.name,
                path=module.path,
                span=binding.span,
                reads=tuple(_reads(world, number, binding.name))[:MOST_READS],
                early=not late,
            )


def _copies(world: World, rebound: Rebound) -> Iterator[tuple[CellKey, int, Binding]]:
    """Yield the imports that copy such a cell and are read: cell, importing module, binding."""
    cells = rebound.cells
    for number, module in enumerate(world.modules):
        for binding in module.facts.scopes[0].bindings:
            if binding.kind is not IMPORT or not isinstance(binding.value, Member):
                continue
            target = absolute(world, number, binding.value.module, binding.value.level)
            source = world.index.get(target)
            if source is None:
                continue
            cell = CellKey((source, 0), binding.value.name)
            if cell not in cells or CellKey((number, 0), binding.name) in cells:
                continue  # whoever binds the original may bind the copy as well
            if _is_cell(world, cell) and any(_reads(world, number, binding.name)):
                yield cell, number, binding


def _is_cell(world: World, cell: CellKey) -> bool:
    """Whether the import gives the object of the name, not a submodule."""
    found = module_member(world, cell.owner[0], cell.name)
    return not any(isinstance(item, ModuleObject) for item in found)


def _reads(world: World, number: int, name: str) -> Iterator[Step]:
    """Yield the places in functions of a module that read a module-level name."""
    module = world.modules[number]
    for position, scope in enumerate(module.facts.scopes):
        if scope.kind in (ScopeKind.MODULE, ScopeKind.CLASS):
            continue
        if any(free == name for free, _ in scope.free):
            continue
        for read in scope.reads:
            if read.name == name:
                place = Span(read.line, read.column, read.line, read.column + len(name))
                symbol = world.symbol((number, position))
                yield Step(
                    StepKind.READ, module.path, place, f"the old value is read here, in {symbol}"
                )
