"""What the shipped data tables say, read once per process."""

from functools import cache

from pystatelint.link.knowledge import Knowledge, know
from pystatelint.models.tables import load_tables


@cache
def shipped_knowledge() -> Knowledge:
    """Return the shipped tables, indexed; they are a constant that is costly to read.

    Raises:
        StatelintError: a table is missing or damaged.
    """
    return know(load_tables())
