"""What a rule makes of one cell: the questions that its check asks, asked one by one."""

from collections.abc import Iterable

import msgspec

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, CellKind, Write
from pystatelint.model.explanation import Opinion, Silence
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.rule import Rule
from pystatelint.rules.contract import classes_by_symbol
from pystatelint.rules.exemption import NEVER_WRITTEN, NO_CONTAINER, Exemption
from pystatelint.rules.givers import open_givers
from pystatelint.rules.ledger import ENTRY_RULES, NAME_RULES, Entry, entry_of, name_exemption
from pystatelint.rules.partition import FAMILIES, aliased_cells, owner_of, spared
from pystatelint.rules.values import holds_container
from pystatelint.rules.ways_out import ways_out
from pystatelint.rules.writes import counted_writes, exemption_of

ONE_OF_FAMILY = frozenset(code for codes in FAMILIES.values() for code in codes)

HANDED_OUT = "HMS204"
"""Code of the rule on containers that functions return, in strict code also unwritten ones."""

ESCAPING_DEFAULTS = "HMS303"
"""Code of the rule on the defaults that get out of their functions unwritten."""

LEFTOVER_DEFAULTS = "HMS304"
"""Code of the rule on the defaults that no other rule reports."""


def opinion_on(rule: Rule, cell: Cell, project: Project, options: Config) -> Opinion | None:
    """Return what a rule makes of a cell; None if it judges other things than such cells."""
    if rule.code == HANDED_OUT and open_givers(cell, project, options):
        return Opinion(reports=True)
    if rule.code in FAMILIES[cell.kind]:
        return _on_writes_of_family(rule, cell, project, options)
    if rule.code in ENTRY_RULES.get(cell.kind, ()):
        return _on_entry(rule, cell, project, options)
    if (cell.kind, rule.code) == (CellKind.DEFAULT, ESCAPING_DEFAULTS):
        return _on_escaping_default(cell, project, options)
    if (cell.kind, rule.code) == (CellKind.DEFAULT, LEFTOVER_DEFAULTS):
        return _on_leftover_default(cell, project, options)
    if rule.spares is not None and rule.code not in ONE_OF_FAMILY:
        return _on_writes(rule, cell, cell.writes, project)
    return None


def _on_writes_of_family(rule: Rule, cell: Cell, project: Project, options: Config) -> Opinion:
    judged = [(write, exemption_of(cell, write, project)) for write in cell.writes]
    counted = tuple(write for write, reason in judged if reason is None)
    silences = grouped(judged)
    if not counted:
        return Opinion(silences=silences or (silence(NEVER_WRITTEN),))
    match owner_of(cell, counted, aliased_cells(project), project, options):
        case Exemption() as reason:
            return Opinion(silences=(*silences, silence(reason, counted)))
        case rule.code:
            own = _on_writes(rule, cell, counted, project)
            return msgspec.structs.replace(own, silences=(*silences, *own.silences))
        case code:
            return Opinion(left_to=code)


def _on_writes(rule: Rule, cell: Cell, writes: tuple[Write, ...], project: Project) -> Opinion:
    judged = [(write, spared(rule, cell, write, project)) for write in writes]
    silences = grouped(judged) if writes else (silence(NEVER_WRITTEN),)
    return Opinion(reports=any(reason is None for _, reason in judged), silences=silences)


def _on_escaping_default(cell: Cell, project: Project, options: Config) -> Opinion:
    owner = _owner_of_writes(cell, project, options)
    if owner:
        return Opinion(left_to=owner)
    match ways_out(cell, project):
        case Exemption() as reason:
            return Opinion(silences=(silence(reason),))
        case _:
            return Opinion(reports=True)


def _on_leftover_default(cell: Cell, project: Project, options: Config) -> Opinion:
    owner = _owner_of_writes(cell, project, options)
    if owner:
        return Opinion(left_to=owner)
    if not isinstance(ways_out(cell, project), Exemption):
        return Opinion(left_to=ESCAPING_DEFAULTS)
    if holds_container(cell.value):
        return Opinion(reports=True)
    return Opinion(silences=(silence(NO_CONTAINER),))


def _owner_of_writes(cell: Cell, project: Project, options: Config) -> str:
    """Return the code of the rule that reports what is written to a cell, or nothing."""
    counted = counted_writes(cell, project)
    if not counted:
        return ""
    owner = owner_of(cell, counted, aliased_cells(project), project, options)
    return owner if isinstance(owner, str) else ""


def _on_entry(rule: Rule, cell: Cell, project: Project, options: Config) -> Opinion:
    entry = entry_of(cell, classes_by_symbol(project), project, options)
    if isinstance(entry, Entry) and rule.code in NAME_RULES:
        reason = name_exemption(cell, options)
        return Opinion(silences=(silence(reason),)) if reason else Opinion(reports=True)
    return (
        Opinion(reports=True) if isinstance(entry, Entry) else Opinion(silences=(silence(entry),))
    )


def grouped(judged: Iterable[tuple[Write, Exemption | None]]) -> tuple[Silence, ...]:
    """Return each exemption once, with the writes that it applied to, in order."""
    found: dict[Exemption, tuple[Write, ...]] = {}
    for write, reason in judged:
        if reason is not None:
            found[reason] = (*found.get(reason, ()), write)
    return tuple(silence(reason, writes) for reason, writes in found.items())


def silence(exemption: Exemption, writes: Iterable[Write] = ()) -> Silence:
    """Return the record of an exemption that applied to writes, or to the cell as a whole."""
    places = (Step(StepKind.WRITE, each.path, each.span, each.text) for each in writes)
    return Silence(exemption.name, exemption.reason, tuple(places))
