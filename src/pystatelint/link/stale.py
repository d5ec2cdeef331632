"""Which ``from m import x`` hold a copy that goes stale when m rebinds x?"""

from collections.abc import Iterator

from pystatelint.link.modules import absolute, module_member
from pystatelint.link.objects import CellKey, ModuleObject
from pystatelint.link.places import StaleImport
from pystatelint.link.world import World
from pystatelint.model.facts import BindingKind, Member, ScopeKind
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.span import Span

MOST_READS = 3
"""Reads shown per import."""


def stale_imports(world: World, rebound: frozenset[CellKey]) -> Iterator[StaleImport]:
    """Yield module-level imports of names that their own module rebinds at run time."""
    for number, module in enumerate(world.modules):
        for binding in module.facts.scopes[0].bindings:
            if binding.kind is not BindingKind.IMPORT or not isinstance(binding.value, Member):
                continue
            target = absolute(world, number, binding.value.module, binding.value.level)
            source = world.index.get(target)
            if source is None:
                continue
            cell = CellKey((source, 0), binding.value.name)
            if cell not in rebound or CellKey((number, 0), binding.name) in rebound:
                continue  # whoever binds the original may bind the copy as well
            if not _is_cell(world, cell):
                continue
            reads = tuple(_reads(world, number, binding.name))
            if reads:
                yield StaleImport(
                    cell=world.cell_symbol(cell),
                    name=binding.name,
                    module=module.name,
                    path=module.path,
                    span=binding.span,
                    reads=reads[:MOST_READS],
                )


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
