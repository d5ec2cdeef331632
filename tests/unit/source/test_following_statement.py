"""What a comment takes for the next statement must be one to Python's own parser."""

import argparse
import ast
import dataclasses
import enum
import json.decoder
import tempfile
import typing
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from pystatelint.source.comments import comments_of

PRAGMA = "# statelint: ignore[HMS101] -- why"
MODULES = (argparse, dataclasses, enum, json.decoder, tempfile, typing)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_comment_above_a_statement_speaks_for_its_lines(module: ModuleType) -> None:
    """Put a comment above every statement of real code, and look at each of them."""
    assert module.__file__
    text = Path(module.__file__).read_text(encoding="utf-8")
    statements = {_first_line(each): each for each in _statements(ast.parse(text))}
    comments = comments_of(_with_pragmas(text, set(statements)))
    # Every comment pushes what follows one line down.
    seen = {each.line - index: (each, index + 1) for index, each in enumerate(comments.pragmas)}
    assert list(seen) == sorted(statements)
    for line, (comment, shift) in seen.items():
        first, last = comment.next_first - shift, comment.next_last - shift
        inside = [each for each in statements if line < each <= last]
        assert (comment.own_line, first) == (True, line)
        assert not inside, f"{line}: reaches into the statement at {inside}"
        # Comments inside of the statement itself push its end further down.
        assert last >= _least_last_line(statements[line]), f"{line}: ends at {last}"


def _with_pragmas(text: str, lines: set[int]) -> str:
    parts: list[str] = []
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        indent = line[: len(line) - len(line.lstrip())]
        parts.append(f"{indent}{PRAGMA}\n{line}" if number in lines else line)
    return "".join(parts)


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            yield node


def _first_line(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min((each.lineno for each in decorators), default=node.lineno)


def _least_last_line(node: ast.stmt) -> int:
    """Return the last line of a statement, or of the last expression of its header."""
    if not hasattr(node, "body") and not hasattr(node, "cases"):
        return node.end_lineno or node.lineno
    header = (each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr))
    return max((each.end_lineno or 0 for each in header), default=node.lineno)
