"""Where something stands in a file."""

import msgspec


class Span(msgspec.Struct, frozen=True, array_like=True, gc=False, order=True):
    """A half-open range of source text.

    Attributes:
        line: first line, 1-based.
        column: first column, 0-based, in code points.
        end_line: last line, 1-based.
        end_column: column after the last character, 0-based, in code points.
    """

    line: int
    column: int
    end_line: int
    end_column: int


FILE_START = Span(1, 0, 1, 0)
"""The span of a finding about a whole file."""
