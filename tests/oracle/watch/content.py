"""What is in an object, two levels deep, without running any code of its class?

Nothing here asks an object anything: no attribute access, no `isinstance` (which may ask
`__class__`), no comparison, no `repr` but of plain constants. A proxy stays unresolved, a property
unevaluated.
"""

import collections
import contextvars
import functools
import gc
import itertools
import logging
import pathlib
import queue
import re
import types
import weakref
from collections.abc import Callable, Container, Iterator
from typing import Any, NamedTuple

DEPTH = 2
"""Levels below the object itself."""

WIDTHS = (0, 100, 1000)
"""How many parts are looked at, by levels that are left; sizes count them all."""

ATTEMPTS = 20
"""Another thread may change a container while it is read."""

STEADY = re.compile(r"None|True|False|Ellipsis|'[A-Za-z_:.-]{0,40}'")
"""Constants that do not tell of paths, ports, identities or times."""

CONSTANTS = frozenset({bool, bytes, complex, float, int, str, type(None), type(Ellipsis)})
"""What is compared by value; everything else by identity."""

CLOSED = frozenset(
    {
        # What these keep to answer faster is nobody's state: levels, a path as text.
        logging.Logger,
        pathlib.PurePath,
        property,
        re.Pattern,
        type,
        types.BuiltinFunctionType,
        types.CodeType,
        types.GetSetDescriptorType,
        types.MemberDescriptorType,
        types.MethodDescriptorType,
        types.ModuleType,
        types.WrapperDescriptorType,
        weakref.ref,
    }
)
"""Types whose instances are seen as one point."""

SEQUENCES = (list, tuple, collections.deque)
SETS = (set, frozenset)


class Same:
    """Equal to what stands for the very same object, which it keeps alive."""

    __slots__ = ("thing",)

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return type(other) is Same and other.thing is self.thing

    def __hash__(self) -> int:
        return id(self.thing)


class Constant(NamedTuple):
    """A plain value; 1, 1.0 and True are three."""

    kind: type
    text: str


class Key(NamedTuple):
    """Where a part is: as it is shown, and what tells it from the others."""

    text: str
    token: object


class Look(NamedTuple):
    """What is seen of an object.

    Attributes:
        kind: its type.
        mark: what tells it from other objects.
        size: number of parts, seen or not; None if another cell has to tell of them.
        parts: attributes, items, elements.
    """

    kind: type
    mark: Same | Constant
    size: int | None = 0
    parts: tuple[tuple[Key, "Look"], ...] = ()

    def __str__(self) -> str:
        """Return a constant as written, anything else as its type."""
        match self.mark:
            case Constant() as constant:
                return shown(constant)
            case _:
                return qualname(self.kind)


def look_at(thing: Any, cells: Container[int] = frozenset(), depth: int = DEPTH) -> Look:
    """Return what is in an object.

    Args:
        thing: the object.
        cells: identities of objects that are told of elsewhere, if they are a part of it.
        depth: levels of parts to look at.
    """
    kind = type(thing)
    if kind in CONSTANTS:
        return Look(kind, Constant(kind, repr(thing)))
    if kind in CLOSED or is_bare_function(thing) or not CLOSED.isdisjoint(ancestors(kind)):
        return Look(kind, Same(thing))
    if depth < DEPTH and id(thing) in cells:
        return Look(kind, Same(thing), None)
    found = steadily(lambda: list(parts_of(thing)))
    near = found[: WIDTHS[depth]]
    parts = tuple((key, look_at(part, cells, depth - 1)) for key, part in near)
    return Look(kind, Same(thing), len(found), parts)


def is_bare_function(thing: object) -> bool:
    """Return whether it is a function without attributes, as most cells are."""
    return type(thing) is types.FunctionType and not thing.__dict__


def steadily(read: Callable[[], list[tuple[Key, object]]]) -> list[tuple[Key, object]]:
    """Return what is read, in spite of other threads."""
    for _ in range(ATTEMPTS - 1):
        try:
            return read()
        except RuntimeError:
            continue
    return read()


def parts_of(thing: Any) -> Iterator[tuple[Key, object]]:
    """Yield everything that is in an object, with its key."""
    kinds = ancestors(type(thing))
    yield from contents(thing, kinds)
    yield from in_slots(thing, kinds)
    for name, value in own_dict(thing, kinds).items():
        yield Key(f".{name}", name), value


