"""Which files do the given paths mean?"""

import os
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

import msgspec

from pystatelint.config.schema import Config
from pystatelint.errors import UsageError
from pystatelint.source.ignored import Ignores, ignores_above, ignores_in, is_ignored

SUFFIX = ".py"


class FoundFile(msgspec.Struct, frozen=True, order=True):
    """One file: as shown to users (relative to the working directory), and where it is."""

    shown: str
    absolute: str


def discover(paths: Sequence[Path], config: Config, cwd: Path) -> tuple[FoundFile, ...]:
    """Return the files to read, sorted, each once.

    Folders are walked for ``*.py``; a file that is named is taken whatever its suffix,
    and excluded only with `force_exclude`.

    Raises:
        UsageError: a path does not exist.
    """
    found: set[FoundFile] = set()
    for path in paths:
        absolute = Path(os.path.normpath(cwd / path))
        if absolute.is_dir():
            found.update(_walk(absolute, config, cwd))
        elif os.path.lexists(absolute):
            if not (config.force_exclude and _excluded_anywhere(absolute, config, cwd)):
                found.add(FoundFile(shown_path(absolute, cwd), str(absolute)))
        else:
            raise UsageError(f"no such file or folder: {path}; check the spelling, or the folder you are in")
    return tuple(sorted(found))


def shown_path(absolute: Path, cwd: Path) -> str:
    """Return a path relative to the working directory, with forward slashes."""
    try:
        return absolute.relative_to(cwd).as_posix()
    except ValueError:
        return absolute.as_posix()


def _walk(top: Path, config: Config, cwd: Path) -> Iterator[FoundFile]:
    """Yield the Python files below a folder; each real folder is entered once."""
    patterns = (*config.exclude, *config.extend_exclude)
    seen = {os.path.realpath(top)}
    start = ignores_above(top) if config.respect_gitignore else ()
    stack: list[tuple[str, Ignores]] = [(str(top), start)]
    while stack:
        folder, ignores = stack.pop()
        if config.respect_gitignore:
            ignores = (*ignores, *ignores_in(folder))
        for entry in _entries(folder):
            shown = shown_path(Path(entry.path), cwd)
            if excluded(entry.name, shown, patterns):
                continue
            if entry.is_dir():
                real = os.path.realpath(entry.path)
                if real not in seen and not is_ignored(entry.path, ignores, folder=True):
                    seen.add(real)
                    stack.append((entry.path, ignores))
            elif entry.name.endswith(SUFFIX) and not is_ignored(entry.path, ignores, folder=False):
                yield FoundFile(shown, entry.path)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """Return what a folder holds, sorted; nothing if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def excluded(name: str, shown: str, patterns: Iterable[str]) -> bool:
    """Whether a bare name or a glob over the shown path excludes an entry."""
    for pattern in patterns:
        if "/" in pattern:
            plain = pattern.removeprefix("./").rstrip("/")
            if fnmatch(shown, plain) or shown.startswith(plain + "/"):
                return True
        elif fnmatch(name, pattern):
            return True
    return False


def _excluded_anywhere(absolute: Path, config: Config, cwd: Path) -> bool:
    """Whether a named file, or a folder around it, is excluded or ignored."""
    patterns = (*config.exclude, *config.extend_exclude)
    shown = shown_path(absolute, cwd)
    parts = shown.split("/")
    for number, name in enumerate(parts):
        if excluded(name, "/".join(parts[: number + 1]), patterns):
            return True
    if not config.respect_gitignore:
        return False
    above = ignores_above(absolute.parent)
    return is_ignored(str(absolute), (*above, *ignores_in(str(absolute.parent))), folder=False)
