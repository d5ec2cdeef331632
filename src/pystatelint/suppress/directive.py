"""What a comment that silences findings says, whatever its syntax."""

import datetime
import enum

import msgspec

from pystatelint.model.span import Span

EVERYTHING = ""
"""The selector of a blanket `noqa`."""

END_OF_FILE = 2**31
"""A line that no file reaches."""


class Syntax(enum.Enum):
    """What the words that silence are part of."""

    PRAGMA = "pragma"
    NOQA = "noqa"
    STRING = "string"
    """A ``noqa`` in a string: it silences, as in flake8, but nobody meant it to."""


class Target(msgspec.Struct, frozen=True):
    """What is silenced, and where.

    Attributes:
        selector: a code, the beginning of codes, or a name; empty for everything.
        first_line: first line that it holds for, 1-based.
        last_line: last such line, inclusive.
    """

    selector: str
    first_line: int
    last_line: int


class Directive(msgspec.Struct, frozen=True, kw_only=True):
    """One comment, understood.

    Attributes:
        syntax: what it is written as.
        span: the comment.
        targets: what it silences; nothing if it cannot be understood.
        gives_reason: it says why.
        until: last day on which it holds; None without an end.
        problem: why it cannot be understood, or empty.
        remedy: how it could be, or empty.
        idle: why it has no effect at all, or empty.
    """

    syntax: Syntax
    span: Span
    targets: tuple[Target, ...] = ()
    gives_reason: bool = True
    until: datetime.date | None = None
    problem: str = ""
    remedy: str = ""
    idle: str = ""
