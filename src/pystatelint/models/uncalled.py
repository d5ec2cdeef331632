"""What does its name say of a function that nobody in the project calls?"""

import re
from fnmatch import fnmatchcase

import msgspec

from pystatelint.models.functions import UncalledName

_INNER_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class UncalledNames(msgspec.Struct, frozen=True, kw_only=True):
    """The names that tell who calls a function from outside, ready for look-ups.

    Attributes:
        exact: name in snake_case -> when it runs.
        globs: ``(glob of such names, when)`` for the names with a ``*``.
        methods: the names and globs that tell it of methods of instances too.
    """

    exact: dict[str, str]
    globs: tuple[tuple[str, str], ...]
    methods: tuple[str, ...] = ()

    def when(self, name: str) -> str:
        """Return when a function of this name runs; nothing if the name does not tell.

        Parameters:
            name: as written: ``_register_all``, ``registerAll``.
        """
        snake = _INNER_CAPITAL.sub("_", name).strip("_").lower()
        found = self.exact.get(snake)
        if found is not None:
            return found
        return next((when for glob, when in self.globs if fnmatchcase(snake, glob)), "")

    def tells_of_methods(self, name: str) -> bool:
        """Return whether a name says the same of a method that runs on an instance."""
        snake = _INNER_CAPITAL.sub("_", name).strip("_").lower()
        return any(fnmatchcase(snake, glob) for glob in self.methods)


def index_uncalled(rows: tuple[UncalledName, ...]) -> UncalledNames:
    """Return the rows indexed by their names; of two globs that match, the longer one wins."""
    pairs = [(name, row.when) for row in rows for name in row.names]
    globs = sorted((pair for pair in pairs if "*" in pair[0]), key=lambda each: -len(each[0]))
    return UncalledNames(
        exact={name: when for name, when in pairs if "*" not in name},
        globs=tuple(globs),
        methods=tuple(name for row in rows if row.of_instances for name in row.names),
    )
