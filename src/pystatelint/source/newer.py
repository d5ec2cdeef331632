"""Tell syntax of a later Python from what is no Python at all."""

import re
from functools import cache

from pystatelint.models.schema import NewerSyntax
from pystatelint.models.syntax import NewSyntax
from pystatelint.models.tables import read_table


def newer_syntax(
    message: str, line: str, column: int, running: tuple[int, int]
) -> NewSyntax | None:
    """Return what the parser stumbled over, if a simple sign tells of a later grammar.

    Args:
        message: what the parser says.
        line: the line that it stopped at.
        column: where in that line, 0-based.
        running: the Python whose parser it is, such as ``(3, 11)``.
    """
    later = (
        feature
        for feature in _features()
        if feature.since > running and _is_there(feature, message, line, column)
    )
    return max(later, key=lambda feature: feature.since, default=None)


@cache
def _features() -> tuple[NewSyntax, ...]:
    """Return the shipped table: a constant, and a project may hold thousands of broken files."""
    return read_table("newer_syntax", NewerSyntax).feature


def _is_there(feature: NewSyntax, message: str, line: str, column: int) -> bool:
    if not re.match(feature.message, message):
        return False
    if not feature.line:
        return True
    found = re.match(feature.line, line)
    return found is not None and found.start("place") <= column <= found.end("place")
