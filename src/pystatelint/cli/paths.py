"""Find out which paths the command line means."""

import os
from pathlib import Path

import msgspec

from pystatelint.cli.group import COMMANDS
from pystatelint.config.suggest import hint
from pystatelint.errors import UsageError

STDIN = "-"
_STDIN_NAME = "<stdin>"


class ChosenPaths(msgspec.Struct, frozen=True):
    """The paths of a run.

    Attributes:
        walked: files and folders to analyse.
        stdin_filename: what standard input is called; empty if it is not read.
        governing: the paths whose nearest configuration file governs the run.
    """

    walked: tuple[str, ...]
    stdin_filename: str
    governing: tuple[str, ...]


def chosen_paths(paths: tuple[str, ...], stdin_filename: str | None, cwd: Path) -> ChosenPaths:
    """Return the paths to analyse; no path means the working directory.

    Args:
        paths: the arguments of the command line.
        stdin_filename: the value of ``--stdin-filename``; alone, it implies ``-``.
        cwd: the working directory, absolute.

    Raises:
        UsageError: a path is not there, or the file name goes without ``-``.
    """
    if stdin_filename and not paths:
        return ChosenPaths((), stdin_filename, (stdin_filename,))
    if STDIN not in paths:
        if stdin_filename:
            raise UsageError("--stdin-filename names standard input; give the path - as well")
        _require_there(paths, cwd)
        return ChosenPaths(paths or (".",), "", paths)
    walked = tuple(path for path in paths if path != STDIN)
    _require_there(walked, cwd)
    return ChosenPaths(walked, stdin_filename or _STDIN_NAME, (*walked, stdin_filename or "."))


def _require_there(paths: tuple[str, ...], cwd: Path) -> None:
    for path in paths:
        # An empty path, from a variable that is not set, would mean the whole folder.
        if not path or not os.path.lexists(cwd / path):
            raise UsageError(f"there is no file or folder '{path}'{_guess(path, cwd)}")


def _guess(path: str, cwd: Path) -> str:
    if os.sep not in path and path in COMMANDS:
        return f"; a command stands before its options: statelint {path} ..."
    before = path[: len(path) - len(Path(path).name)]
    candidates = [before + name for name in _names_in((cwd / path).parent)]
    return hint(path, candidates if before else [*COMMANDS, *candidates])


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
