"""The changed cells of one library as a page to read."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from .judgement import CONSTANT, Row, Section

HEADINGS = {
    Section.CELL: (
        "Cells of the ledger",
        ("cell", "holds", "changed in", "how", "verdict", "findings"),
    ),
    Section.INHERITED: (
        "Cells of the ledger that are set on subclasses",
        ("cell", "on", "verdict", "findings"),
    ),
    Section.FUNCTION: (
        "Functions that were replaced, or keep something: attributes, a cache",
        ("function", "holds", "changed in", "how"),
    ),
    Section.UNKNOWN: ("Not in the ledger", ("name", "holds", "changed in", "how")),
    Section.ALIAS: ("Further names of what is told above", ("object", "names")),
    Section.APART: (
        "Classes that their name does not lead to: made in functions, or replaced",
        ("class", "attributes"),
    ),
}


def page(title: str, found: Sequence[Row]) -> str:
    """Return the page of one library."""
    sections = ("".join(section(*each)) for each in by_section(found))
    return "\n".join((f"# {title}\n", summary(found), *sections))


def summary(found: Sequence[Row]) -> str:
    """Return how many cells of the ledger changed, by verdict."""
    verdicts = Counter(row.verdict for row in found if row.section is Section.CELL)
    told = ", ".join(f"{number} {name}" for name, number in sorted(verdicts.items()))
    return f"{verdicts.total()} cells of the ledger changed: {told}.\n"


def by_section(found: Sequence[Row]) -> Iterator[tuple[Section, tuple[Row, ...]]]:
    """Yield the rows of each section that has some."""
    for each, group in groupby(found, key=lambda row: row.section):
        yield each, tuple(group)


def section(each: Section, found: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of one section."""
    heading, columns = HEADINGS[each]
    yield f"## {heading}\n\n"
    yield line(columns)
    yield line("---" for _ in columns)
    yield from map(line, sorted(texts(each, found)))


def texts(each: Section, found: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    """Yield the columns of each line."""
    match each:
        case Section.CELL:
            for row in found:
                yield code(row.symbol), row.holds, row.stage, how(row), verdict(row), codes(row)
        case Section.INHERITED:
            for name, group in grouped(found, attrgetter("cell")):
                yield code(name), classes(group), verdict(group[0]), codes(group[0])
        case Section.ALIAS:
            for name, group in grouped(found, attrgetter("cell")):
                yield code(name), str(len(group))
        case Section.APART:
            for name, group in grouped(found, lambda row: row.symbol.rpartition(".")[0]):
                yield code(name), code(", ".join(row.symbol.rpartition(".")[2] for row in group))
        case _:
            for row in found:
                yield code(row.symbol), row.holds, row.stage, how(row)


def grouped(found: Sequence[Row], key: Callable[[Row], str]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows that share a name, sorted."""
    for name, group in groupby(sorted(found, key=lambda row: (key(row), row)), key):
        yield name, list(group)


def classes(group: Sequence[Row]) -> str:
    """Return on how many classes an attribute was set."""
    return f"{len(group)} classes" if len(group) > 1 else "1 class"


def verdict(row: Row) -> str:
    """Return the verdict; one that says that nothing changes stands out."""
    return f"**{row.verdict}**" if row.verdict in CONSTANT else row.verdict


def codes(row: Row) -> str:
    """Return the findings, or a dash."""
    return ", ".join(row.codes) or "-"


def how(row: Row) -> str:
    """Return what was different."""
    return code("; ".join(row.how))


def code(text: str) -> str:
    """Return a text as code within a table."""
    return f"`{text.replace('|', '/')}`"


def line(columns: Iterable[str]) -> str:
    """Return one line of a table."""
    return f"| {' | '.join(columns)} |\n"
