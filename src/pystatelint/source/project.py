"""Find the folder of the project that a path belongs to."""

from pathlib import Path

from pystatelint.config.discover import CONFIG_NAMES
from pystatelint.config.tomlfile import read_config_file
from pystatelint.errors import ConfigError

MARKERS = (
    "pyproject.toml",
    "statelint.toml",
    ".statelint.toml",
    "setup.py",
    "setup.cfg",
    ".git",
)
"""Any of these in a folder makes it the root of a project."""


def project_root(path: Path) -> Path | None:
    """Return the nearest folder that is declared the root, else the nearest with a marker.

    It may be `path` itself. A declared one may be further out than a marker: what lies
    below it, whatever it has files for, is one project.
    """
    folders = (path, *path.parents)
    declared = next((folder for folder in folders if is_declared(folder)), None)
    return declared or next((folder for folder in folders if is_root(folder)), None)


def is_declared(folder: Path) -> bool:
    """Whether a configuration file in a folder says ``root = true``."""
    paths = (folder / name for name in CONFIG_NAMES)
    return any(_says_root(path) for path in paths if path.is_file())


def _says_root(path: Path) -> bool:
    """Whether a configuration file says that its folder is the root; a broken one does not."""
    try:
        found = read_config_file(path, path.parent)
    except ConfigError:
        return False  # it is reported where it is used; this one may not be
    return found is not None and found.table.get("root") is True


def is_root(folder: Path) -> bool:
    """Whether a folder holds a marker."""
    return any((folder / marker).exists() for marker in MARKERS)
