"""Find the line of a TOML text on which a key or a value is written."""

import re
from collections.abc import Iterator

_KEY = r"""[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*'"""
_PATH = rf"(?P<path>(?:{_KEY})(?:\s*\.\s*(?:{_KEY}))*)"
_HEADER = re.compile(rf"\s*\[\[?\s*{_PATH}\s*\]\]?\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(rf"\s*{_PATH}\s*=")


def line_of_key(text: str, path: tuple[str, ...]) -> int:
    """Return the 1-based line that defines the key.

    Args:
        text: the TOML document.
        path: the key with its tables from the root, such as
            ``("tool", "statelint", "select")``; kebab-case and snake_case match
            one another. A key of an inline table has the line of that table.
    """
    wanted = tuple(map(_spelling, path))
    known = ((_shared(wanted, keys), line) for keys, line in _definitions(text))
    shared, line = max(known, key=lambda item: (item[0], -item[1]), default=(0, 1))
    return line if shared else 1


def line_of_value(text: str, path: tuple[str, ...], value: str) -> int:
    """Return the 1-based line with the quoted `value` of a key, or the key's line."""
    first = line_of_key(text, path)
    ends = (line for _, line in _definitions(text) if line > first)
    last = min(ends, default=text.count("\n") + 2)
    for number, line in enumerate(text.split("\n")[first - 1 : last - 1], first):
        if re.search(rf"""["',\s]{re.escape(value)}["',\s]""", line):
            return number
    return first


def _definitions(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = _keys(header["path"])
            yield table, number
        elif assignment := _ASSIGNMENT.match(line):
            yield (*table, *_keys(assignment["path"])), number


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(_spelling(key.strip("\"'")) for key in re.findall(_KEY, dotted))


def _spelling(key: str) -> str:
    return key.replace("_", "-")


def _shared(wanted: tuple[str, ...], keys: tuple[str, ...]) -> int:
    # A definition that goes on beyond the wanted key still opens it, as
    # `[tool.statelint.stateless]` opens `stateless`; one that departs does not.
    size = min(len(wanted), len(keys))
    return size if wanted[:size] == keys[:size] else 0
