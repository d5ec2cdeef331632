"""Follow the `.gitignore` files of a repository from folder to folder."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

GITIGNORE = ".gitignore"
_GIT = ".git"
_ALL_FOLDERS = "/**/"


class Pattern(msgspec.Struct, frozen=True):
    """One line of a `.gitignore`.

    Attributes:
        regex: what finds the path, or the part of it that is a folder's.
        ignores: the line ignores; False for one with an exclamation mark.
        for_folders: the line ends in a slash.
    """

    regex: re.Pattern[str]
    ignores: bool
    for_folders: bool


class Ignores(msgspec.Struct, frozen=True):
    """The patterns of one `.gitignore`, relative to its folder, last line first."""

    folder: str
    patterns: tuple[Pattern, ...]


Chain = tuple[Ignores, ...]
"""The `.gitignore` files in force, innermost first: the first that decides is right."""


def chain_above(folder: Path) -> Chain:
    """Return what is in force around a folder: up to the root of its repository.

    Without a repository around it, nothing is; nor when the folder itself is ignored,
    since whoever names an ignored folder wants to see what is in it.
    """
    if (folder / _GIT).exists():
        return ()
    outer = list(_up_to_repository(folder))
    chain = tuple(each for parent in outer for each in _read(str(parent)))
    hidden = any(is_ignored(str(each), chain, is_folder=True) for each in (folder, *outer))
    return () if hidden else chain


def chain_in(folder: str, names: frozenset[str], outer: Chain) -> Chain:
    """Return what is in force in a folder.

    Args:
        folder: absolute path.
        names: the names of its entries; they save a look at the disk.
        outer: what is in force around it.
    """
    # Another repository inside is no part of the one around it.
    above = () if _GIT in names else outer
    return (*_read(folder), *above) if GITIGNORE in names else above


def is_ignored(path: str, chain: Chain, *, is_folder: bool) -> bool:
    """Say whether git ignores a file or folder whose own folder it does not ignore.

    Args:
        path: absolute.
        chain: what is in force in its folder.
        is_folder: patterns with a slash at the end hold for folders only.
    """
    for ignores in chain:
        inside = _below(path, ignores.folder)
        for pattern in ignores.patterns:
            if _is_about(pattern, inside, is_folder=is_folder):
                return pattern.ignores
    return False


def _is_about(pattern: Pattern, path: str, *, is_folder: bool) -> bool:
    """Say whether a pattern matches a path itself, not just a folder around it.

    pathspec answers for all that lies below a folder, so that after ``*`` a ``!*/``
    would open no folder. Its expressions mark the end of the folder with their only
    group; without a group they match the path itself.
    """
    if pattern.for_folders and not is_folder:
        return False
    marks = pattern.regex.groups > 0
    whole = path + "/" if pattern.for_folders and marks else path
    return any(not marks or found.end() == len(whole) for found in pattern.regex.finditer(whole))


def _below(path: str, folder: str) -> str:
    prefix = folder.rstrip(os.sep) + os.sep
    return path[len(prefix) :].replace(os.sep, "/") if path.startswith(prefix) else ""


def _up_to_repository(folder: Path) -> tuple[Path, ...]:
    parents = tuple(folder.parents)
    for index, parent in enumerate(parents):
        if (parent / _GIT).exists():
            return parents[: index + 1]
    return ()


def _read(folder: str) -> Chain:
    path = os.path.join(folder, GITIGNORE)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        # Git, too, goes on without an ignore file that it cannot read.
        return ()
    lines = data.decode("utf-8-sig", "surrogateescape").splitlines()
    return (Ignores(folder, tuple(_patterns(reversed(lines)))),)


def _patterns(lines: Iterable[str]) -> Iterator[Pattern]:
    from pathspec import GitIgnoreSpec

    for line in lines:
        # To pathspec, `a/**/` is the folder a; to git, it is every folder in it.
        spelled = f"{line[: -len(_ALL_FOLDERS)]}/**/*/" if line.endswith(_ALL_FOLDERS) else line
        for each in GitIgnoreSpec.from_lines([spelled]).patterns:
            regex = getattr(each, "regex", None)
            if each.include is not None and regex is not None:
                yield Pattern(regex, each.include, line.rstrip().endswith("/"))
