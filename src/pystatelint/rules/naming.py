"""What a name promises about the object behind it."""

from pystatelint.config.schema import Config
from pystatelint.link.records import Cell

_MEMO_NAMES = ("cache", "memo")


def promises_state(name: str, options: Config) -> bool:
    """Return whether the name speaks of a cache, buffer or store (`cache-names`)."""
    lowered = name.lower()
    return any(part.lower() in lowered for part in options.cache_names)


def promises_constant(name: str) -> bool:
    """Return whether the name is written as constants are: ``DEFAULT_HEADERS``."""
    letters = [letter for letter in name if letter.isalpha()]
    return len(letters) > 1 and name.isupper()


def is_dunder(name: str) -> bool:
    """Return whether the name belongs to the language: ``__all__``, ``__slots__``."""
    return len(name) > 4 and name.startswith("__") and name.endswith("__")


def parameter_name(cell: Cell) -> str:
    """Return the bare name of a default's parameter: ``history`` of ``app.send(history)``."""
    return cell.name.rpartition("(")[2].rstrip(")")


def promises_memo(parameter: str) -> bool:
    """Return whether the name of a parameter says that its default is to last."""
    lowered = parameter.lower()
    return any(part in lowered for part in _MEMO_NAMES)
