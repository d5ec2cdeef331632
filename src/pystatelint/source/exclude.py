"""Decide whether the configuration leaves a file or folder out."""

import re
from collections.abc import Callable
from fnmatch import translate
from pathlib import Path

from pystatelint.config.globs import path_matches
from pystatelint.config.schema import Config

Excludes = Callable[[str, str], bool]
"""Says of a name and its path, as shown to users, whether it is left out."""


def excludes_of(config: Config, cwd: Path) -> Excludes:
    """Return what tells whether a folder's entry is left out, by `exclude` and its kin.

    A name without a slash is tried on the entry's name alone: the folders around it
    were tried on the way down, and a folder named by the user is walked in any case.

    Args:
        config: its globs are relative to `cwd`.
        cwd: the working directory, absolute.
    """
    globs = (*config.exclude, *config.extend_exclude)
    bare = tuple(glob.rstrip("/") for glob in globs if not _has_folders(glob))
    names = re.compile("|".join(map(translate, bare)) or r"(?!)")
    paths = tuple(glob for glob in globs if _has_folders(glob))

    def is_excluded(name: str, shown: str) -> bool:
        return bool(names.match(name)) or any(path_matches(shown, each, cwd) for each in paths)

    return is_excluded


def is_named_and_excluded(shown: str, excludes: Excludes) -> bool:
    """Say whether a path named by the user is left out, itself or by a folder around it.

    Args:
        shown: relative to the working directory, or absolute when outside of it.
        excludes: the configured excludes.
    """
    path = Path(shown)
    # Folders outside of the working directory are none of the project's business.
    folders = () if path.is_absolute() else path.parents[:-1]
    return any(excludes(each.name, each.as_posix()) for each in (path, *folders))


def _has_folders(glob: str) -> bool:
    return "/" in glob.rstrip("/")
