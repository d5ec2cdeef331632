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


class FoundFile(msgspec.Struct, frozen=True, order=True):
    """A file to look at; sorts as it is shown.

    Attributes:
        shown: relative to the working directory with forward slashes; absolute when it
            is outside.
        absolute: where it is.
    """

    shown: str
    absolute: str


class _Walk(msgspec.Struct, frozen=True):
    cwd: str
    excludes: Excludes
    config: Config


def discover(paths: Iterable[str | Path], config: Config, cwd: Path) -> tuple[FoundFile, ...]:
    """Return the files that the paths stand for, sorted as shown, each once.

    Files are taken as named, whatever their suffix; in folders, files that end in
    ``.py``. Linked folders are not walked into, unless named. A folder that cannot be
    listed is itself returned, so that reading it says why.

    Args:
        paths: files and folders, absolute or relative to `cwd`.
        config: its excludes; `respect_gitignore` and `force_exclude`.
        cwd: the working directory, absolute.

    Raises:
        UsageError: a path does not exist.
    """
    walk = _Walk(str(cwd), excludes_of(config, cwd), config)
    found = {file.absolute: file for path in paths for file in _files_of(path, walk)}
    return tuple(sorted(_without_doubles(found)))


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


def _files_of(path: str | Path, walk: _Walk) -> Iterator[FoundFile]:
    absolute = os.path.normpath(os.path.join(walk.cwd, path))
    if not os.path.exists(absolute):
        raise UsageError(
            f"no such file or folder: {path}; check the spelling, or the folder you are in"
        )
    shown = shown_path(absolute, walk.cwd)
    if walk.config.force_exclude and is_named_and_excluded(shown, walk.excludes):
        return
    if os.path.isdir(absolute):
        outer = chain_above(Path(absolute)) if walk.config.respect_gitignore else ()
        yield from _below(absolute, outer, walk)
    else:
        yield FoundFile(shown, absolute)


def _below(top: str, outer: Chain, walk: _Walk) -> Iterator[FoundFile]:
    pending = [(top, outer)]
    while pending:
        folder, above = pending.pop()
        try:
            with os.scandir(folder) as listing:
                entries = tuple(listing)
        except OSError:
            yield FoundFile(shown_path(folder, walk.cwd), folder)
            continue
        chain = _chain(folder, entries, above, walk.config)
        for entry in entries:
            if _is_folder(entry) and not _is_left_out(entry, chain, walk):
                pending.append((entry.path, chain))
            elif _is_source(entry) and not _is_left_out(entry, chain, walk):
                yield FoundFile(shown_path(entry.path, walk.cwd), entry.path)


def _chain(folder: str, entries: Iterable[os.DirEntry[str]], above: Chain, config: Config) -> Chain:
    if not config.respect_gitignore:
        return ()
    return chain_in(folder, frozenset(entry.name for entry in entries), above)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    # A link to a folder may lead round in a circle, or to code of another project.
    return entry.is_dir(follow_symlinks=False)


def _is_source(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(_SUFFIX) and not entry.is_dir()


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
