"""Find the folder of the project that a path belongs to."""

from pathlib import Path

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
    """Return the nearest folder with a marker: `path` itself or one around it."""
    return next((folder for folder in (path, *path.parents) if is_root(folder)), None)


def is_root(folder: Path) -> bool:
    """Whether a folder holds a marker."""
    return any((folder / marker).exists() for marker in MARKERS)
