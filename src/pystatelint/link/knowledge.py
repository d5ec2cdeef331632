"""The data tables in the shape that the link phase asks them."""

import builtins
from collections.abc import Iterable, Iterator

import msgspec

from pystatelint.inference.records import NOTHING_INSTALLED, Installed
from pystatelint.models.classes import DeclarativeBase, NestedClass
from pystatelint.models.entries import EntryPoints
from pystatelint.models.functions import Entry, InitMethod
from pystatelint.models.tables import Tables
from pystatelint.models.values import ArgumentWriter, Immutable, PureFunction


class Knowledge(msgspec.Struct, frozen=True):
    """What the link phase knows of code outside the project.

    Attributes:
        tables: the tables themselves.
        builtins: names that every module sees.
        container_kinds: constructor or class -> kind of container.
        all_mutators: the names of all mutators.
        mutators, elements, fresh: kind -> methods that change it, return an element
            of it, or return a new container.
        getitem_writes: kinds whose missing keys are inserted when read.
        inplace: kind -> keyword by which a method changes the container, or what is given.
        views: kinds whose slices are views.
        weak: kinds whose entries go by themselves.
        shared_by_design: kinds that are made to be changed by several threads or tasks.
        immutable: call -> why its result is no hidden state.
        pure: function -> what it returns, without changing or keeping its arguments.
        writers: function -> which arguments it changes.
        returns: call -> class of the live object or client that it returns.
        class_makers: ``(via, name)`` -> class kind.
        declarative: ``(via, name)`` -> rows of what the framework reads.
        option_classes: name of a nested class -> rows that say whose options it holds.
        declarative_names: attribute names that are declarations everywhere.
        init_methods: method name -> rows that say when it runs.
        entries: how frameworks get to call functions.
        packages: top-level packages of which a table tells something.
        method_names: last parts of the names of library calls that a table speaks of.
        handing_keywords: keywords that hand a function over, whoever is called.
        stranger_names: methods that do so, whatever class they are of.
        starting_methods: methods that only the start calls, whatever class they are of.
        installed: what was read of the libraries that the project has installed.
    """

    tables: Tables
    builtins: frozenset[str]
    container_kinds: dict[str, str]
    mutators: dict[str, frozenset[str]]
    all_mutators: frozenset[str]
    elements: dict[str, frozenset[str]]
    fresh: dict[str, frozenset[str]]
    getitem_writes: frozenset[str]
    inplace: dict[str, str]
    views: frozenset[str]
    weak: frozenset[str]
    shared_by_design: frozenset[str]
    immutable: dict[str, Immutable]
    pure: dict[str, PureFunction]
    writers: dict[str, ArgumentWriter]
    returns: dict[str, str]
    class_makers: dict[tuple[str, str], str]
    declarative: dict[tuple[str, str], tuple[DeclarativeBase, ...]]
    option_classes: dict[str, tuple[NestedClass, ...]]
    declarative_names: frozenset[str]
    init_methods: dict[str, tuple[InitMethod, ...]]
    entries: EntryPoints
    packages: frozenset[str]
    method_names: frozenset[str]
    handing_keywords: frozenset[str]
    stranger_names: frozenset[str]
    starting_methods: frozenset[str]
    installed: Installed = NOTHING_INSTALLED

    def canonical(self, dotted: str) -> str:
        """Return the name under which the tables know a dotted name."""
        name = self.tables.canonical(dotted)
        return self.installed.aliases.get(name, name)


def know(tables: Tables) -> Knowledge:
    """Return the tables indexed for the link phase."""
    kinds = tables.kinds
    return Knowledge(
        tables=tables,
        builtins=frozenset(dir(builtins)),
        container_kinds=dict(tables.constructors),
        mutators={kind: row.mutators for kind, row in kinds.items()},
        all_mutators=frozenset(name for row in kinds.values() for name in row.mutators),
        elements={kind: row.elements for kind, row in kinds.items()},
        fresh={kind: row.fresh for kind, row in kinds.items()},
        getitem_writes=frozenset(kind for kind, row in kinds.items() if row.getitem_writes),
        inplace={kind: row.inplace for kind, row in kinds.items() if row.inplace},
        views=frozenset(kind for kind, row in kinds.items() if row.slices_are_views),
        weak=frozenset(kind for kind, row in kinds.items() if row.weak),
        shared_by_design=frozenset(
            kind for kind, row in kinds.items() if row.thread_safe or kind.endswith("queue")
        ),
        immutable=tables.immutables,
        pure=tables.functions,
        writers=tables.writers,
        returns=tables.returns,
        class_makers={(row.via, name): row.kind for name, row in tables.class_makers.items()},
        declarative={(row.via, name): (row,) for name, row in tables.declarative.items()},
        option_classes={name: (row,) for name, row in tables.nested.items()},
        declarative_names=tables.declared_names,
        init_methods=tables.init_methods,
        entries=tables.entries,
        packages=frozenset(name.partition(".")[0] for name in _named(tables)),
        method_names=frozenset(name.rpartition(".")[2] for name in _spoken_of(tables)),
        handing_keywords=_handing_keywords(tables.entries),
        stranger_names=_of_strangers(tables.entries.names("call-arg")),
        starting_methods=_of_strangers(tables.starting),
    )


def with_entries(knowledge: Knowledge, rows: tuple[Entry, ...]) -> Knowledge:
    """Return the knowledge with more rows that say how functions get called."""
    if not rows:
        return knowledge
    entries = knowledge.entries.with_rows(rows)
    tables = msgspec.structs.replace(knowledge.tables, entries=entries)
    return msgspec.structs.replace(
        knowledge,
        tables=tables,
        entries=entries,
        packages=frozenset(name.partition(".")[0] for name in _named(tables)),
        method_names=frozenset(name.rpartition(".")[2] for name in _spoken_of(tables)),
        handing_keywords=_handing_keywords(entries),
        stranger_names=_of_strangers(entries.names("call-arg")),
    )


def _handing_keywords(entries: EntryPoints) -> frozenset[str]:
    """Return the keywords that hand a function over, whoever is called."""
    return frozenset(row.keyword for row in entries.find("call-arg", ANYBODY))


def _of_strangers(names: Iterable[str]) -> frozenset[str]:
    """Return the methods that dotted names know, whatever class they are of."""
    return frozenset(name.rpartition(".")[2] for name in names if name.startswith(f"{STRANGER}."))


ANYBODY = "any"
"""The name that table rows give to every callee."""

STRANGER = "?"
"""What stands for an object of an unknown class in the names of table rows."""


def _named(tables: Tables) -> Iterator[str]:
    """Yield the names of library classes, objects and calls that a table knows."""
    yield from _spoken_of(tables)
    yield from tables.objects
    yield from tables.holders
    yield from tables.immutables
    yield from tables.declarative


def _spoken_of(tables: Tables) -> Iterator[str]:
    """Yield the names of the library calls that a table speaks of."""
    yield from tables.columns
    yield from tables.sessions
    yield from tables.returns
    yield from tables.starting
    yield from tables.entries.names("call-arg")
    yield from tables.entries.names("decorator")
