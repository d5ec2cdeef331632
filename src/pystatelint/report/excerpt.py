"""Which part of a source line is shown, and where in it does a span stand?"""

from bisect import bisect_left, bisect_right
from itertools import accumulate

import msgspec

from pystatelint.report.glyphs import glyph, width

TAB_STOP = 4
ELLIPSIS = "..."
LEAD = 12
"""Columns of code kept before a span that does not fit from the line's start."""
NARROWEST = 20


class Excerpt(msgspec.Struct, frozen=True):
    """A piece of a source line, fit for a terminal: what stands before, in, after a span."""

    before: str
    span: str
    after: str


def excerpt(line: str, start: int, end: int, room: int) -> Excerpt:
    """Return what fits of `line` round the code points `start` to `end`.

    Args:
        line: source line.
        start: first column of the span, 0-based, in code points.
        end: column after the span, likewise.
        room: terminal columns at hand.
    """
    pieces = displayed(line.rstrip())
    start = min(start, len(pieces))
    end = min(max(end, start), len(pieces))
    edges = tuple(accumulate(map(width, pieces), initial=0))
    first, last = kept(edges, start, end, max(room, NARROWEST))
    shown_end = max(start, min(end, last))
    return Excerpt(
        before=(ELLIPSIS if first else "") + "".join(pieces[first:start]),
        span="".join(pieces[start:shown_end]),
        after="".join(pieces[shown_end:last]) + (ELLIPSIS if last < len(pieces) else ""),
    )


def displayed(line: str) -> tuple[str, ...]:
    """Return what is shown for each code point, tabs as spaces up to the next stop."""
    pieces = []
    column = 0
    for character in line:
        blank = " " * (TAB_STOP - column % TAB_STOP)
        piece = blank if character == "\t" else glyph(character)
        pieces.append(piece)
        column += width(piece)
    return tuple(pieces)


def kept(edges: tuple[int, ...], start: int, end: int, room: int) -> tuple[int, int]:
    """Return the first piece to show and the one after the last.

    `edges` holds the terminal column where each piece begins, and the line's end.
    """
    total = edges[-1]
    one_cut = room - len(ELLIPSIS)
    two_cuts = one_cut - len(ELLIPSIS)
    if total <= room:
        return 0, len(edges) - 1
    if edges[end] <= one_cut or edges[start] <= LEAD:
        return 0, bisect_right(edges, one_cut) - 1
    lead = min(LEAD, max(0, two_cuts - (edges[end] - edges[start])))
    if total - edges[start] + lead <= one_cut:
        return bisect_left(edges, total - one_cut), len(edges) - 1
    first = bisect_left(edges, edges[start] - lead)
    return first, bisect_right(edges, edges[first] + two_cuts) - 1
