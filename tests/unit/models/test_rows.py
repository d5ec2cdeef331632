"""Every data file is well formed: names, order, sources."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from pystatelint.models.entries import alternatives

DATA = files("pystatelint.models") / "data"
STEMS = tuple(
    sorted(
        entry.name.removesuffix(".toml") for entry in DATA.iterdir() if entry.name != "__init__.py"
    )
)
PART = r"[A-Za-z_][A-Za-z0-9_]*"
DOTTED = re.compile(rf"{PART}(\.{PART})*")
GLOB = re.compile(r"[A-Za-z0-9_*]+")
GLOBS = ("tests", "uncalled")
"""Tables whose names may hold a ``*``."""
SOURCE = re.compile(r"https://[^\s]+\.[a-z]+(/[^\s]*)?")
WITHOUT_NAMES = ("aliases", "entry_points", "newer_syntax")
LISTS = (
    "names",
    "mutators",
    "elements",
    "fresh",
    "readers",
    "attributes",
    "methods",
    "outer",
    "restoring",
    "keepers",
)


def read(stem: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{stem}.toml").read_text(encoding="utf-8"))


def rows(stem: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for table, found in read(stem).items():
        if isinstance(found, list):
            for row in found:
                yield table, row


def test_every_table_of_the_design_is_there() -> None:
    assert STEMS == (
        "aliases",
        "argument_writers",
        "containers",
        "copy_semantics",
        "declarative_bases",
        "decorators",
        "di_markers",
        "entry_points",
        "field_objects",
        "finders",
        "handing",
        "immutables",
        "init_methods",
        "iterators",
        "newer_syntax",
        "orm_columns",
        "process_globals",
        "pure_functions",
        "read_only_types",
        "registries",
        "requests",
        "returns",
        "safe_holders",
        "sessions",
        "starting_calls",
        "volatile",
    )


@pytest.mark.parametrize("stem", STEMS)
def test_every_row_says_where_it_comes_from(stem: str) -> None:
    if stem == "aliases":
        assert read(stem)["source"]
        return
    found = [row.get("source", "") for _, row in rows(stem)]
    assert found
    assert [source for source in found if not SOURCE.fullmatch(source)] == []


@pytest.mark.parametrize("stem", STEMS)
def test_names_are_dotted_names(stem: str) -> None:
    odd = [
        name
        for table, row in rows(stem)
        for name in row.get("names", ())
        if not (GLOB if table in GLOBS else DOTTED).fullmatch(
            name.replace("pydantic-dataclass", "x").removeprefix("?.")
        )
    ]
    assert odd == []


@pytest.mark.parametrize("stem", STEMS)
def test_lists_are_sorted_and_without_doubles(stem: str) -> None:
    unsorted = [
        (field, row[field])
        for _, row in rows(stem)
        for field in LISTS
        if field in row and list(row[field]) != sorted(set(row[field]))
    ]
    assert unsorted == []


@pytest.mark.parametrize("stem", [stem for stem in STEMS if stem not in WITHOUT_NAMES])
def test_no_name_stands_twice(stem: str) -> None:
    seen: list[tuple[str, str, str]] = [
        (table, str(row.get("via", "")) + str(row.get("when", "")), name)
        for table, row in rows(stem)
        for name in row["names"]
    ]
    assert sorted(key for key in set(seen) if seen.count(key) > 1) == []


FIRST = {
    "base": "framework",
    "cache": "bound",
    "call": "returns",
    "class": "kind",
    "column": "library",
    "container": "kind",
    "field": "kind",
    "function": "returns",
    "holder": "category",
    "immutable": "category",
    "method": "when",
    "object": "returns",
    "registration": "via",
    "request": "what",
    "role": "role",
    "type": "library",
    "uncalled": "when",
    "volatile": "kind",
    "write": "state",
    "writer": "action",
}
"""The field that the rows of a table are sorted by, before their first name."""


@pytest.mark.parametrize("stem", [stem for stem in STEMS if stem not in WITHOUT_NAMES])
def test_rows_are_sorted(stem: str) -> None:
    order: dict[str, list[tuple[str, str]]] = {}
    for table, row in rows(stem):
        order.setdefault(table, []).append((row.get(FIRST.get(table, ""), ""), row["names"][0]))
    assert order == {table: sorted(keys) for table, keys in order.items()}


def test_entry_rows_are_sorted_and_match_real_looking_names() -> None:
    entries = [row for _, row in rows("entry_points")]
    order = [(row["framework"], row["kind"], row["match"], row.get("arg", 0)) for row in entries]
    assert order == sorted(order)
    names = [name for row in entries for name in alternatives(row["match"])]
    assert [
        name for name in names if not DOTTED.fullmatch(name.replace("*", "x").removeprefix("?."))
    ] == []


def test_entry_rows_say_where_the_function_stands() -> None:
    wrong = [
        row["match"]
        for _, row in rows("entry_points")
        if (row["kind"] == "call-arg") != ("arg" in row or "keyword" in row)
    ]
    assert wrong == []


def test_aliases_are_sorted() -> None:
    found = read("aliases")
    assert list(found["modules"]) == sorted(found["modules"])
    assert list(found["names"]) == sorted(found["names"])


def test_features_are_sorted_and_their_expressions_compile() -> None:
    features = [row for _, row in rows("newer_syntax")]
    order = [(row["since"], row["name"]) for row in features]
    assert order == sorted(order)
    for row in features:
        assert row.get("message") or row.get("line")
        re.compile(row.get("message", ""))
        assert "line" not in row or "place" in re.compile(row["line"]).groupindex
