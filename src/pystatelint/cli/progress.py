"""Show how far a long run is, on a terminal only."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Progress = Callable[[int, int], None]

DELAY = 0.5
"""Seconds before the bar appears; shorter runs show none."""

_WIDTH = 30
_ERASE = "\r\x1b[K"


@contextmanager
def shown_progress(
    stream: TextIO, *, quiet: bool, clock: Callable[[], float] = time.monotonic
) -> Iterator[Progress | None]:
    """Give the callback ``(done, total)`` that draws the bar; erase it at the end.

    Args:
        stream: standard error; nothing is drawn unless it is a terminal.
        quiet: draw nothing.
        clock: the time in seconds.
    """
    if quiet or not stream.isatty():
        yield None
        return
    start = clock()

    def draw(done: int, total: int) -> None:
        if clock() - start > DELAY:
            stream.write(_ERASE + bar(done, total))
            stream.flush()

    try:
        yield draw
    finally:
        if clock() - start > DELAY:
            stream.write(_ERASE)
            stream.flush()


def bar(done: int, total: int) -> str:
    """Return the bar for `done` of `total` files."""
    filled = _WIDTH * done // max(total, 1)
    return f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{total} files"
