"""What a renderer is told beside the report."""

from collections.abc import Callable

import msgspec

from pystatelint.model.rule import Rule


def no_lines(path: str) -> tuple[str, ...]:
    """Return nothing, whatever the path: every file counts as unreadable."""
    return ()


class RenderOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to render, and what the report itself does not know.

    Attributes:
        color: use ANSI colours in the human format.
        width: width of the human format in terminal columns.
        cwd: absolute working directory that shown paths start from, or empty.
        version: version of the tool, or empty.
        rules: the rules that ran, for formats that describe them.
        read_lines: gives the lines of a shown path without their ends; nothing
            if the file cannot be read. Renderers do no I/O themselves.
    """

    color: bool = False
    width: int = 100
    cwd: str = ""
    version: str = ""
    rules: tuple[Rule, ...] = ()
    read_lines: Callable[[str], tuple[str, ...]] = no_lines
