"""What does a rule's docstring say, section by section?"""

from collections.abc import Iterator

_HEADING = "## "


def short_description(doc: str) -> str:
    """Return the summary: the first line."""
    return doc.strip().partition("\n")[0].strip()


def first_section(doc: str) -> str:
    """Return what stands under the first heading as one paragraph, else the summary."""
    return " ".join(_body_of_first_section(doc)) or short_description(doc)


def _body_of_first_section(doc: str) -> Iterator[str]:
    """Yield the lines between the first heading and the second, stripped."""
    headings = 0
    for line in doc.splitlines():
        headings += line.startswith(_HEADING)
        if headings == 1 and line.strip() and not line.startswith(_HEADING):
            yield line.strip()


def limited(text: str, size: int) -> str:
    """Return `text`, cut at a word with dots if it is longer than `size`."""
    if len(text) <= size:
        return text
    return text[: size - 3].rsplit(" ", 1)[0] + "..."
