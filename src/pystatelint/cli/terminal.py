"""Find out what standard output can show."""

import shutil
from collections.abc import Mapping

_PLAIN_WIDTH = 100


def wants_color(choice: str, environ: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Say whether to colour.

    Args:
        choice: ``auto``, ``always`` or ``never``.
        environ: ``NO_COLOR``, ``FORCE_COLOR`` and ``TERM`` decide for ``auto``;
            empty values say nothing.
        is_terminal: whether the output goes to a terminal.
    """
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return is_terminal and environ.get("TERM") != "dumb"


def terminal_width(*, is_terminal: bool) -> int:
    """Return the columns of a terminal; of a file always the same, for equal bytes."""
    return shutil.get_terminal_size().columns if is_terminal else _PLAIN_WIDTH
