"""Which rule reports a cell: one root cause, one finding."""

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from pystatelint.config.schema import Config
from pystatelint.link.places import UnboundedTable
from pystatelint.link.project import Project
from pystatelint.link.records import (
    Action,
    Cell,
    CellKind,
    ClassInfo,
    InstanceBinding,
    Receiver,
    Write,
)
from pystatelint.link.records_locks import Misuse
from pystatelint.model.rule import Rule
from pystatelint.rules.exemption import (
    CLIENT_WRITE,
    DEFINITION,
    OTHER_NAME_OF_DEFAULT,
    OWN_ATTRIBUTE,
    SET_PER_CONTEXT,
    WRONG_LOCK,
    Exemption,
)
from pystatelint.rules.naming import (
    parameter_name,
    promises_constant,
    promises_memo,
    promises_state,
)
from pystatelint.rules.values import is_container, is_definition
from pystatelint.rules.writes import (
    changes_content,
    counted_writes,
    sets_attribute,
    through_instance,
    went_through,
)

FAMILIES = MappingProxyType(
    {
        CellKind.CLASS: (
            "HMS101",
            "HMS102",
            "HMS103",
            "HMS105",
            "HMS110",
            "HMS111",
            "HMS202",
            "HMS204",
            "HMS213",
        ),
        CellKind.MODULE: (
            "HMS111",
            "HMS201",
            "HMS202",
            "HMS203",
            "HMS204",
            "HMS205",
            "HMS206",
            "HMS207",
            "HMS210",
            "HMS213",
            "HMS214",
        ),
        CellKind.DEFAULT: ("HMS111", "HMS301", "HMS302"),
        CellKind.CONTEXTVAR: ("HMS111", "HMS312"),
        CellKind.CLOSURE: ("HMS310",),
        CellKind.CACHE: ("HMS307",),
    }
)
"""Kind of cell -> codes of the rules of which at most one reports its writes."""


def owned_by(
    code: str, project: Project, options: Config
) -> Iterator[tuple[Cell, tuple[Write, ...]]]:
    """Yield the cells whose run-time writes are the rule's to report, with these writes."""
    for cell, writes, owner in owners(project, options):
        if owner == code:
            yield cell, writes


def reported_by(
    rule: Rule, project: Project, options: Config
) -> Iterator[tuple[Cell, tuple[Write, ...]]]:
    """Yield the cells that the rule reports, with the writes that it does not spare."""
    for cell, writes in owned_by(rule.code, project, options):
        left = tuple(write for write in writes if spared(rule, cell, write, project) is None)
        if left:
            yield cell, left


def spared(rule: Rule, cell: Cell, write: Write, project: Project) -> Exemption | None:
    """Return why the rule itself is silent about a write that is its to report, if it is."""
    if rule.spares is None:
        return None
    reason: Exemption | None = rule.spares(cell, write, project)
    return reason


def owners(
    project: Project, options: Config
) -> Iterator[tuple[Cell, tuple[Write, ...], str | Exemption]]:
    """Yield the cells that run time writes, these writes, and whose they are (`owner_of`)."""
    aliased = aliased_cells(project)
    for cell in project.cells:
        writes = counted_writes(cell, project) if cell.writes else ()
        if writes:
            yield cell, writes, owner_of(cell, writes, aliased, project, options)


def owner_of(
    cell: Cell,
    writes: Sequence[Write],
    aliased: frozenset[str],
    project: Project,
    options: Config,
) -> str | Exemption:
    """Return the code of the one rule that may report the cell's writes, or why none does.

    Args:
        cell: what is written.
        writes: the writes that count (`counted_writes`), at least one.
        aliased: what `aliased_cells` returns.
        project: its classes tell who inherits and who holds the cell.
        options: its `cache_names` tell what is no constant.
    """
    if cell.kind is not CellKind.CACHE and cell.symbol in aliased:
        if bindings_behind(cell, writes, project):
            return "HMS111"
    return family_of(cell, writes, project, options)


