"""Find the configuration file that governs a set of paths."""

import os
from collections.abc import Iterable
from pathlib import Path

from pystatelint.config.tomlfile import PYPROJECT, ConfigFile, read_config_file

CONFIG_NAMES = (".statelint.toml", "statelint.toml", PYPROJECT)
"""In order of precedence within one folder."""


def common_folder(paths: Iterable[str | Path], cwd: Path) -> Path:
    """Return the innermost folder that holds all paths; `cwd` if there are none."""
    folders = [_folder(Path(os.path.normpath(cwd / path))) for path in paths]
    try:
        return Path(os.path.commonpath(folders)) if folders else cwd
    except ValueError:
        # Paths on two drives have nothing in common.
        return cwd


def nearest_config(folder: Path, cwd: Path) -> ConfigFile | None:
    """Return the configuration of the folder or of the nearest folder around it.

    Files are never mixed unless one says `extend`: the nearest ends the search.

    Raises:
        ConfigError: a candidate cannot be read.
    """
    for candidate in _candidates(folder):
        if os.path.isfile(candidate) and (found := read_config_file(candidate, cwd)):
            return found
    return None


def _candidates(folder: Path) -> Iterable[Path]:
    for outer in (folder, *folder.parents):
        for name in CONFIG_NAMES:
            yield outer / name


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent
