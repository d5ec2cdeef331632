"""Which cells does ``PATH:LINE`` or a symbol mean?"""

import os
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

import msgspec

from pystatelint.engine.sources import Loaded
from pystatelint.errors import UsageError
from pystatelint.link.project import Project
from pystatelint.link.records import Cell
from pystatelint.model.span import Span
from pystatelint.source.discover import shown_path

MOST_NAMED = 5
"""Candidates that an error message names."""

MOST_GUESSED = 3
LEAST_LIKENESS = 0.7
"""Ratio of equal letters from which on a name is taken for misspelt."""

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?")


class Place(msgspec.Struct, frozen=True):
    """A line of a file; the path as the user wrote it."""

    path: str
    line: int


class Meant(msgspec.Struct, frozen=True):
    """The cells that a question is about.

    Attributes:
        cells: at least one.
        note: how the question was understood, if that is not plain.
        place: shown path and line that it names, if it does.
    """

    cells: tuple[Cell, ...]
    note: str = ""
    place: tuple[str, int] | None = None


def place_in(question: str) -> Place | None:
    """Return the place that a question names; None if it is a symbol."""
    match = _PLACE.fullmatch(question)
    return Place(match["path"], int(match["line"])) if match else None


def cells_meant(question: str, project: Project, loaded: Loaded, cwd: Path) -> Meant:
    """Return the cells that a question is about.

    Args:
        question: ``PATH:LINE``, ``PATH:LINE:COLUMN``, or the end of a qualified name.
        project: every cell there is.
        loaded: the files that were read, and those that could not be.
        cwd: what paths are relative to, absolute.

    Raises:
        UsageError: there is no such cell, or more than one name ends like this.
    """
    place = place_in(question)
    if place is None:
        return Meant(_named(question, project))
    absolute = os.path.normpath(cwd / place.path)
    if os.path.isdir(absolute):
        raise UsageError(f"{place.path} is a folder; name a file in it")
    shown = shown_path(absolute, str(cwd))
    _require_analysed(shown, project, loaded)
    here = tuple(cell for cell in project.cells if _touches(cell, shown, place.line))
    if here:
        return Meant(here, place=(shown, place.line))
    return _holders(shown, place.line, project) or _nearest(shown, place.line, project)


def _require_analysed(shown: str, project: Project, loaded: Loaded) -> None:
    for broken in loaded.broken:
        if broken.path == shown:
            raise UsageError(f"{shown} is not analysed: {broken.error.reason}")
    if shown not in {path for _, path in project.modules}:
        raise UsageError(f"{shown} is not among the analysed files; is it excluded?")


def _touches(cell: Cell, path: str, line: int) -> bool:
    return any(
        where == path and span.line <= line <= span.end_line for where, span in _places(cell)
    )


def _places(cell: Cell) -> Iterable[tuple[str, Span]]:
    """Return where a cell is bound and written."""
    return ((cell.path, cell.span), *((write.path, write.span) for write in cell.writes))


def _holders(path: str, line: int, project: Project) -> Meant | None:
    """Return the cells that hold the instance whose attribute a line binds, if one is known."""
    for info in project.classes:
        for binding in info.instance_bindings:
            if (binding.path, binding.span.line) == (path, line) and info.instances:
                found = tuple(cell for cell in project.cells if cell.symbol in info.instances)
                note = (
                    f"line {line} of {path} binds an attribute of one {info.symbol}, which is "
                    f"no cell; the instance is held by {_some(info.instances)}"
                )
                return Meant(found, note, (path, line)) if found else None
    return None


def _nearest(path: str, line: int, project: Project) -> Meant:
    """Return the cells of the line nearest to one where there is none, the upper of two."""
    lines = {
        at
        for cell in project.cells
        for where, span in _places(cell)
        if where == path
        for at in (span.line, span.end_line)
    }
    if not lines:
        raise UsageError(f"no cell is bound or written in {path}")
    near = min(lines, key=lambda at: (abs(at - line), at))
    found = tuple(cell for cell in project.cells if _touches(cell, path, near))
    note = f"no cell is bound or written on line {line} of {path}; this is the nearest, line {near}"
    return Meant(found, note, (path, line))


def _named(name: str, project: Project) -> tuple[Cell, ...]:
    exact = tuple(cell for cell in project.cells if cell.symbol == name)
    if exact:
        return exact
    ending = tuple(cell for cell in project.cells if cell.symbol.endswith(f".{name}"))
    symbols = tuple(dict.fromkeys(cell.symbol for cell in ending))
    match symbols:
        case ():
            raise UsageError(f"there is no cell '{name}'{_hint(name, project)}")
        case (_,):
            return ending
        case _:
            raise UsageError(
                f"{len(symbols)} cells end in '{name}': {_some(symbols)}; name more of it"
            )


def _hint(name: str, project: Project) -> str:
    """Return what the name stands for instead, or which names are like it."""
    for noun, symbols in (
        ("class", (info.symbol for info in project.classes)),
        ("function", (info.symbol for info in project.functions)),
        ("module", (module for module, _ in project.modules)),
    ):
        found = [each for each in symbols if each == name or each.endswith(f".{name}")]
        if found:
            inside = [cell.symbol for cell in project.cells if _is_in(cell.symbol, found[0])]
            cells = f"; its cells: {_some(inside)}" if inside else " that keeps nothing"
            return f": {found[0]} is a {noun}{cells}"
    if Path(name).suffix == ".py":
        return f"; to ask for a line, write {name}:LINE"
    guesses = " or ".join(f"'{each}'" for each in _like(name, project)[:MOST_GUESSED])
    return f"; did you mean {guesses}?" if guesses else "; `statelint ledger` lists all of them"


def _like(name: str, project: Project) -> list[str]:
    """Return symbols that leave out no part of a name, or else those that look like it."""
    parts = name.split(".")
    whole = [cell.symbol for cell in project.cells if _leads_to(parts, cell.symbol.split("."))]
    if whole:
        return whole
    by_end = {
        ".".join(cell.symbol.split(".")[-len(parts) :]): cell.symbol for cell in project.cells
    }
    like = get_close_matches(name, by_end, n=MOST_GUESSED, cutoff=LEAST_LIKENESS)
    return [by_end[each] for each in like]


def _leads_to(parts: list[str], symbol: list[str]) -> bool:
    """Say whether a symbol ends like a name and has its other parts in this order."""
    left = iter(symbol)
    return symbol[-1] == parts[-1] and all(part in left for part in parts)


def _is_in(symbol: str, holder: str) -> bool:
    return symbol.startswith((f"{holder}.", f"{holder}("))


def _some(symbols: Sequence[str]) -> str:
    more = f" and {len(symbols) - MOST_NAMED} more" if len(symbols) > MOST_NAMED else ""
    return ", ".join(symbols[:MOST_NAMED]) + more
