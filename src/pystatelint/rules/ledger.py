"""The cells that are state by what they hold, written or not (112, 190, 215, 290)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, CellKind, ClassInfo, Verdict
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.contract import classes_by_symbol, is_declared_cell, is_declared_class
from pystatelint.rules.evidence import at_cell, writers_of
from pystatelint.rules.exemption import (
    DECLARATION,
    DEFINITION,
    IMMUTABLE,
    LANGUAGE_NAME,
    NOT_KNOWN_TO_CHANGE,
    OBJECT_UNDER_CONTRACT,
    PLAIN_NAME,
    SAFE_HOLDER,
    Exemption,
)
from pystatelint.rules.naming import is_dunder, promises_state
from pystatelint.rules.values import held_by, is_definition

_SETTLED = MappingProxyType(
    {
        Verdict.DECLARATIVE: DECLARATION,
        Verdict.IMMUTABLE: IMMUTABLE,
        Verdict.SAFE: SAFE_HOLDER,
    }
)

ENTRY_RULES = MappingProxyType(
    {CellKind.CLASS: ("HMS112", "HMS190"), CellKind.MODULE: ("HMS215", "HMS290")}
)
"""Kind of cell -> codes of the rules that report cells for what they hold."""

NAME_RULES = frozenset({"HMS112", "HMS215"})
"""Those of them that report a cell only if its name promises state."""

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
        if cell.kind is kind:
            entry = entry_of(cell, classes, project, options)
            if isinstance(entry, Entry):
                yield entry


def entry_of(
    cell: Cell, classes: Mapping[str, ClassInfo], project: Project, options: Config
) -> Entry | Exemption:
    """Return the cell as state, or why it counts as none."""
    reason = _exemption_of(cell)
    if reason is not None:
        return reason
    declared = is_declared_cell(cell, classes, project, options)
    if declared and _is_stateless_object(cell, classes, project, options):
        return OBJECT_UNDER_CONTRACT
    return Entry(cell, declared)


def name_exemption(cell: Cell, options: Config) -> Exemption | None:
    """Return why the name of a cell says nothing against it, if it does not."""
    return None if promises_state(cell.name, options) else PLAIN_NAME


def _exemption_of(cell: Cell) -> Exemption | None:
    """Return why the cell cannot change: it is neither mutable nor written at run time."""
    if cell.declarative:
        return DECLARATION
    if is_dunder(cell.name):
        return LANGUAGE_NAME
    if is_definition(cell.value):
        return DEFINITION
    if cell.verdict in _SETTLED:
        return _SETTLED[cell.verdict]
    return None if cell.value.mutable is True or cell.run_writes else NOT_KNOWN_TO_CHANGE


def _is_stateless_object(
    cell: Cell, classes: Mapping[str, ClassInfo], project: Project, options: Config
) -> bool:
    """Return whether it holds an object whose own class is under the contract."""
    info = classes.get(cell.value.dotted) if cell.value.kind == "instance" else None
    return info is not None and not cell.run_writes and is_declared_class(info, project, options)


def ledger_findings(
    rule: Rule, kind: CellKind, remedy: str, project: Project, options: Config
) -> Iterator[Finding]:
    """Yield a finding for each cell of a kind that is state: an error in declared code."""
    for entry in entries(kind, project, options):
        yield at_cell(
            rule,
            entry.cell,
            message=_keeping(entry),
            remedy=remedy,
            writes=entry.cell.run_writes,
            severity=Severity.ERROR if entry.declared else Severity.INFO,
        )


def named_findings(
    rule: Rule, kind: CellKind, project: Project, options: Config
) -> Iterator[Finding]:
    """Yield a finding for each of them whose name speaks of a cache, buffer or store."""
    for entry in entries(kind, project, options):
        if name_exemption(entry.cell, options) is None:
            yield at_cell(
                rule,
                entry.cell,
                message=f"{_keeping(entry)}: its name says that answers depend on it",
                remedy="read from the store of record, or pass a bounded cache in",
                writes=entry.cell.run_writes,
                severity=_severity_of_name(entry),
            )


def _severity_of_name(entry: Entry) -> Severity:
    if entry.declared:
        return Severity.ERROR
    return Severity.WARNING if entry.cell.run_writes else Severity.INFO


def _keeping(entry: Entry) -> str:
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
