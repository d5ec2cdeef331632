"""Give renderers the source lines that they show."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from pystatelint.errors import SourceError
from pystatelint.source.decode import decoded
from pystatelint.source.read import read_bytes

_FILES_KEPT = 64


def lines_reader(cwd: Path, given: dict[str, bytes]) -> Callable[[str], tuple[str, ...]]:
    """Return the function from a shown path to its lines, without their ends.

    A file that cannot be read or decoded has no lines.

    Args:
        cwd: the folder that shown paths start from.
        given: contents that are not on the disk, such as standard input, by path.
    """

    @lru_cache(maxsize=_FILES_KEPT)
    def lines(path: str) -> tuple[str, ...]:
        try:
            data = given[path] if path in given else read_bytes(cwd / path)
            return tuple(decoded(data).split("\n"))
        except SourceError:
            return ()

    return lines
