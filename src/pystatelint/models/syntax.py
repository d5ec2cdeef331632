"""Rows that speak of grammar: what later Pythons took up."""

import msgspec


class NewSyntax(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that a parser of an older Python does not know.

    Attributes:
        name: what to call it in a sentence.
        since: first Python that has it, such as ``(3, 12)``.
        message: regular expression for the beginning of the parser's message.
        line: regular expression for the beginning of the line that the parser stopped
            at; its group ``place`` is what it stopped at.
        source: where it is documented.
    """

    name: str
    since: tuple[int, int]
    message: str = ""
    line: str = ""
    source: str
