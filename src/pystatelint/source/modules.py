"""Give every file the dotted name that Python would import it by."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path

from pystatelint.source.roots import dotted_below, is_inside, roots_around


def module_names(files: Iterable[Path], roots: tuple[Path, ...], fallback: Path) -> dict[Path, str]:
    """Return the dotted name of every file, in order of paths; no name occurs twice.

    That of ``pkg/__init__.py`` is ``pkg``.

    Where files below several roots claim one name, each is named as seen from the
    outermost root around it, and so is what lies below a package of such a name: Python
    would import one or the other, depending on how it is started.

    Args:
        files: absolute paths.
        roots: folders that names begin in; the innermost around a file counts.
        fallback: counts where there is none, if it is around the file; else the file's
            own folder does.
    """
    folders = frozenset(map(str, roots))
    paths = sorted({str(file) for file in files})
    tops = {path: _tops(path, folders, str(fallback)) for path in paths}
    short = {path: dotted_below(path, tops[path][0]) for path in paths}
    claims = Counter(name for name, _ in {(short[path], tops[path][0]) for path in paths})
    long = {
        path: dotted_below(path, tops[path][-1]) if _is_disputed(name, claims) else name
        for path, name in short.items()
    }
    return {Path(path): name for path, name in _numbered(long).items()}


def _is_disputed(name: str, claims: Mapping[str, int]) -> bool:
    parts = name.split(".")
    return any(claims.get(".".join(parts[:end]), 0) > 1 for end in range(1, len(parts) + 1))


def _tops(path: str, roots: frozenset[str], fallback: str) -> tuple[str, ...]:
    """Return the folders that a file may be named from, innermost first."""
    around = tuple(roots_around(path, roots))
    if around:
        return around
    return (fallback,) if is_inside(path, fallback) else (str(Path(path).parent),)


def _numbered(names: Mapping[str, str]) -> dict[str, str]:
    """Give repeated names a number that no import can spell; packages go first."""
    taken: set[str] = set()
    unique = {}
    for path in sorted(names, key=lambda path: (not path.endswith("__init__.py"), path)):
        name = next(each for each in _spellings(names[path]) if each not in taken)
        taken.add(name)
        unique[path] = name
    return {path: unique[path] for path in names}


def _spellings(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}~{number}" for number in count(2))
