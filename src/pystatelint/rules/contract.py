"""Which code is declared stateless, and what its instances may keep."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, CellKind, ClassInfo

_WILDCARDS = frozenset("*?[")


def allow_list(
    names: Iterable[str], info: ClassInfo | None, options: Config
) -> tuple[str, ...] | None:
    """Return the instance attributes that a declaration allows; None if there is none.

    A ``@stateless`` decorator wins over the configuration, and among the patterns of
    ``[tool.statelint.stateless]`` the most specific one; ``*`` crosses dots.

    Args:
        names: what patterns may match: symbols of a class or function, modules.
        info: the class, if the code is one.
        options: its table `stateless` is read.
    """
    if info is not None and info.stateless_allow is not None:
        return info.stateless_allow
    known = tuple(names)
    patterns = [
        pattern
        for pattern in options.stateless
        if any(fnmatchcase(name, pattern) for name in known)
    ]
    return options.stateless[max(patterns, key=_specificity)] if patterns else None


def _specificity(pattern: str) -> tuple[bool, int, str]:
    literal = sum(letter not in _WILDCARDS for letter in pattern)
    return (literal == len(pattern), literal, pattern)


def class_allow_list(info: ClassInfo, options: Config) -> tuple[str, ...] | None:
    """Return the allow-list of a class; a pattern may name it or its module."""
    return allow_list((info.symbol, info.module), info, options)


def allows(allowed: tuple[str, ...], attribute: str) -> bool:
    """Return whether the attribute is on the list, whose entries may be globs."""
    return any(fnmatchcase(attribute, pattern) for pattern in allowed)


def is_declared_class(info: ClassInfo, project: Project, options: Config) -> bool:
    """Return whether the class is declared stateless, by name or by ``strict``."""
    return class_allow_list(info, options) is not None or _strict_in(info.module, project, options)


def is_declared_cell(
    cell: Cell, classes: Mapping[str, ClassInfo], project: Project, options: Config
) -> bool:
    """Return whether the class or module that keeps the cell is declared stateless."""
    if _strict_in(cell.module, project, options):
        return True
    if cell.kind is CellKind.CLASS:
        names: tuple[str, ...] = (cell.owner, cell.module)
        return allow_list(names, classes.get(cell.owner), options) is not None
    return allow_list((cell.symbol, cell.module), None, options) is not None


def _strict_in(module: str, project: Project, options: Config) -> bool:
    return options.strict and module not in project.test_modules


def classes_by_symbol(project: Project) -> dict[str, ClassInfo]:
    """Return the classes of the project by their qualified names."""
    return {info.symbol: info for info in project.classes}
