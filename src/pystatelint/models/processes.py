"""Rows that speak of state of the process, and the calls and names that change it."""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from pystatelint.models.row import Row
from pystatelint.models.values import Container


class ProcessState(Row, frozen=True, kw_only=True):
    """One thing that a process has once; `names` holds its short name.

    Attributes:
        text: what it is, for a sentence.
        remedy: what to do instead of changing it.
        restoring: context managers that put it back at their end.
        readers: calls and names that give what it was, to be put back.
        keepers: bases of classes whose business it is to change it.
        startup: programs change it as they start, and hardly ever later.
    """

    text: str
    remedy: str
    restoring: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    keepers: tuple[str, ...] = ()
    startup: bool = False


class ProcessWrite(Row, frozen=True, kw_only=True):
    """Ways to change a state of the process.

    Attributes:
        state: short name of the state.
        how: ``call`` of the name; ``attribute``: the name itself is bound anew;
            ``content``: the same, or the container behind it is changed; ``members``:
            any attribute of the object of that name is bound.
        kind: kind of container, for ``content``.
    """

    state: str
    how: Literal["call", "attribute", "content", "members"]
    kind: str = ""


class ProcessGlobals(msgspec.Struct, frozen=True, kw_only=True):
    """What changes the state of a process, ready for look-ups; values are short names.

    Attributes:
        calls: function or method whose call writes -> state.
        contents: container whose items belong to the process -> state.
        attributes: name whose binding writes -> state.
        members: object every attribute of which belongs to the process -> state.
        states: short name -> the state.
        leaving: calls after which the code may stand in a process of its own.
    """

    calls: dict[str, str]
    contents: dict[str, str]
    attributes: dict[str, str]
    members: dict[str, str]
    states: dict[str, ProcessState]
    leaving: frozenset[str]


class ProcessRows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``process_globals.toml``."""

    leaving: tuple[Row, ...]
    state: tuple[ProcessState, ...]
    write: tuple[ProcessWrite, ...]


def index_process(rows: ProcessRows, kinds: Mapping[str, Container]) -> ProcessGlobals:
    """Return the rows indexed by what they name; mutators of containers become calls.

    Parameters:
        kinds: kind of container -> what its methods do.
    """
    contents = named(rows.write, "content")
    methods = {
        f"{name}.{mutator}": row.state
        for row in rows.write
        if row.how == "content"
        for name in row.names
        for mutator in kinds[row.kind].mutators
    }
    return ProcessGlobals(
        calls=named(rows.write, "call") | methods,
        contents=contents,
        attributes=named(rows.write, "attribute") | contents,
        members=named(rows.write, "members"),
        states={name: row for row in rows.state for name in row.names},
        leaving=frozenset(name for row in rows.leaving for name in row.names),
    )


def named(rows: Iterable[ProcessWrite], how: str) -> dict[str, str]:
    """Return name -> state for the rows of one way to write."""
    return {name: row.state for row in rows if row.how == how for name in row.names}
