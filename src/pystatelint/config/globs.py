"""Match the path globs of `per-file-ignores`."""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from glob import escape
from itertools import product
from pathlib import Path


def path_matches(path: str, glob: str, cwd: Path) -> bool:
    """Say whether a file is meant by a glob.

    As in flake8, ``*`` crosses slashes and a glob without a slash is tried on the
    base name. Beyond flake8, ``**/`` stands for any number of folders, and a glob
    that names a folder means all files in it.

    Args:
        path: the file, relative to `cwd` or absolute.
        glob: relative to `cwd` or absolute; forward slashes.
        cwd: the working directory, absolute.
    """
    name = glob.rstrip("/")
    if "/" not in name:
        return any(fnmatchcase(part, name) for part in Path(path).parts)
    full = _normal(cwd.as_posix(), path)
    base = escape(cwd.as_posix())
    return any(_is_inside(full, _normal(base, each)) for each in _spelled_out(name))


def _is_inside(full: str, glob: str) -> bool:
    return fnmatchcase(full, glob) or fnmatchcase(full, f"{glob}/*")


def _spelled_out(glob: str) -> Iterator[str]:
    first, *rest = glob.split("**/")
    for folders in product(("", "*/"), repeat=len(rest)):
        yield first + "".join(map(str.__add__, folders, rest))


def _normal(base: str, path: str) -> str:
    return os.path.normpath(os.path.join(base, path)).replace(os.sep, "/")
