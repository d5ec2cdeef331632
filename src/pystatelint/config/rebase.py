"""Turn the paths of a configuration file into paths from the working directory."""

import os
from glob import escape
from pathlib import Path

import msgspec

from pystatelint.config.choices import AUTOMATIC, NO_ENVIRONMENT
from pystatelint.config.schema import Config


def rebase(config: Config, folder: Path, cwd: Path) -> Config:
    """Return the configuration with its paths and globs seen from `cwd`.

    Args:
        config: its paths and globs are relative to `folder`.
        folder: where the configuration file is.
        cwd: the working directory of the run.
    """
    if folder == cwd:
        return config
    return msgspec.structs.replace(
        config,
        environment=_moved_environment(config.environment, folder, cwd),
        src=tuple(_moved_path(path, folder, cwd) for path in config.src),
        exclude=_moved_globs(config.exclude, folder, cwd),
        extend_exclude=_moved_globs(config.extend_exclude, folder, cwd),
        test_paths=_moved_globs(config.test_paths, folder, cwd),
        per_file_ignores={
            _moved_glob(glob, folder, cwd): codes for glob, codes in config.per_file_ignores.items()
        },
    )


def _moved_environment(setting: str, folder: Path, cwd: Path) -> str:
    return setting if setting in (AUTOMATIC, NO_ENVIRONMENT) else _moved_path(setting, folder, cwd)


def _moved_globs(globs: tuple[str, ...], folder: Path, cwd: Path) -> tuple[str, ...]:
    return tuple(_moved_glob(glob, folder, cwd) for glob in globs)


def _moved_glob(glob: str, folder: Path, cwd: Path) -> str:
    if matches_anywhere(glob):
        return glob
    end = "/" if glob.endswith("/") else ""
    base = escape(_relative(folder, cwd))
    return os.path.normpath(f"{base}/{glob}").replace(os.sep, "/") + end


def matches_anywhere(glob: str) -> bool:
    """Say whether a glob holds in every folder, as ``*.py`` and ``**/gen/x.py`` do."""
    return "/" not in glob.rstrip("/") or glob.startswith("**/")


def _moved_path(path: str, folder: Path, cwd: Path) -> str:
    return _relative(Path(os.path.normpath(folder / path)), cwd)


def _relative(path: Path, cwd: Path) -> str:
    try:
        return Path(os.path.relpath(path, cwd)).as_posix()
    except ValueError:
        # Another drive: only the absolute path leads there.
        return path.as_posix()
