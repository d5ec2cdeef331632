"""Syntax that a later Python has is told from what is no Python, by a sign at the error."""

import sys

import pytest

from pystatelint.errors import SourceError
from pystatelint.source.newer import newer_syntax
from pystatelint.source.parse import parse

RUNNING = sys.version_info[:2]

NO_PYTHON = [
    pytest.param("def broken(:\n    pass\n", id="nothing at all"),
    pytest.param("print 'type X = int'\n", id="Python 2 that prints"),
    pytest.param("print \"what's t'other\"\n", id="Python 2 that prints what looks like t"),
    pytest.param("try:\n    a\nexcept ValueError, error:\n    b\n", id="Python 2 that catches"),
    pytest.param("type X int\n", id="a type statement without its sign"),
    pytest.param("type = 3 4\n", id="a variable of that name"),
    pytest.param("def f[](x): pass\n", id="no parameter in the brackets"),
    pytest.param("class A(B[T], x y): pass\n", id="brackets elsewhere"),
    pytest.param("t 'a'\n", id="a string behind a name"),
    pytest.param("a = 'x' b; c = 't\"y\"'\n", id="a sign behind the error"),
    pytest.param("lazy imports = 1\n", id="a word that begins like import"),
    pytest.param('x = f"{a b}"\n', id="an f-string that no Python reads"),
    pytest.param("x = f'{}'\n", id="an f-string without an expression"),
    pytest.param('x = f"{a["b}"\n', id="an f-string with an open bracket"),
    pytest.param("class A\n    x = [T]\n", id="a class without a colon"),
]


@pytest.mark.parametrize("text", NO_PYTHON)
def test_what_no_python_reads_is_called_so(text: str) -> None:
    with pytest.raises(SourceError, match=rf"it is not valid Python 3\.{RUNNING[1]}: "):
        parse(text)


NEWER = [
    pytest.param("type X = int\n", (3, 12), "the type statement", id="type"),
    pytest.param("def f():\n    type Y[T] = list[T]\n", (3, 12), "the type statement", id="inside"),
    pytest.param("class A[T]:\n    pass\n", (3, 12), "type parameters", id="class"),
    pytest.param("class A[*Ts](B, metaclass=M):\n    pass\n", (3, 12), "type param", id="bases"),
    pytest.param("def f[T: (int, str)](x: T = 1): ...\n", (3, 12), "type parameters", id="def"),
    pytest.param("async def f[**P](): ...\n", (3, 12), "type parameters", id="async def"),
    pytest.param("class A[\n    T,\n]:\n    pass\n", (3, 12), "type parameters", id="lines"),
    pytest.param('x = f"{row["name"]}"\n', (3, 12), "quotes of the f-string", id="quotes"),
    pytest.param('f(f"a {", ".join(x)} b")\n', (3, 12), "quotes of the f-string", id="comma"),
    pytest.param('x = f"{f"{f"{1}"}"}"\n', (3, 12), "quotes of the f-string", id="nested"),
    pytest.param("x = (\n  1,\n  f'{a['b']} c',\n)\n", (3, 12), "quotes of", id="in brackets"),
    pytest.param("x = f\"{'\\n'.join(y)}\"\n", (3, 12), "backslashes in", id="backslash"),
    pytest.param("class A[T = int]:\n    pass\n", (3, 13), "defaults of type", id="default"),
    pytest.param("type A[T = int] = list[T]\n", (3, 13), "defaults of type", id="of a type"),
    pytest.param('x = t"{a}"\n', (3, 14), "t-strings", id="t-string"),
    pytest.param("run(tr'''a\n{b}''')\n", (3, 14), "t-strings", id="raw t-string"),
    pytest.param(
        "try:\n    a\nexcept OSError, os.Error:\n    b\n", (3, 14), "several", id="exceptions"
    ),
    pytest.param("lazy import os\n", (3, 15), "lazy imports", id="lazy import"),
    pytest.param("lazy from os import path\n", (3, 15), "lazy imports", id="lazy from"),
    pytest.param("x = [*y for y in z]\n", (3, 15), "unpacking in", id="unpacking"),
    pytest.param("x = {**y for y in z}\n", (3, 15), "unpacking in", id="unpacking of a dict"),
]


@pytest.mark.parametrize(("text", "since", "name"), NEWER)
def test_what_a_later_python_reads_names_it(text: str, since: tuple[int, int], name: str) -> None:
    if since <= RUNNING:
        parse(text)
        return
    with pytest.raises(SourceError) as caught:
        parse(text)
    needed = f"it needs Python {since[0]}.{since[1]} or newer for {name}"
    assert caught.value.reason.startswith(needed)
    assert caught.value.reason.endswith("and statelint runs with Python {}.{}".format(*RUNNING))


def test_what_the_running_python_knows_is_no_excuse() -> None:
    assert newer_syntax("invalid syntax", "type X = int", 5, (3, 11))
    assert newer_syntax("invalid syntax", "type X = int", 5, (3, 12)) is None
