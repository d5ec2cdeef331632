"""Parse source text into a syntax tree, or say in one line why that fails."""

import ast
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from pystatelint.errors import SourceError
from pystatelint.source.newer import newer_syntax

DEPTH = 20_000
"""Recursion limit for code that is nested a thousand levels deep."""


def parse(text: str) -> ast.Module:
    """Parse source text with the grammar of the running interpreter.

    Raises:
        SourceError: it is not valid Python, or too deep for the parser.
    """
    try:
        with warnings.catch_warnings():
            # What the parser finds odd is for the compiler to say, not for us.
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        raise _from_syntax_error(error, text) from error
    except (RecursionError, MemoryError) as error:
        raise SourceError("it is nested too deeply for Python's own parser") from error
    except ValueError as error:
        raise SourceError(f"the parser refuses it: {error}") from error


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Let deeply nested code be parsed and walked while the context lasts."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, DEPTH))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _from_syntax_error(error: SyntaxError, text: str) -> SourceError:
    running = sys.version_info[:2]
    line, column = max(error.lineno or 1, 1), max((error.offset or 1) - 1, 0)
    newer = newer_syntax(error.msg, _line(text, line), column, running)
    if newer is None:
        reason = f"it is not valid Python {_shown(running)}: {error.msg}"
    else:
        reason = (
            f"it needs Python {_shown(newer.since)} or newer for {newer.name}, "
            f"and statelint runs with Python {_shown(running)}"
        )
    return SourceError(reason, line, column)


def _line(text: str, number: int) -> str:
    return next(islice(text.split("\n"), number - 1, None), "")


def _shown(version: tuple[int, int]) -> str:
    return "{}.{}".format(*version)