def contents(thing: Any, kinds: tuple[type, ...]) -> Iterator[tuple[Key, object]]:
    """Yield the items of a container of the standard library, or of a subclass."""
    for kind in kinds:
        if kind in SEQUENCES:
            yield from ((Key("[]", n), part) for n, part in enumerate(iter_as(kind, thing)))
        elif kind in SETS:
            yield from ((key_of(part), part) for part in iter_as(kind, thing))
    if dict in kinds:
        yield from items(thing, kinds)
    if type(thing) is types.MappingProxyType:
        (behind,) = gc.get_referents(thing)
        yield from contents(behind, ancestors(type(behind)))
    yield from hidden(thing)


def items(thing: Any, kinds: tuple[type, ...]) -> Iterator[tuple[Key, object]]:
    """Yield the values of a dict; an OrderedDict has an order of its own."""
    found = {id(key): (key_of(key), value) for key, value in dict.items(thing)}
    if collections.OrderedDict in kinds:
        yield from (found[id(key)] for key in collections.OrderedDict.__iter__(thing))
    else:
        yield from found.values()


def iter_as(kind: Any, thing: Any) -> Iterator[Any]:
    """Return the iterator of a type, not minding what a subclass makes of it."""
    found: Iterator[Any] = kind.__iter__(thing)
    return found


def hidden(thing: Any) -> Iterator[tuple[Key, object]]:
    """Yield what objects written in C keep where Python code cannot see it."""
    kind = type(thing)
    if kind is contextvars.ContextVar:
        yield Key(" value", ""), contextvars.ContextVar.get(thing, None)
    if kind is functools._lru_cache_wrapper:
        yield Key(" entries", ""), functools._lru_cache_wrapper.cache_info(thing).currsize
    if kind is itertools.count:
        yield Key(" next", ""), repr(thing)
    if kind is queue.SimpleQueue:
        yield Key(" waiting", ""), queue.SimpleQueue.qsize(thing)
    if kind is bytearray:
        yield Key(" bytes", ""), bytes(thing)


def in_slots(thing: object, kinds: tuple[type, ...]) -> Iterator[tuple[Key, object]]:
    """Yield what is in the slots of an instance.

    Types written in C have such members too; those of a function lead to all its globals.
    """
    for kind in (each for each in kinds if "__slots__" in namespace(each)):
        for name, member in list(namespace(kind).items()):
            if type(member) is types.MemberDescriptorType:
                try:
                    yield Key(f".{name}", (kind, name)), member.__get__(thing)
                except AttributeError:  # nothing is in the slot yet
                    continue


def own_dict(thing: object, kinds: tuple[type, ...]) -> dict[str, object]:
    """Return the dict of an instance; a property of that name is passed over."""
    for kind in kinds:
        member = namespace(kind).get("__dict__")
        if type(member) is types.GetSetDescriptorType:
            return dict(member.__get__(thing))
    return {}


def namespace(kind: type) -> types.MappingProxyType[str, Any]:
    """Return the namespace of a class, whatever its metaclass makes of `__dict__`."""
    found: types.MappingProxyType[str, Any] = type.__dict__["__dict__"].__get__(kind)
    return found


def ancestors(kind: type) -> tuple[type, ...]:
    """Return the MRO of a class, whatever its metaclass makes of `__mro__`."""
    found: tuple[type, ...] = type.__dict__["__mro__"].__get__(kind)
    return found


def module_of(kind: type) -> str:
    """Return the name of the module that a class says it comes from."""
    found = namespace(kind).get("__module__", "builtins")
    return found if type(found) is str else "builtins"


def qualname(kind: type) -> str:
    """Return the qualified name of a class within its module."""
    found: str = type.__dict__["__qualname__"].__get__(kind)
    return found


def key_of(thing: object) -> Key:
    """Return the key of an item under a key of a dict, or of an element of a set."""
    kind = type(thing)
    if kind in CONSTANTS:
        constant = Constant(kind, repr(thing))
        return Key(f"[{shown(constant)}]", constant)
    return Key(f"[{qualname(kind)}]", Same(thing))


def shown(thing: Constant) -> str:
    """Return a constant as written if it is the same in every run, else the name of its type."""
    return thing.text if STEADY.fullmatch(thing.text) else qualname(thing.kind)
