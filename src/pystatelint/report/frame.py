"""How is the source round a finding drawn?"""

from collections.abc import Iterator

import msgspec

from pystatelint.model.span import Span
from pystatelint.report.excerpt import ELLIPSIS, excerpt
from pystatelint.report.glyphs import width
from pystatelint.report.palette import Palette, painted

INDENT = "  "
BAR = " | "


class Canvas(msgspec.Struct, frozen=True):
    """Where a frame is drawn.

    Attributes:
        width: terminal columns.
        palette: colours.
        mark: colour of the carets.
    """

    width: int
    palette: Palette
    mark: str


def frame(lines: tuple[str, ...], span: Span, canvas: Canvas) -> Iterator[str]:
    """Yield the rows that show `span` with one line of context; none without source.

    A span of several lines is shown by its first and its last line.
    """
    if span.line > len(lines):
        return
    end_line = min(span.end_line, len(lines))
    numbers = len(str(end_line + 1))
    yield from context(lines, span.line - 1, numbers, canvas)
    if end_line == span.line:
        yield from marked(lines, span.line, (span.column, span.end_column), numbers, canvas)
    else:
        yield from ends(lines, span, end_line, numbers, canvas)
    yield from context(lines, end_line + 1, numbers, canvas)


def ends(
    lines: tuple[str, ...], span: Span, end_line: int, numbers: int, canvas: Canvas
) -> Iterator[str]:
    """Yield the first and the last line of a span, dots for what is between."""
    first, last = lines[span.line - 1], lines[end_line - 1]
    yield from marked(lines, span.line, (span.column, len(first.rstrip())), numbers, canvas)
    if end_line > span.line + 1:
        yield INDENT + painted(ELLIPSIS, canvas.palette.faint)
    indentation = len(last) - len(last.lstrip())
    yield from marked(lines, end_line, (indentation, span.end_column), numbers, canvas)


def context(lines: tuple[str, ...], line: int, numbers: int, canvas: Canvas) -> Iterator[str]:
    """Yield one line beside the span, unless there is none or it is blank."""
    if 1 <= line <= len(lines) and lines[line - 1].strip():
        shown = excerpt(lines[line - 1], 0, 0, room(numbers, canvas))
        yield gutter(str(line), numbers, canvas) + shown.before + shown.after


def marked(
    lines: tuple[str, ...], line: int, columns: tuple[int, int], numbers: int, canvas: Canvas
) -> Iterator[str]:
    """Yield a line and, below it, carets under the columns given (code points)."""
    shown = excerpt(lines[line - 1], *columns, room(numbers, canvas))
    yield gutter(str(line), numbers, canvas) + shown.before + shown.span + shown.after
    carets = painted("^" * max(1, width(shown.span)), canvas.mark)
    yield gutter("", numbers, canvas) + " " * width(shown.before) + carets


def room(numbers: int, canvas: Canvas) -> int:
    """Return the terminal columns left beside the gutter."""
    return canvas.width - len(INDENT) - numbers - len(BAR)


def gutter(label: str, numbers: int, canvas: Canvas) -> str:
    """Return what stands left of the source."""
    return painted(f"{INDENT}{label:>{numbers}}{BAR}", canvas.palette.faint)
