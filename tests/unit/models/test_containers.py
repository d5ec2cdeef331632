"""The container table against the standard library itself."""

import array
import collections
import importlib
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pystatelint.models import Tables

IGNORED = frozenset(dir(object)) | {
    "__abstractmethods__",
    "__annotate_func__",
    "__annotations__",
    "__annotations_cache__",
    "__class_getitem__",
    "__copy__",
    "__del__",
    "__dict__",
    "__firstlineno__",
    "__length_hint__",
    "__module__",
    "__orig_bases__",
    "__slots__",
    "__static_attributes__",
    "__weakref__",
    "from_iterable",
}
SOME_VERSIONS = frozenset(
    {
        "__buffer__",
        "__release_buffer__",
        "__replace__",
        "__setstate__",
        "clear",
        "readfp",
        "resize",
        "shutdown",
        "take_bytes",
    }
)
"""Methods that not every Python version and type has."""

GENERATOR = frozenset({"close", "send", "throw"})
"""Methods that only those iterators have that are generators."""

WIDER = {
    "queue.SimpleQueue": frozenset({"full", "join", "task_done"}),
    "multiprocessing.SimpleQueue": frozenset({"full", "get_nowait", "join", "put_nowait"}),
    "weakref.WeakKeyDictionary": frozenset({"fromkeys"}),
    "weakref.WeakValueDictionary": frozenset({"fromkeys"}),
    "weakref.WeakSet": frozenset({"__rand__", "__ror__", "__rsub__", "__rxor__"}),
    "collections.ChainMap": frozenset({"maps"}),
    "collections.UserDict": frozenset({"data"}),
    "collections.UserList": frozenset({"data"}),
}
"""What a type lacks of the methods of its kind, or keeps on the instance."""

STDLIB = (
    "array",
    "asyncio",
    "builtins",
    "collections",
    "configparser",
    "http.cookies",
    "io",
    "itertools",
    "queue",
    "types",
    "weakref",
)


def standard_types() -> Iterator[tuple[str, type]]:
    from pystatelint.models import load_tables

    for name in sorted(load_tables().constructors):
        module, _, attribute = name.rpartition(".")
        if (module or "builtins") in STDLIB:
            found = getattr(importlib.import_module(module or "builtins"), attribute, None)
            if isinstance(found, type):
                yield name, found


TYPES = [pytest.param(name, found, id=name) for name, found in standard_types()]


def public(found: type) -> frozenset[str]:
    names = (name for name in dir(found) if name.startswith("__") or not name.startswith("_"))
    return frozenset(names) - IGNORED


@pytest.mark.parametrize(("name", "found"), TYPES)
def test_every_method_is_classified(tables: Tables, name: str, found: type) -> None:
    kind = tables.kinds[tables.constructors[name]]
    known = kind.mutators | kind.elements | kind.fresh | kind.readers
    assert sorted(public(found) - known) == []


@pytest.mark.parametrize(("name", "found"), TYPES)
def test_every_classified_method_exists(tables: Tables, name: str, found: type) -> None:
    kind = tables.kinds[tables.constructors[name]]
    known = kind.mutators | kind.elements | kind.fresh | kind.readers
    lacking = GENERATOR if kind.kind == "iterator" else WIDER.get(name, frozenset())
    assert sorted(known - frozenset(dir(found)) - SOME_VERSIONS - lacking) == []


def test_the_standard_library_is_covered(tables: Tables) -> None:
    names = {name for name, _ in standard_types()}
    assert {"dict", "list", "set", "bytearray", "array.array", "collections.deque"} <= names
    assert {"asyncio.Queue", "io.StringIO", "queue.Queue", "weakref.WeakSet"} <= names
    assert len(names) > 40


ACTS: list[tuple[str, str, Callable[[], Any], Callable[[Any], object]]] = [
    ("list", "append", lambda: [1], lambda it: it.append(2)),
    ("list", "sort", lambda: [2, 1], lambda it: it.sort()),
    ("list", "__imul__", lambda: [1], lambda it: it.__imul__(2)),
    ("dict", "setdefault", dict, lambda it: it.setdefault("k", 1)),
    ("dict", "popitem", lambda: {1: 1}, lambda it: it.popitem()),
    ("set", "discard", lambda: {1}, lambda it: it.discard(1)),
    ("bytearray", "extend", bytearray, lambda it: it.extend(b"x")),
    ("deque", "rotate", lambda: collections.deque([1, 2]), lambda it: it.rotate()),
    ("deque", "appendleft", collections.deque, lambda it: it.appendleft(1)),
    ("counter", "subtract", collections.Counter, lambda it: it.subtract("a")),
    (
        "ordereddict",
        "move_to_end",
        lambda: collections.OrderedDict(a=1, b=2),
        lambda it: it.move_to_end("a"),
    ),
    ("array", "byteswap", lambda: array.array("i", [1]), lambda it: it.byteswap()),
    ("chainmap", "update", collections.ChainMap, lambda it: it.update(a=1)),
    ("userdict", "setdefault", collections.UserDict, lambda it: it.setdefault("k", 1)),
    ("iterator", "__next__", itertools.count, next),
]


@pytest.mark.parametrize(
    ("kind", "method", "make", "act"), [pytest.param(*row, id=f"{row[0]}.{row[1]}") for row in ACTS]
)
def test_mutators_mutate(
    tables: Tables, kind: str, method: str, make: Callable[[], Any], act: Callable[[Any], object]
) -> None:
    found = make()
    before = repr(found)
    act(found)
    assert repr(found) != before
    assert method in tables.kinds[kind].mutators


def test_reading_a_missing_key_of_a_defaultdict_inserts_it(tables: Tables) -> None:
    found: collections.defaultdict[str, list[int]] = collections.defaultdict(list)
    assert found["missing"] == []
    assert list(found) == ["missing"]
    assert tables.kinds["defaultdict"].getitem_writes
    assert not tables.kinds["dict"].getitem_writes


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, id=kind) for kind in ("weakkeydict", "weakvaluedict", "weakset")]
)
def test_weak_containers_are_marked(tables: Tables, kind: str) -> None:
    assert tables.kinds[kind].weak
    assert not tables.kinds["dict"].weak


def test_methods_of_the_extended_kind_are_there(tables: Tables) -> None:
    counter, plain = tables.kinds["counter"], tables.kinds["dict"]
    assert plain.mutators < counter.mutators
    assert plain.elements < counter.elements
    assert plain.readers < counter.readers


def test_mutators_and_readers_do_not_overlap(tables: Tables) -> None:
    both = {
        kind: sorted(row.mutators & (row.readers | row.fresh)) for kind, row in tables.kinds.items()
    }
    assert {kind: names for kind, names in both.items() if names} == {}
