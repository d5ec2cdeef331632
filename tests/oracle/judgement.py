"""What does statelint say of the cells that a workload changed?"""

import enum
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from pystatelint.api import analyse
from pystatelint.config.schema import Config
from pystatelint.link.records import Verdict
from pystatelint.model.report import Report

from .watch.record import ChangedCell

CONSTANT = frozenset({Verdict.CONST.value, Verdict.IMMUTABLE.value})
"""Verdicts that say: the cell keeps what it holds."""

FUNCTIONS = frozenset(
    {
        "_lru_cache_wrapper",
        "classmethod",
        "function",
        "staticmethod",
    }
)


class Section(enum.StrEnum):
    """In what way a change can be traced to a cell of the ledger."""

    CELL = "1 cell"
    INHERITED = "2 attribute set on a subclass"
    FUNCTION = "3 function"
    UNKNOWN = "4 not in the ledger"
    ALIAS = "5 further name"
    APART = "6 class apart"


class Row(NamedTuple):
    """One changed cell, and what statelint says of it.

    Attributes:
        section: how it was found in the ledger.
        symbol: qualified name.
        holds: name of the type of what is in it.
        stage: the first stage of the workload that changed it.
        how: what was different afterwards.
        cell: the symbol in the ledger, or empty; for a further name, the name of the object.
        verdict: the verdict of the ledger, or empty.
        codes: the findings of the default set on the cell.
    """

    section: Section
    symbol: str
    holds: str
    stage: str
    how: tuple[str, ...]
    cell: str
    verdict: str
    codes: tuple[str, ...] = ()


def judged(packages: Sequence[str], folder: Path) -> Report:
    """Analyse the source of installed packages; nothing of it is imported.

    Args:
        packages: names of top-level packages.
        folder: the folder that they are installed in.
    """
    config = Config(respect_gitignore=False, src=(".",))
    return analyse([folder / package for package in packages], config, cwd=folder)


def rows(changed: Iterable[ChangedCell], report: Report) -> tuple[Row, ...]:
    """Return one row for each changed cell, by section and symbol."""
    first = {(each["symbol"], each["apart"]): each for each in reversed(list(changed))}
    verdicts = {row.symbol: row.verdict for row in report.ledger}
    found = (traced(each, verdicts, owners(first.values(), verdicts)) for each in first.values())
    codes = codes_by_symbol(report)
    return tuple(sorted(row._replace(codes=codes.get(row.cell, ())) for row in found))


def owners(changed: Iterable[ChangedCell], verdicts: Container[str]) -> dict[int, str]:
    """Return the name of each object that changed in place: one of the ledger, or the shortest."""
    found: dict[int, str] = {}
    for each in sorted(changed, key=lambda each: rank(each["symbol"], verdicts), reverse=True):
        found[each["thing"]] = each["symbol"]
    return found


def rank(symbol: str, verdicts: Container[str]) -> tuple[bool, int, str]:
    """Return what sorts the names of one object, the best first."""
    return symbol not in verdicts, len(symbol), symbol


def traced(changed: ChangedCell, verdicts: Mapping[str, str], owners: Mapping[int, str]) -> Row:
    """Return the row of one changed cell, without findings."""
    symbol = changed["symbol"]
    cell = next((each for each in (symbol, *changed["inherited"]) if each in verdicts), "")
    owner = owners[changed["thing"]] if changed["thing"] else symbol
    section = section_of(changed, cell, owner)
    return Row(
        section=section,
        symbol=symbol,
        holds=changed["holds"],
        stage=changed["stage"],
        how=tuple(changed["how"]),
        cell=owner if section is Section.ALIAS else cell,
        verdict=verdicts.get(cell, ""),
    )


def section_of(changed: ChangedCell, cell: str, owner: str) -> Section:
    """Return in what way the change can be traced to a cell of the ledger."""
    match changed:
        case {"apart": True}:
            return Section.APART
        case {"symbol": symbol} if symbol == cell:
            return Section.CELL
        case {"symbol": symbol} if symbol != owner:
            return Section.ALIAS
        case _ if cell:
            return Section.INHERITED
        case {"holds": kind} if kind in FUNCTIONS:
            return Section.FUNCTION
        case _:
            return Section.UNKNOWN


def codes_by_symbol(report: Report) -> dict[str, tuple[str, ...]]:
    """Return the findings on each cell."""
    found = sorted({(finding.symbol, finding.code) for finding in report.findings})
    return {
        symbol: tuple(code for _, code in group)
        for symbol, group in groupby(found, key=itemgetter(0))
    }


def called_constant(found: Iterable[Row]) -> Iterator[Row]:
    """Yield the changed cells that statelint calls constant."""
    yield from (row for row in found if row.section is Section.CELL and row.verdict in CONSTANT)
