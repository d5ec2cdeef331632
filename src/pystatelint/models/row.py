"""What every row of a data table has, and how to find one by its names."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fact that holds for several names.

    Attributes:
        names: canonical dotted names; builtins stand bare (``dict``, ``str.join``).
        source: where the fact is documented or can be read.
        note: what a reader of the table should know besides.
    """

    names: tuple[str, ...]
    source: str
    note: str = ""


AnyRow = TypeVar("AnyRow", bound=Row)


def by_name(rows: Iterable[AnyRow]) -> dict[str, AnyRow]:
    """Return name -> the one row that holds it."""
    return {name: row for row in rows for name in row.names}


def all_by_name(rows: Iterable[AnyRow]) -> dict[str, tuple[AnyRow, ...]]:
    """Return name -> every row that holds it, in the order of the table."""
    found: dict[str, tuple[AnyRow, ...]] = {}
    for row in rows:
        for name in row.names:
            found[name] = (*found.get(name, ()), row)
    return found
