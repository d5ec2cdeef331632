"""Under which dotted name is a file imported?"""

import os
from collections.abc import Iterable
from pathlib import Path

INIT = "__init__"


def import_roots(files: Iterable[Path], src: tuple[str, ...], root: Path | None) -> tuple[Path, ...]:
    """Return the folders that absolute imports start from, longest first.

    Args:
        files: every file of the run, absolute.
        src: folders from the configuration, relative to `root`.
        root: top of the project, if there is one.
    """
    roots = {package_parent(file.parent) for file in files if (file.parent / "__init__.py").exists()}
    if root is not None:
        roots.update(Path(os.path.normpath(root / folder)) for folder in src)
    existing = {folder for folder in roots if folder.is_dir() and not (folder / "__init__.py").exists()}
    return tuple(sorted(existing, key=lambda folder: (-len(folder.parts), str(folder))))


def package_parent(folder: Path) -> Path:
    """Return the folder that holds the topmost package around `folder`."""
    while (folder / "__init__.py").exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def module_name(file: Path, roots: tuple[Path, ...], fallback: Path) -> str:
    """Return the dotted name of a file: relative to the innermost root around it."""
    base = next((root for root in roots if root in file.parents), None)
    if base is None:
        base = fallback if fallback in file.parents else file.parent
    parts = list(file.relative_to(base).with_suffix("").parts)
    if parts[-1] == INIT:
        parts.pop()
    return ".".join(parts) or file.parent.name


def module_names(
    files: tuple[Path, ...], roots: tuple[Path, ...], fallback: Path
) -> dict[Path, str]:
    """Return the dotted name of every file; names are unique.

    Where two files claim one name (``a/conftest.py`` and ``b/conftest.py`` as scripts),
    the later ones get the folder in front.
    """
    found: dict[Path, str] = {}
    taken: set[str] = set()
    for file in sorted(files):
        name = module_name(file, roots, fallback)
        folder = file.parent
        while name in taken and folder != folder.parent:
            name = f"{folder.name}.{name}"
            folder = folder.parent
        taken.add(name)
        found[file] = name
    return found
