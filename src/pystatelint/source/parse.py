"""What is the syntax tree of a source?"""

import ast
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from pystatelint.errors import SourceError

DEPTH = 20_000
"""Recursion limit while files are read: sources may nest a thousand deep."""


def parse(text: str) -> ast.Module:
    """Return the syntax tree of a module.

    Raises:
        SourceError: the text is not valid Python, or nests deeper than the
            interpreter's own parser follows.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        line = error.lineno or 1
        column = max((error.offset or 1) - 1, 0)
        raise SourceError(f"is not valid Python: {error.msg}", line, column) from error
    except (RecursionError, MemoryError) as error:
        raise SourceError("nests too deeply for Python's own parser") from error
    except ValueError as error:
        raise SourceError(f"is not valid Python: {error}") from error


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Let recursion go as deep as sources nest, and restore the limit afterwards."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, DEPTH))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
