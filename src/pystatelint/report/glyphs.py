"""How does a character look on a terminal, and how wide is it?"""

import unicodedata

JOINERS = "\u200c\u200d"
"""Invisible, but scripts and emoji are spelt with them."""


def visible(text: str) -> str:
    """Return `text` on one line, with nothing that steers a terminal or hides."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(glyph, text))


def glyph(character: str) -> str:
    """Return what to show for one character: itself, unless that would not be seen.

    C0 controls become their Unicode pictures; other controls, line separators,
    bidirectional overrides and lone surrogates become ``<U+202E>``.
    """
    code = ord(character)
    if character < " ":
        return chr(0x2400 + code)
    if character == "\x7f":
        return "\u2421"
    match unicodedata.category(character):
        case "Cc" | "Cs" | "Zl" | "Zp":
            return f"<U+{code:04X}>"
        case "Cf" if character not in JOINERS:
            return f"<U+{code:04X}>"
    return character


def width(text: str) -> int:
    """Return the number of terminal columns that `text` takes."""
    if text.isascii():
        return len(text)
    return sum(map(character_width, text))


def character_width(character: str) -> int:
    """Return 0 for combining marks and joiners, 2 for wide characters, else 1."""
    if unicodedata.category(character) in {"Mn", "Me"} or character in JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def padded(text: str, columns: int) -> str:
    """Return `text` filled up with spaces to `columns` terminal columns."""
    return text + " " * (columns - width(text))


def wrapped(text: str, columns: int) -> tuple[str, ...]:
    """Return `text` as lines of at most `columns`; a longer word gets its own line."""
    lines = [""]
    for word in text.split():
        extended = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and width(extended) > columns:
            lines.append(word)
        else:
            lines[-1] = extended
    return tuple(lines)
