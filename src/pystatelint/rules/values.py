"""Questions about values: what they are and what to call them in a sentence."""

from pystatelint.link.project import Project
from pystatelint.link.records import Cell, Value

_PLAIN = frozenset(
    {
        "cell",
        "class",
        "constant",
        "external",
        "function",
        "instance",
        "module",
        "parameter",
        "tuple",
        "unknown",
    }
)

_DEFINITIONS = frozenset({"class", "function", "module"})

BUILTIN_CONTAINERS = frozenset({"bytearray", "dict", "list", "set"})
"""Kinds that class frameworks treat apart from all other containers."""


def is_container(value: Value) -> bool:
    """Return whether the value is a list, dict, set or a relative of theirs."""
    return value.kind not in _PLAIN


def is_definition(value: Value) -> bool:
    """Return whether the value is a class, a function or a module."""
    return value.kind in _DEFINITIONS


def holds_container(value: Value) -> bool:
    """Return whether a default is, names or holds a container that can change.

    What stands under the key of a table need not be what stands under the others.
    """
    if value.path:
        return False
    held = value.parts[:1] if value.kind == "cell" else value.parts if value.kind == "tuple" else ()
    return (is_container(value) and value.mutable is True) or any(map(holds_container, held))


def holds_mutable(value: Value) -> bool:
    """Return whether the value, or a part of a tuple, can change in place."""
    return value.mutable is True or any(holds_mutable(part) for part in value.parts)


def is_live_session(value: Value | None, project: Project) -> bool:
    """Return whether the value is a session, connection, cursor or transaction."""
    return value is not None and value.kind != "class" and value.dotted in project.session_types


def named_value(value: Value, project: Project) -> Value:
    """Return what a value that is another cell's object holds, or the value itself."""
    if value.kind != "cell" or value.path:
        return value
    return next((cell.value for cell in project.cells if cell.symbol == value.dotted), value)


def noun_of(value: Value) -> str:
    """Return what to call the value: ``list``, ``OrderedDict``, ``app.store.Store``, ``object``."""
    if is_container(value):
        return value.dotted.rpartition(".")[2] or value.kind
    if value.kind == "cell" and value.parts:
        return noun_of(value.parts[0])
    return value.dotted if value.kind == "instance" and value.dotted else "object"


def maker_of(value: Value) -> str:
    """Return the class to call for another one; ``a function that makes it`` if it is not empty."""
    noun = noun_of(value)
    is_class = value.kind in BUILTIN_CONTAINERS or noun[:1].isupper()
    plain = value.empty and is_container(value) and is_class
    return noun if plain else "a function that makes it"


def held_by(cell: Cell) -> str:
    """Return what to call the cell's object, such as ``one dict``."""
    return f"one {noun_of(cell.value)}"
