"""The tables of functions against the standard library itself."""

import builtins
import copy
import importlib
import sys
from types import ModuleType
from typing import Any

import pytest

from pystatelint.models import Tables

NEWER = frozenset(
    {
        "copy.replace",
        "itertools.batched",
        "typing.TypeAliasType",
        "typing.override",
        "warnings.deprecated",
    }
)
"""Names of Python versions after 3.11."""

ONLY_ELSEWHERE = frozenset({"multiprocessing"})
"""Modules whose functions are made when the module is imported."""


def standard(name: str) -> bool:
    top = name.partition(".")[0]
    return top in sys.stdlib_module_names or hasattr(builtins, top)


def resolve(name: str) -> Any:
    parts = name.split(".")
    if hasattr(builtins, parts[0]):
        found: Any = builtins
    else:
        found, parts = import_longest(parts)
    for part in parts:
        found = getattr(found, part)
    return found


def import_longest(parts: list[str]) -> tuple[ModuleType, list[str]]:
    for length in range(len(parts), 0, -1):
        try:
            return importlib.import_module(".".join(parts[:length])), parts[length:]
        except ModuleNotFoundError:
            continue
    raise AssertionError(parts)


@pytest.mark.parametrize(
    "table",
    [
        "constructors",
        "immutables",
        "functions",
        "writers",
        "holders",
        "class_makers",
        "returns",
        "objects",
        "decorators",
        "caches",
        "finders",
        "read_only",
    ],
)
def test_names_of_the_standard_library_exist(tables: Tables, table: str) -> None:
    missing = []
    for name in getattr(tables, table):
        if standard(name) and name not in NEWER and not name.endswith("_max"):
            try:
                resolve(name)
            except AttributeError:
                missing.append(name)
    assert missing == []


def test_entry_points_of_the_standard_library_exist(tables: Tables) -> None:
    missing = []
    for kind, name in tables.entries.exact:
        if kind != "name" and standard(name):
            try:
                resolve(name)
            except AttributeError:
                missing.append(name)
    assert missing == []


CALLS: list[tuple[str, tuple[Any, ...]]] = [
    ("heapq.heapify", ([3, 2, 1],)),
    ("heapq.heappush", ([1, 2], 0)),
    ("heapq.heappop", ([1, 2],)),
    ("heapq.heapreplace", ([1, 2], 3)),
    ("bisect.insort", ([1, 3], 2)),
    ("operator.setitem", ({}, "k", 1)),
    ("operator.delitem", ({"k": 1}, "k")),
    ("operator.iadd", ([1], [2])),
    ("operator.ior", ({1}, {2})),
    ("struct.pack_into", ("b", bytearray(1), 0, 7)),
]


@pytest.mark.parametrize(("name", "arguments"), [pytest.param(*row, id=row[0]) for row in CALLS])
def test_writers_change_the_argument_they_name(
    tables: Tables, name: str, arguments: tuple[Any, ...]
) -> None:
    before = copy.deepcopy(arguments)
    resolve(name)(*arguments)
    changed = tuple(
        at for at, (new, old) in enumerate(zip(arguments, before, strict=True)) if new != old
    )
    assert changed == tables.writers[name].positions


SOURCES: dict[str, tuple[Any, ...]] = {
    "dict": ({"k": [1]},),
    "list": ([[1]],),
    "set": ({(1,)},),
    "tuple": ([[1]],),
    "frozenset": ({(1,)},),
    "sorted": ([[1]],),
    "collections.Counter": ({"k": 1},),
    "collections.OrderedDict": ({"k": [1]},),
    "collections.deque": ([[1]],),
    "collections.defaultdict": (list, {"k": [1]}),
    "heapq.nlargest": (1, [[1]]),
    "heapq.nsmallest": (1, [[1]]),
    "random.choices": ([[1]],),
    "random.sample": ([[1]], 1),
    "fnmatch.filter": (["a"], "a"),
}


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in SOURCES])
def test_fresh_results_are_of_the_kind_and_new(tables: Tables, name: str) -> None:
    row = tables.functions[name]
    assert row.returns == "fresh"
    assert row.argument is not None
    source = SOURCES[name][row.argument]
    result = resolve(name)(*SOURCES[name])
    assert type(result).__name__.lower() == row.kind
    assert result is not source
    assert set(map(id, holds(result))) <= set(map(id, holds(source)))


def holds(container: Any) -> list[Any]:
    if isinstance(container, dict):
        return [*container, *container.values()]
    return list(container)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        pytest.param("max", ([[1]],), id="max"),
        pytest.param("min", ([[1]],), id="min"),
        pytest.param("next", (iter([[1]]),), id="next"),
        pytest.param("random.choice", ([[1]],), id="random.choice"),
        pytest.param("operator.getitem", ([[1]], 0), id="operator.getitem"),
    ],
)
def test_elements_come_from_the_argument(
    tables: Tables, name: str, arguments: tuple[Any, ...]
) -> None:
    assert tables.functions[name].returns == "element"
    assert resolve(name)(*arguments) == [1]


def test_copies_share_elements_and_deep_copies_do_not(tables: Tables) -> None:
    source = [[1]]
    assert copy.copy(source)[0] is source[0]
    assert tables.functions["copy.copy"].returns == "same"
    assert copy.deepcopy(source)[0] is not source[0]
    assert tables.functions["copy.deepcopy"].returns == "deep"


def test_cast_returns_its_second_argument(tables: Tables) -> None:
    row = tables.functions["typing.cast"]
    assert (row.returns, row.argument) == ("argument", 1)


def test_no_function_both_changes_and_spares_its_arguments(tables: Tables) -> None:
    both = sorted(set(tables.functions) & set(tables.writers))
    assert both == ["next"]
