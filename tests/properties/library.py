"""Files of the standard library as material."""

import ast
import sysconfig
import tokenize
import warnings
from collections.abc import Iterator
from pathlib import Path

from pystatelint.facts.extract import extract
from pystatelint.model.module_facts import ModuleFacts
from pystatelint.source.parse import deep_recursion

LIB = Path(sysconfig.get_path("stdlib"))
FILES = tuple(
    sorted(path for path in LIB.rglob("*.py") if "site-packages" not in path.relative_to(LIB).parts)
)
STEP = max(len(FILES) // 150, 1)
SAMPLE = FILES[::STEP]


def text_of(path: Path) -> str | None:
    """The source, None if the file is not meant to be Python 3."""
    try:
        with tokenize.open(path) as file:
            return file.read()
    except (SyntaxError, UnicodeDecodeError):
        return None


def parsed(paths: tuple[Path, ...]) -> Iterator[tuple[Path, str, ast.Module]]:
    for path in paths:
        text = text_of(path)
        if text is None:
            continue
        try:
            with deep_recursion(), warnings.catch_warnings(action="ignore"):
                tree = ast.parse(text)
                compile(tree, str(path), "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        yield path, text, tree


def read(tree: ast.Module, text: str) -> ModuleFacts:
    with deep_recursion():
        return extract(tree, text)
