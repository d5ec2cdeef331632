"""What does a rule's docstring say, section by section?"""

from collections.abc import Iterator

SECTIONS = frozenset(
    {
        "What it finds",
        "Why it hurts",
        "When it is fine",
        "Example",
        "Use instead",
        "Options",
        "Fix",
        "References",
    }
)
"""The fixed headings of a rule's docstring."""

UNDERLINES = frozenset("-=~^")


def short_description(doc: str) -> str:
    """Return the summary: the first line."""
    return doc.strip().partition("\n")[0].strip()


def first_section(doc: str) -> str:
    """Return what stands under the first heading as one paragraph, else the summary."""
    text = " ".join(body_of_first_section(doc.strip().splitlines()[1:]))
    return text or short_description(doc)


def body_of_first_section(lines: list[str]) -> Iterator[str]:
    """Yield the lines between the first heading and the second, stripped."""
    headings = 0
    for line in lines:
        headings += is_heading(line)
        if headings == 1 and line.strip() and not is_heading(line) and not is_underline(line):
            yield line.strip()


def is_heading(line: str) -> bool:
    """Tell whether a line is one of `SECTIONS`, plain, underlined or with ``#``."""
    return line.strip().strip("#*:").strip() in SECTIONS


def is_underline(line: str) -> bool:
    """Tell whether a line only underlines the one above."""
    return set() != set(line.strip()) <= UNDERLINES


def limited(text: str, size: int) -> str:
    """Return `text`, cut at a word with dots if it is longer than `size`."""
    if len(text) <= size:
        return text
    return text[: size - 3].rsplit(" ", 1)[0] + "..."
