"""Find the folders that import names begin in."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from pystatelint.config.schema import Config

INIT = "__init__.py"
_PROJECT_FILES = ("pyproject.toml", "setup.py")
_SOURCE_FOLDER = "src"
_DEFAULT_SRC = Config().src

Test = Callable[[str], bool]


def import_roots(
    files: Iterable[Path],
    src: tuple[str, ...],
    root: Path | None,
    *,
    cwd: Path | None = None,
    imported: frozenset[str] = frozenset(),
) -> tuple[Path, ...]:
    """Return the folders that modules are imported from, innermost first.

    These are the configured folders that exist; what looks like a root on the way to a
    file: the folder around its outermost package, a folder ``src``, a project in the
    project; and folders from which imports in the project would find the file.

    Args:
        files: the files to be named, absolute.
        src: folders from the configuration: the default relative to `root`, any other
            to `cwd`, as paths in a `Config` are.
        root: root of the project, None if there is none.
        cwd: the working directory, absolute; `root` if not given.
        imported: dotted names that the project's files import absolutely. They tell a
            namespace package from a folder that merely holds a package.
    """
    paths = tuple(sorted(map(str, files)))
    has_init = cache(_has_init)
    wanted = _with_parents(imported)
    fixed = frozenset(_configured(src, root, cwd, wanted))
    apparent = tuple(
        (folder, each)
        for folder in sorted({os.path.dirname(path) for path in paths})
        for each in _apparent(folder, str(root or cwd or folder), wanted, has_init)
    )
    refused = {each for folder, each in apparent if _is_namespace(folder, each, fixed, wanted)}
    roots = fixed | {each for _, each in apparent if each not in refused}
    found = roots | frozenset(_imported_from(paths, roots, wanted, has_init))
    return tuple(Path(each) for each in sorted(found, key=lambda each: (-len(each), each)))


def dotted_below(absolute: str, root: str) -> str:
    """Return the dotted name of a file as seen from a folder around it.

    Args:
        absolute: path of the file.
        root: the folder, absolute.
    """
    inside = os.path.splitext(os.path.relpath(absolute, root))[0].split(os.sep)
    parts = inside[:-1] if inside[-1] == "__init__" else inside
    if not parts:
        # The root is itself a package: it goes by the name of its folder.
        return os.path.basename(root)
    # A dot in a name would read as one more package.
    return ".".join(part.replace(".", "_") for part in parts)


def roots_around(path: str, roots: frozenset[str]) -> Iterator[str]:
    """Yield the roots around a file, innermost first.

    Args:
        path: the file, absolute.
        roots: folders, absolute.
    """
    return (each for each in _upwards(os.path.dirname(path)) if each in roots)


def is_inside(path: str, folder: str) -> bool:
    """Say whether a path is a folder or lies below it; both absolute."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _configured(
    src: tuple[str, ...], root: Path | None, cwd: Path | None, wanted: frozenset[str]
) -> Iterator[str]:
    default = src == _DEFAULT_SRC
    top = root if default or cwd is None else cwd
    for entry in src if top else ():
        path = os.path.normpath(os.path.join(str(top), entry))
        # What is only there by default must not be a package, nor imported as one.
        if os.path.isdir(path) and not (default and (_has_init(path) or entry in wanted)):
            yield path


def _apparent(folder: str, top: str, wanted: frozenset[str], has_init: Test) -> Iterator[str]:
    """Yield the folders on the way up to `top` that look like roots."""
    if has_init(folder):
        yield _package_parent(folder, has_init)
    for each in _upwards(folder):
        if not is_inside(each, top):
            return
        if not has_init(each) and _looks_like_root(each, wanted):
            yield each


def _looks_like_root(folder: str, wanted: frozenset[str]) -> bool:
    if os.path.basename(folder) == _SOURCE_FOLDER:
        return _SOURCE_FOLDER not in wanted
    return any(os.path.exists(os.path.join(folder, name)) for name in _PROJECT_FILES)


def _package_parent(folder: str, has_init: Test) -> str:
    """Return the folder around the outermost package that a folder is in.

    A folder without ``__init__`` between two packages is a namespace of the outer one.
    """
    chain = tuple(_upwards(folder))
    outermost = max(number for number, each in enumerate(chain) if has_init(each))
    return chain[min(outermost + 1, len(chain) - 1)]


def _is_namespace(
    folder: str, candidate: str, fixed: frozenset[str], wanted: frozenset[str]
) -> bool:
    """Say whether imports reach the folder through the candidate, from a fixed root."""
    init = os.path.join(folder, INIT)
    outer = next(roots_around(candidate, fixed), None)
    return outer is not None and candidate not in fixed and dotted_below(init, outer) in wanted


def _imported_from(
    paths: Iterable[str], roots: frozenset[str], wanted: frozenset[str], has_init: Test
) -> Iterator[str]:
    """Yield folders below a root that imports of at least two parts begin in."""
    for path in paths:
        root = next(roots_around(path, roots), None)
        parts = dotted_below(path, root).split(".") if root else ()
        if ".".join(parts) in wanted:
            continue
        starts = (each for each in range(1, len(parts) - 1) if ".".join(parts[each:]) in wanted)
        start = next(starts, None)
        if root and start and not has_init(folder := os.path.join(root, *parts[:start])):
            yield folder


def _with_parents(names: Iterable[str]) -> frozenset[str]:
    parts = (name.split(".") for name in names)
    return frozenset(".".join(each[:end]) for each in parts for end in range(1, len(each) + 1))


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    yield from map(str, Path(folder).parents)


def _has_init(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, INIT))
