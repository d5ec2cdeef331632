"""A table of texts, and how it looks on a terminal."""

import msgspec

from pystatelint.report.glyphs import padded, visible, width


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """What a table says, whatever it looks like.

    Attributes:
        title: what it is about.
        headings: of the columns.
        rows: as many texts in each as there are headings.
        summary: one sentence that counts.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    summary: str


def text_table(table: Table) -> str:
    """Return the table in columns, and its summary; the summary alone if it has no rows."""
    closing = f"{visible(table.summary)}\n"
    if not table.rows:
        return closing
    lines = (table.headings, *(tuple(map(visible, row)) for row in table.rows))
    widths = tuple(max(map(width, column)) for column in zip(*lines, strict=True))
    return "".join(_aligned(line, widths) for line in lines) + "\n" + closing


def _aligned(row: tuple[str, ...], widths: tuple[int, ...]) -> str:
    return "  ".join(map(padded, row, widths)).rstrip() + "\n"
