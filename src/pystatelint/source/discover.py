"""Find the files that a run looks at."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pystatelint.config.schema import Config
from pystatelint.errors import UsageError
from pystatelint.source.exclude import Excludes, excludes_of, is_named_and_excluded
from pystatelint.source.gitignore import Chain, chain_above, chain_in, is_ignored

_SUFFIX = ".py"
_EMACS_LOCK = ".#"


class FoundFile(msgspec.Struct, frozen=True):
    """A file to look at.

    Attributes:
        absolute: where it is.
        shown: relative to the working directory with forward slashes; absolute when it
            is outside.
        base: the folder named by the user that it was found in, absolute; for a file
            named by the user, its own folder.
    """

    absolute: str
    shown: str
    base: str


class _Walk(msgspec.Struct, frozen=True):
    start: str
    base: str
    cwd: str
    excludes: Excludes
    config: Config


def discover(paths: Iterable[str | Path], config: Config, cwd: Path) -> tuple[FoundFile, ...]:
    """Return the files that the paths stand for, sorted as shown, each once.

    Files are taken as named, whatever their suffix; in folders, files that end in
    ``.py``. Linked folders are not walked into, unless named. A folder that cannot be
    listed, and a link that leads nowhere, are themselves returned, so that reading
    them says why.

    Args:
        paths: files and folders, absolute or relative to `cwd`.
        config: its excludes; `respect_gitignore` and `force_exclude`.
        cwd: the working directory, absolute.

    Raises:
        UsageError: a path does not exist.
    """
    excludes = excludes_of(config, cwd)
    walks = (_walk_from(path, config, cwd, excludes) for path in paths)
    found = {file.absolute: file for walk in walks for file in _files_of(walk)}
    return tuple(sorted(_without_doubles(found), key=lambda file: file.shown))


def shown_path(absolute: str, cwd: str) -> str:
    """Return a path as users see it.

    Args:
        absolute: the path.
        cwd: the working directory, absolute.
    """
    inside = absolute == cwd or absolute.startswith(cwd.rstrip(os.sep) + os.sep)
    path = os.path.relpath(absolute, cwd) if inside else absolute
    # File names may be any bytes; what is shown must be printable.
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def _walk_from(path: str | Path, config: Config, cwd: Path, excludes: Excludes) -> _Walk:
    absolute = os.path.normpath(cwd / path)
    if not os.path.lexists(absolute):
        raise UsageError(
            f"no such file or folder: {path}; check the spelling, or the folder you are in"
        )
    base = absolute if os.path.isdir(absolute) else os.path.dirname(absolute)
    return _Walk(absolute, base, str(cwd), excludes, config)


def _files_of(walk: _Walk) -> Iterator[FoundFile]:
    shown = shown_path(walk.start, walk.cwd)
    if walk.config.force_exclude and is_named_and_excluded(shown, walk.excludes):
        return
    if walk.start == walk.base:
        outer = chain_above(Path(walk.base)) if walk.config.respect_gitignore else ()
        yield from _below(outer, walk)
    else:
        yield FoundFile(walk.start, shown, walk.base)


def _below(outer: Chain, walk: _Walk) -> Iterator[FoundFile]:
    pending = [(walk.base, outer)]
    while pending:
        folder, above = pending.pop()
        try:
            with os.scandir(folder) as listing:
                entries = tuple(listing)
        except OSError:
            yield FoundFile(folder, shown_path(folder, walk.cwd), walk.base)
            continue
        chain = _chain(folder, entries, above, walk.config)
        for entry in entries:
            if _is_folder(entry) and not _is_left_out(entry, chain, walk):
                pending.append((entry.path, chain))
            elif _is_source(entry) and not _is_left_out(entry, chain, walk):
                yield FoundFile(entry.path, shown_path(entry.path, walk.cwd), walk.base)


def _chain(folder: str, entries: Iterable[os.DirEntry[str]], above: Chain, config: Config) -> Chain:
    if not config.respect_gitignore:
        return ()
    return chain_in(folder, frozenset(entry.name for entry in entries), above)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    # A link to a folder may lead round in a circle, or to code of another project.
    return entry.is_dir(follow_symlinks=False)


def _is_source(entry: os.DirEntry[str]) -> bool:
    # Emacs marks a file that it edits by a link beside it that leads nowhere.
    if not entry.name.endswith(_SUFFIX) or entry.name.startswith(_EMACS_LOCK):
        return False
    try:
        return not entry.is_dir()
    except OSError:
        # A link that leads to itself: reading it says so.
        return True


def _is_left_out(entry: os.DirEntry[str], chain: Chain, walk: _Walk) -> bool:
    if walk.excludes(entry.name, shown_path(entry.path, walk.cwd)):
        return True
    return bool(chain) and is_ignored(entry.path, chain, is_folder=_is_folder(entry))


def _without_doubles(found: dict[str, FoundFile]) -> Iterator[FoundFile]:
    """Leave out links to files that are found under their own path as well."""
    for absolute, file in found.items():
        real = os.path.realpath(absolute)
        if real == absolute or real not in found:
            yield file
