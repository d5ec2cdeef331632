"""Follow the `.gitignore` files of a repository from folder to folder."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

GITIGNORE = ".gitignore"
_GIT = ".git"


class Ignores(msgspec.Struct, frozen=True):
    """The patterns of one `.gitignore`, relative to its folder."""

    folder: str
    spec: "GitIgnoreSpec"


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
    end = "/" if is_folder else ""
    for ignores in chain:
        inside = _below(path, ignores.folder)
        verdict = ignores.spec.check_file(inside + end).include if inside else None
        if verdict is not None:
            return verdict
    return False


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
    from pathspec import GitIgnoreSpec

    lines = data.decode("utf-8-sig", "surrogateescape").splitlines()
    return (Ignores(folder, GitIgnoreSpec.from_lines(lines)),)
