"""A table in Markdown, as GitHub and GitLab show it."""

import re

from pystatelint.report.glyphs import visible
from pystatelint.report.table import Table

WORDS = frozenset({"change", "kind", "verdict", "writes"})
"""Columns that hold words of our own; the others hold names, which are code."""


def markdown_table(table: Table) -> str:
    """Return the summary and the table; the summary alone if it has no rows."""
    opening = f"{table.summary}\n"
    if not table.rows:
        return opening
    rule = ("---",) * len(table.headings)
    lines = (table.headings, rule, *(_row(row, table.headings) for row in table.rows))
    return f"{opening}\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _row(row: tuple[str, ...], headings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        text if heading in WORDS else code(text)
        for text, heading in zip(row, headings, strict=True)
    )


def code(text: str) -> str:
    """Return a text as code; a bar is escaped even there, or it would end the column."""
    shown = visible(text).replace("|", "\\|")
    longest = max(map(len, re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    # A space on both sides is not shown, and keeps backticks from the fence.
    space = " " if longest else ""
    return f"{fence}{space}{shown}{space}{fence}" if shown else ""
