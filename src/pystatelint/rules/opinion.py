"""What a rule makes of one cell: the questions that its check asks, asked one by one."""

from collections.abc import Iterable

import msgspec

from pystatelint.config.schema import Config
from pystatelint.link.records import Cell, Project, Write
from pystatelint.model.rule import Rule
from pystatelint.rules.contract import classes_by_symbol
from pystatelint.rules.exemption import NEVER_WRITTEN, Exemption
from pystatelint.rules.ledger import ENTRY_RULES, NAME_RULES, Entry, entry_of, name_exemption
from pystatelint.rules.partition import FAMILIES, aliased_cells, owner_of, spared
from pystatelint.rules.writes import exemption_of

ONE_OF_FAMILY = frozenset(code for codes in FAMILIES.values() for code in codes)


class Exempt(msgspec.Struct, frozen=True):
    """An exemption that applied.

    Attributes:
        exemption: the reason.
        writes: what it applied to; nothing for the cell as a whole.
    """

    exemption: Exemption
    writes: tuple[Write, ...] = ()


class Opinion(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule makes of one cell.

    Attributes:
        reports: it reports the cell, alone or with others in one finding.
        left_to: code of the rule that has the writes to report instead, or empty.
        exempt: why it is silent about the cell, or about some of its writes.
    """

    reports: bool = False
    left_to: str = ""
    exempt: tuple[Exempt, ...] = ()


def opinion_on(rule: Rule, cell: Cell, project: Project, options: Config) -> Opinion | None:
    """Return what a rule makes of a cell; None if it judges other things than such cells."""
    if rule.code in FAMILIES[cell.kind]:
        return _on_writes_of_family(rule, cell, project, options)
    if rule.code in ENTRY_RULES.get(cell.kind, ()):
        return _on_entry(rule, cell, project, options)
    if rule.spares is not None and rule.code not in ONE_OF_FAMILY:
        return _on_writes(rule, cell, cell.writes, project)
    return None


def _on_writes_of_family(rule: Rule, cell: Cell, project: Project, options: Config) -> Opinion:
    judged = [(write, exemption_of(cell, write, project)) for write in cell.writes]
    counted = tuple(write for write, reason in judged if reason is None)
    exempt = grouped(judged)
    if not counted:
        return Opinion(exempt=exempt or (Exempt(NEVER_WRITTEN),))
    match owner_of(cell, counted, aliased_cells(project), project, options):
        case Exemption() as reason:
            return Opinion(exempt=(*exempt, Exempt(reason, counted)))
        case rule.code:
            own = _on_writes(rule, cell, counted, project)
            return msgspec.structs.replace(own, exempt=(*exempt, *own.exempt))
        case code:
            return Opinion(left_to=code)


def _on_writes(rule: Rule, cell: Cell, writes: tuple[Write, ...], project: Project) -> Opinion:
    judged = [(write, spared(rule, cell, write, project)) for write in writes]
    exempt = grouped(judged) if writes else (Exempt(NEVER_WRITTEN),)
    return Opinion(reports=any(reason is None for _, reason in judged), exempt=exempt)


def _on_entry(rule: Rule, cell: Cell, project: Project, options: Config) -> Opinion:
    entry = entry_of(cell, classes_by_symbol(project), project, options)
    if isinstance(entry, Entry) and rule.code in NAME_RULES:
        reason = name_exemption(cell, options)
        return Opinion(exempt=(Exempt(reason),)) if reason else Opinion(reports=True)
    return Opinion(reports=True) if isinstance(entry, Entry) else Opinion(exempt=(Exempt(entry),))


def grouped(judged: Iterable[tuple[Write, Exemption | None]]) -> tuple[Exempt, ...]:
    """Return each exemption once, with the writes that it applied to, in order."""
    found: dict[Exemption, tuple[Write, ...]] = {}
    for write, reason in judged:
        if reason is not None:
            found[reason] = (*found.get(reason, ()), write)
    return tuple(Exempt(reason, writes) for reason, writes in found.items())
