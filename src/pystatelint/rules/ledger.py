"""The cells that are state by what they hold, written or not (112, 190, 215, 290)."""

from collections.abc import Iterator
from types import MappingProxyType

import msgspec

from pystatelint.config.schema import Config
from pystatelint.link.records import Cell, CellKind, ClassInfo, Project, Verdict
from pystatelint.model.finding import Severity
from pystatelint.rules.contract import classes_by_symbol, is_declared_cell, is_declared_class
from pystatelint.rules.evidence import writers_of
from pystatelint.rules.naming import is_dunder
from pystatelint.rules.values import held_by

_SETTLED = frozenset({Verdict.DECLARATIVE, Verdict.IMMUTABLE, Verdict.SAFE})

_SAID = MappingProxyType(
    {
        Verdict.RUNTIME: "written while the process starts",
        Verdict.GUARDED: "written while the process starts, under a lock",
        Verdict.REGISTRY: "filled while modules are imported and left alone afterwards",
        Verdict.CONST: "never written",
        Verdict.ESCAPES: "not written in sight, but a reference to it leaves our sight",
        Verdict.VETO: "not written for certain, but an unresolved write matches its name",
    }
)


class Entry(msgspec.Struct, frozen=True):
    """A cell that is state.

    Attributes:
        cell: the cell.
        declared: the code that keeps it is declared stateless.
    """

    cell: Cell
    declared: bool


def entries(kind: CellKind, project: Project, options: Config) -> Iterator[Entry]:
    """Yield the cells of one kind that are state."""
    classes = classes_by_symbol(project)
    for cell in project.cells:
        if cell.kind is kind and is_state(cell):
            declared = is_declared_cell(cell, classes, project, options)
            if not (declared and _is_stateless_object(cell, classes, project, options)):
                yield Entry(cell, declared)


def is_state(cell: Cell) -> bool:
    """Return whether the cell can change: mutable, or written at run time anyway."""
    if (
        cell.declarative
        or is_dunder(cell.name)
        or cell.value.kind in ("class", "function", "module")
    ):
        return False
    return cell.verdict not in _SETTLED and (cell.value.mutable is True or bool(cell.run_writes))


def _is_stateless_object(
    cell: Cell, classes: dict[str, ClassInfo], project: Project, options: Config
) -> bool:
    """Return whether it holds an object whose own class is under the contract."""
    info = classes.get(cell.value.dotted) if cell.value.kind == "instance" else None
    return info is not None and not cell.run_writes and is_declared_class(info, project, options)


def ledger_severity(entry: Entry) -> Severity:
    """Return error in declared-stateless code, info elsewhere."""
    return Severity.ERROR if entry.declared else Severity.INFO


def name_severity(entry: Entry) -> Severity:
    """Return error in declared-stateless code, else warning where run time writes it."""
    if entry.declared:
        return Severity.ERROR
    return Severity.WARNING if entry.cell.run_writes else Severity.INFO


def keeping(entry: Entry) -> str:
    """Return who keeps what, and what is known of its writes, for a message."""
    cell = entry.cell
    keeper = cell.owner or cell.module
    subject = f"{keeper} is declared stateless but" if entry.declared else keeper
    return (
        f"{subject} keeps {held_by(cell)} in `{cell.name}` for the whole process, "
        f"{_verdict_of(cell)}"
    )


def _verdict_of(cell: Cell) -> str:
    if cell.run_writes:
        lock = " under a lock" if cell.verdict is Verdict.GUARDED else ""
        return f"written at run time{lock} by {writers_of(cell.run_writes)}"
    return _SAID.get(cell.verdict, "not proven constant")
