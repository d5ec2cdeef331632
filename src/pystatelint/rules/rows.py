"""Rows of the data tables, by the names they speak of."""

from collections.abc import Iterable
from typing import TypeVar

from pystatelint.models.row import Row

AnyRow = TypeVar("AnyRow", bound=Row)


def by_name(rows: Iterable[AnyRow]) -> dict[str, AnyRow]:
    """Return each row under every one of its names."""
    return {name: row for row in rows for name in row.names}
