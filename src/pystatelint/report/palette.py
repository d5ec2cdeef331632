"""Which colours does the human format use?"""

import msgspec

from pystatelint.model.finding import Severity

RESET = "\x1b[0m"


class Palette(msgspec.Struct, frozen=True, kw_only=True):
    """ANSI sequences by what they mark; an empty one leaves text as it is."""

    error: str = ""
    warning: str = ""
    info: str = ""
    strong: str = ""
    faint: str = ""
    help: str = ""


PLAIN = Palette()

ANSI = Palette(
    error="\x1b[1;31m",
    warning="\x1b[1;33m",
    info="\x1b[1;34m",
    strong="\x1b[1m",
    faint="\x1b[2m",
    help="\x1b[1;36m",
)


def painted(text: str, colour: str) -> str:
    """Return `text` in a colour of a palette."""
    return f"{colour}{text}{RESET}" if colour and text else text


def severity_colour(palette: Palette, severity: Severity) -> str:
    """Return the colour of a severity."""
    match severity:
        case Severity.ERROR:
            return palette.error
        case Severity.WARNING:
            return palette.warning
        case Severity.INFO:
            return palette.info
