"""Which names of other people's code do the tables speak of?"""

import builtins
import sys
from collections.abc import Iterator

from pystatelint.models.tables import Tables

BUILTINS = frozenset(dir(builtins))
BARE = frozenset({"name", "shape"})
"""Kinds of entry points whose rows hold no dotted names."""


def is_known_base(tables: Tables, base: str) -> bool:
    """Return whether a class is of the standard library, or a table says what a base it is.

    Parameters:
        base: canonical dotted name.
    """
    return (
        base.partition(".")[0] in sys.stdlib_module_names
        or base in BUILTINS
        or base in tables.declarative
        or base in tables.class_makers
        or base in tables.holders
        or base in tables.constructors
        or bool(tables.entries.find("base", base))
    )


def spoken_of(tables: Tables) -> frozenset[str]:
    """Return every name that a table has a row for, and the classes whose methods have one."""
    names = frozenset(_names(tables))
    return names | frozenset(name.rpartition(".")[0] for name in names if "." in name)


def _names(tables: Tables) -> Iterator[str]:
    for rows in (
        tables.caches,
        tables.class_makers,
        tables.columns,
        tables.constructors,
        tables.declarative,
        tables.decorators,
        tables.field_makers,
        tables.functions,
        tables.holders,
        tables.immutables,
        tables.iterators,
        tables.markers,
        tables.objects,
        tables.registrations,
        tables.returns,
        tables.sessions,
        tables.writers,
    ):
        yield from rows
    yield from (name for kind, name in tables.entries.exact if kind not in BARE)
    for rows_of_methods in tables.init_methods.values():
        yield from (base for row in rows_of_methods for base in row.bases)
