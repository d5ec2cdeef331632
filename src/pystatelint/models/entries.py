"""Which rows of the entry-point table match a dotted name."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

import msgspec

from pystatelint.models.functions import Entry

_GROUP = re.compile(r"\(([^()]*)\)")


class EntryPoints(msgspec.Struct, frozen=True, kw_only=True):
    """The entry-point table, ready for look-ups.

    Attributes:
        exact: ``(kind, dotted name)`` -> rows.
        globs: kind -> ``(glob of a dotted name, row)`` for the names with a ``*``.
    """

    exact: dict[tuple[str, str], tuple[Entry, ...]]
    globs: dict[str, tuple[tuple[str, Entry], ...]]

    def find(self, kind: str, dotted: str) -> tuple[Entry, ...]:
        """Return the rows for a decorator, base, callee or function name.

        Args:
            kind: as in `Entry`.
            dotted: canonical dotted name; for ``name`` the bare name.
        """
        found = self.exact.get((kind, dotted), ())
        for glob, row in self.globs.get(kind, ()):
            if fnmatchcase(dotted, glob):
                found = (*found, row)
        return found

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the names, and globs of names, that the rows of a kind speak of."""
        exact = tuple(name for of, name in self.exact if of == kind)
        return (*exact, *(glob for glob, _ in self.globs.get(kind, ())))

    def with_rows(self, rows: tuple[Entry, ...]) -> "EntryPoints":
        """Return the table with more rows."""
        exact, globs = dict(self.exact), dict(self.globs)
        for row in rows:
            for name in alternatives(row.match):
                if "*" in name:
                    globs[row.kind] = (*globs.get(row.kind, ()), (name, row))
                else:
                    exact[row.kind, name] = (*exact.get((row.kind, name), ()), row)
        return EntryPoints(exact=exact, globs=globs)


def index_entries(rows: tuple[Entry, ...]) -> EntryPoints:
    """Return the rows indexed by every name that they match."""
    return EntryPoints(exact={}, globs={}).with_rows(rows)


def alternatives(match: str) -> Iterator[str]:
    """Yield every name that ``a.(b|c).d`` stands for, in order."""
    group = _GROUP.search(match)
    if group is None:
        yield match
        return
    for choice in group[1].split("|"):
        yield from alternatives(match[: group.start()] + choice + match[group.end() :])
