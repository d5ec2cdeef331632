"""The code blocks of a rule's documentation, and what they must report."""

import re
from collections.abc import Iterator

import msgspec

from pystatelint.model.rule import Rule

ALONE = "example.py"
"""Path of a block's module where no ``# file:`` line names one."""

_BLOCK = re.compile(
    r"^## (?P<title>[^\n]+)$|^```python\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
_FILE = re.compile(r"^# file: (?P<path>\S+)$")
_CONFIG = re.compile(r"^# config: (?P<line>.+)$", re.MULTILINE)
_EXPECT = re.compile(r"# expect: (?P<codes>HMS\d{3}(?:, HMS\d{3})*)$")


class Expectation(msgspec.Struct, frozen=True, order=True):
    """A finding that an example promises.

    Attributes:
        path: file of the example.
        line: 1-based line in that file.
        code: the rule's code.
    """

    path: str
    line: int
    code: str


class Example(msgspec.Struct, frozen=True):
    """One code block.

    Attributes:
        section: heading above it: ``Example``, ``Use instead`` or ``When it is fine``.
        files: ``(path, source)`` of each module.
        config: lines of ``[tool.statelint]`` that the block asks for (``# config:``).
        expected: what must be reported; nothing else of the rule's code may be.
    """

    section: str
    files: tuple[tuple[str, str], ...]
    config: tuple[str, ...]
    expected: tuple[Expectation, ...]


def examples_of(rule: Rule) -> Iterator[Example]:
    """Yield the code blocks of the rule's documentation, in order."""
    section = ""
    for match in _BLOCK.finditer(rule.doc):
        section = match["title"] or section
        if match["code"] is not None:
            yield _example(section, match["code"])


def _example(section: str, code: str) -> Example:
    files = tuple(_files(code))
    return Example(
        section=section,
        files=files,
        config=tuple(match["line"] for match in _CONFIG.finditer(code)),
        expected=tuple(each for path, source in files for each in _expectations(path, source)),
    )


def _files(code: str) -> Iterator[tuple[str, str]]:
    path, lines = ALONE, list[str]()
    for line in code.splitlines(keepends=True):
        if start := _FILE.match(line.rstrip()):
            if "".join(lines).strip():
                yield path, "".join(lines)
            path, lines = start["path"], []
        else:
            lines.append(line)
    yield path, "".join(lines)


def _expectations(path: str, source: str) -> Iterator[Expectation]:
    for number, line in enumerate(source.splitlines(), start=1):
        if marker := _EXPECT.search(line):
            for code in marker["codes"].split(", "):
                yield Expectation(path, number, code)