def aliased_cells(project: Project) -> frozenset[str]:
    """Return the cells whose object some method binds to an attribute of its instance."""
    return frozenset(
        binding.from_cell
        for info in project.classes
        for binding in info.instance_bindings
        if binding.from_cell
    )


def family_of(
    cell: Cell, writes: Sequence[Write], project: Project, options: Config
) -> str | Exemption:
    """Return the code of the rule that may report writes to the cell itself, or why none does."""
    if _is_stash(cell, writes, project):
        return "HMS213"
    if project.client_writes and _are_client_writes(writes, project):
        return CLIENT_WRITE
    if project.lock_misuses and _are_under_a_wrong_lock(writes, project):
        return WRONG_LOCK
    match cell.kind:
        case CellKind.CLASS:
            return _class_family(cell, writes, project, options)
        case CellKind.MODULE:
            return _module_family(cell, writes, project, options)
        case CellKind.DEFAULT:
            return _default_family(cell, writes)
        case CellKind.CONTEXTVAR:
            return _contextvar_family(cell, writes)
        case CellKind.CLOSURE:
            return "HMS310"
        case CellKind.CACHE:
            return "HMS307"


def bindings_behind(
    cell: Cell, writes: Sequence[Write], project: Project
) -> tuple[tuple[ClassInfo, InstanceBinding], ...]:
    """Return the ``self.x = cell`` by which every write went; empty if one did not.

    What the object's own methods change is theirs, under whatever name it is reached.
    """
    writes = [write for write in writes if not write.by_own_method]
    if not writes or not all(write.aliases or "." in write.text for write in writes):
        return ()
    ways = tuple(
        (info, binding)
        for info in project.classes
        for binding in info.instance_bindings
        if binding.from_cell == cell.symbol
    )
    used = {
        write: [way for way in ways if went_through(write, way[0].symbol, way[1])]
        for write in writes
    }
    if not all(used.values()):
        return ()
    return tuple(way for way in ways if any(way in each for each in used.values()))


def _class_family(
    cell: Cell, writes: Sequence[Write], project: Project, options: Config
) -> str | Exemption:
    if _is_handed_out(cell, writes, options):
        return "HMS204"
    content = [write for write in writes if changes_content(cell, write)]
    by_instance = [
        write for write in content if through_instance(write) and not write.by_own_method
    ]
    if not by_instance and table_behind(cell, writes, project):
        return "HMS202"
    if cell.final or (cell.class_var and content):
        return "HMS102"
    if by_instance and cell.value.mutable is True and not cell.declarative:
        if _is_on_thread_local(cell, project):
            return "HMS110"
        return "HMS105" if is_sibling_leak(cell, content, project) else "HMS101"
    by_class = [write for write in content if write not in by_instance]
    if by_class:
        return "HMS105" if is_sibling_leak(cell, by_class, project) else "HMS102"
    if any(not through_instance(write) for write in writes):
        return "HMS103"
    return OWN_ATTRIBUTE


def _is_stash(cell: Cell, writes: Sequence[Write], project: Project) -> bool:
    """Return whether all that is ever stored is what entry points leave of their call."""
    left = {(stash.path, stash.span) for stash in project.stashes if stash.cell == cell.symbol}
    kept = [write for write in writes if write.value is None or write.value.kind != "constant"]
    stored = [write for write in kept if write.action is not Action.UNBIND]
    if not left or not stored or any(through_instance(each) for each in stored):
        return False
    return all((each.path, each.span) in left for each in stored)


def _are_client_writes(writes: Sequence[Write], project: Project) -> bool:
    """Return whether all the writes change what a shared client sends along."""
    known = {(each.path, each.span) for each in project.client_writes}
    return all((write.path, write.span) in known for write in writes)


