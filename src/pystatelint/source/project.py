"""Where does the project around a file begin?"""

from pathlib import Path

MARKERS = (
    "pyproject.toml",
    "statelint.toml",
    ".statelint.toml",
    "setup.py",
    "setup.cfg",
    ".git",
)
"""Files and folders that stand at the top of a project."""


def project_root(path: Path) -> Path | None:
    """Return the nearest folder above `path` (or `path` itself) that holds a marker."""
    for folder in (path, *path.parents):
        if any((folder / marker).exists() for marker in MARKERS):
            return folder
    return None
