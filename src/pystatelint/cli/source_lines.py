"""Give renderers the source lines that they show."""

import re
import tokenize
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path

_FILES_KEPT = 64
_LINE_END = re.compile(r"\r\n|\r|\n")


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
            data = given[path] if path in given else (cwd / path).read_bytes()
            encoding, _ = tokenize.detect_encoding(BytesIO(data).readline)
            return tuple(_LINE_END.split(data.decode(encoding)))
        except (OSError, ValueError, SyntaxError, LookupError):
            return ()

    return lines