def _are_under_a_wrong_lock(writes: Sequence[Write], project: Project) -> bool:
    """Return whether a lock of one object should guard all the writes."""
    known = {
        (each.path, each.span)
        for each in project.lock_misuses
        if each.misuse is Misuse.OF_ONE_OBJECT
    }
    return all((write.path, write.span) in known for write in writes)


def table_behind(cell: Cell, writes: Sequence[Write], project: Project) -> UnboundedTable | None:
    """Return the table that nobody empties, if all the writes fill it on a miss."""
    table = next((each for each in project.unbounded_tables if each.cell == cell.symbol), None)
    if table is None or any((write.path, write.span) not in table.fillers for write in writes):
        return None
    return table


def is_filled_once_per_key(cell: Cell, writes: Sequence[Write], project: Project) -> bool:
    """Return whether all the writes fill a table that has finitely many keys, on a miss."""
    table = next((each for each in project.finite_tables if each.cell == cell.symbol), None)
    return table is not None and all((write.path, write.span) in table.fillers for write in writes)


def _is_on_thread_local(cell: Cell, project: Project) -> bool:
    owner = next((info for info in project.classes if info.symbol == cell.owner), None)
    return owner is not None and not project.local_types.isdisjoint(owner.ancestors)


def is_sibling_leak(cell: Cell, writes: Sequence[Write], project: Project) -> bool:
    """Return whether only subclasses write, and none says the base's name."""
    owner_name = cell.owner.rpartition(".")[2]
    heirs = {info.symbol for info in project.classes if cell.owner in info.ancestors}
    return all(
        write.owner in heirs and not write.text.startswith(f"{owner_name}.") for write in writes
    )


def _module_family(
    cell: Cell, writes: Sequence[Write], project: Project, options: Config
) -> str | Exemption:
    if is_definition(cell.value):
        return DEFINITION
    plain = [write for write in writes if not sets_attribute(write)]
    if not plain and not is_container(cell.value):
        return "HMS214"
    if plain and _is_handed_out(cell, writes, options):
        return "HMS204"
    if cell.final or _is_constant(cell, options):
        return "HMS210"
    if not plain:
        return "HMS214"
    if all(write.through for write in plain) and not promises_state(cell.name, options):
        return "HMS206"
    if all(write.aliases for write in writes) and not promises_state(cell.name, options):
        return "HMS205"
    if any(changes_content(cell, write) and not is_foreign(write) for write in plain):
        return "HMS202" if table_behind(cell, writes, project) else "HMS201"
    if any(is_foreign(write) for write in plain):
        return "HMS207"
    return "HMS214" if len(plain) < len(writes) else "HMS203"


def _is_handed_out(cell: Cell, writes: Sequence[Write], options: Config) -> bool:
    """Return whether only callers of functions that return the container change it."""
    changes = [write for write in writes if changes_content(cell, write)]
    made = all(write.binds_first for write in writes if write not in changes)
    through_result = all(write.receiver is Receiver.RESULT for write in changes)
    if not changes or not is_container(cell.value) or promises_state(cell.name, options):
        return False
    return made and through_result


def _is_constant(cell: Cell, options: Config) -> bool:
    mutable = cell.value.mutable is True and not cell.placeholder
    return mutable and promises_constant(cell.name) and not promises_state(cell.name, options)


def is_foreign(write: Write) -> bool:
    """Return whether the writer reaches into another module: ``settings.LIMITS[k] = 1``."""
    return write.receiver is Receiver.MODULE


def _default_family(cell: Cell, writes: Sequence[Write]) -> str | Exemption:
    if not any(write.receiver is Receiver.PARAMETER for write in writes):
        return OTHER_NAME_OF_DEFAULT
    return "HMS302" if promises_memo(parameter_name(cell)) else "HMS301"


def _contextvar_family(cell: Cell, writes: Sequence[Write]) -> str | Exemption:
    return "HMS312" if any(changes_content(cell, write) for write in writes) else SET_PER_CONTEXT
