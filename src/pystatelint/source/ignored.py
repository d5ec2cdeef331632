"""What does ``.gitignore`` leave out?"""

import os
from pathlib import Path

import msgspec
from pathspec import GitIgnoreSpec

FILE = ".gitignore"


class IgnoreFile(msgspec.Struct, frozen=True):
    """The patterns of one ``.gitignore`` and the folder that they are relative to."""

    folder: str
    spec: GitIgnoreSpec


Ignores = tuple[IgnoreFile, ...]
"""Outer files first: inner ones have the last word."""


def ignores_in(folder: str) -> Ignores:
    """Return the patterns of a folder's own ``.gitignore``."""
    path = os.path.join(folder, FILE)
    if not os.path.isfile(path):
        return ()
    try:
        text = Path(path).read_text(encoding="utf-8", errors="replace")
        return (IgnoreFile(folder, GitIgnoreSpec.from_lines(text.splitlines())),)
    except (OSError, ValueError):
        return ()


def ignores_above(folder: Path) -> Ignores:
    """Return the patterns of the folders above, up to the top of the repository."""
    chain: list[Path] = []
    if not (folder / ".git").exists():
        for parent in folder.parents:
            chain.append(parent)
            if (parent / ".git").exists():
                break
        else:
            return ()
    return tuple(each for parent in reversed(chain) for each in ignores_in(str(parent)))


def is_ignored(path: str, ignores: Ignores, *, folder: bool) -> bool:
    """Whether the innermost pattern that matches a path ignores it."""
    verdict = False
    for each in ignores:
        relative = os.path.relpath(path, each.folder).replace(os.sep, "/")
        result = each.spec.check_file(relative + "/" if folder else relative)
        if result.include is not None:
            verdict = result.include
    return verdict
