"""What stands behind a value that only says by which way an object was reached?"""

from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Entered,
    Generic,
    Item,
    Member,
    Name,
    Slice,
    Truthy,
    Typed,
)

NAMING: frozenset[type] = frozenset({Alias, Truthy, Typed})
"""Layers that leave the object as it is: a local name, a test, a declared type."""

UNSAID: frozenset[type] = frozenset({Alias, Truthy})
"""Layers that say nothing of the object itself."""

INNER: frozenset[type] = frozenset({Alias, Attr, Item})
"""Layers that lead from an object into what it holds."""


def base_of(value: AnyValue) -> AnyValue | None:
    """Return what the outermost layer of a value is put on; None for what has none."""
    if isinstance(value, Typed):
        return value.value
    if isinstance(value, (Alias, Attr, Entered, Generic, Item, Slice, Truthy)):
        return value.base
    return None


def behind(value: AnyValue, layers: frozenset[type]) -> AnyValue:
    """Return a value without its outer layers of some kinds."""
    while type(value) in layers:
        inner = base_of(value)
        if inner is None:
            return value
        value = inner
    return value


def last_name(value: AnyValue) -> str:
    """Return the last name of an attribute, of an import or of a bare name, else nothing."""
    return value.name if isinstance(value, (Attr, Member, Name)) else ""
