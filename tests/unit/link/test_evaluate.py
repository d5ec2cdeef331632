"""What may a value stand for?"""

import pytest

from .project import returned, written

CLASSES = """
import contextlib, functools, threading
from collections import defaultdict, deque
from typing import Annotated, Any, ClassVar, Final, Optional, Union, cast

class A:
    kind = {}
    def __init__(self):
        self.own = []
        self.boss = B()
    def __enter__(self):
        return self
    @property
    def rows(self): return ROWS
    @functools.cached_property
    def late(self): return B()
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def build(): return B()
    def me(self): return self
    def __call__(self): return B()

class B(A):
    def rows2(self): return super().rows
    def me2(self): return super().me()

class Opener:
    def __enter__(self): return A()
    async def __aenter__(self): return B()

ROWS = []
ONE = A()
def make() -> A: ...
def give(x): return x
def first(x, y=1): return x.own
def both(c): return A() if c else B()
def rows(): return ROWS
"""

VALUES: dict[str, tuple[str, list[str]]] = {
    "constructor": ("A()", ["a m.A"]),
    "declared parameter": ("(lambda: 0)(p)", ["made constant"]),
    "class method": ("A.make()", ["a m.A"]),
    "cls is the class that says cls": ("B.make()", ["a m.A"]),
    "static method": ("A.build()", ["a m.B"]),
    "method that returns itself": ("A().me()", ["a m.A"]),
    "inherited method that returns itself": ("B().me()", ["a m.B"]),
    "instance that is called": ("A()()", ["a m.B"]),
    "factory with a declared result": ("make()", ["a m.A"]),
    "factory that passes on": ("give(A())", ["a m.A"]),
    "factory that passes on by keyword": ("give(x=A())", ["a m.A"]),
    "factory that returns an attribute": ("first(A())", ["made list", "parameter 0.own"]),
    "factory with two ways": ("both(1)", ["a m.A", "a m.B"]),
    "factory that returns a cell": ("rows()", ["cell m.ROWS"]),
    "property": ("A().rows", ["cell m.ROWS"]),
    "cached property": ("A().late", ["a m.B"]),
    "own attribute": ("A().own", ["made list"]),
    "attribute of an attribute": ("A().boss.own", ["made list"]),
    "class attribute through an instance": ("A().kind", ["cell m.A.kind"]),
    "class attribute": ("A.kind", ["cell m.A.kind"]),
    "inherited class attribute": ("B.kind", ["cell m.A.kind"]),
    "type of an instance": ("type(A())", ["class m.A"]),
    "class of an instance": ("A().__class__", ["class m.A"]),
    "getattr": ("getattr(A, 'kind')", ["cell m.A.kind"]),
    "getattr with a default": ("getattr(A, 'kind', None)", ["cell m.A.kind"]),
    "cast": ("cast(B, A())", ["a m.A"]),
    "global instance": ("ONE", ["cell m.ONE"]),
    "through a global instance": ("ONE.kind", ["cell m.A.kind"]),
    "own attribute of a global instance": ("ONE.own", ["part m.ONE.own"]),
    "element of a cell": ("ROWS[0]", ["part m.ROWS[]"]),
    "container": ("dict()", ["made dict"]),
    "container by another name": ("defaultdict(list)", ["made defaultdict"]),
    "copy": ("list(ROWS)", ["made list"]),
    "slice": ("ROWS[:]", ["made list"]),
    "method that copies": ("ROWS.copy()", ["made list"]),
    "library class": ("threading.Lock()", ["a threading.Lock"]),
    "unknown library function": ("contextlib.what()", ["a contextlib.what()?"]),
    "bound method": ("A().me", ["method m.A.me of a m.A"]),
    "function": ("make", ["function m.make"]),
    "class": ("A", ["class m.A"]),
    "namespace": ("globals()", ["NamespaceObject"]),
    "conditional": ("A() if p else ROWS", ["a m.A", "cell m.ROWS"]),
    "parameter": ("p", ["parameter 0"]),
    "attribute of a parameter": ("p.x", ["parameter 0.x", "parameter 0.x"]),
    "element of a parameter": ("p[0]", ["parameter 0[]"]),
}


@pytest.mark.parametrize(("expression", "expected"), VALUES.values(), ids=VALUES.keys())
def test_an_expression_may_be(expression: str, expected: list[str]) -> None:
    assert returned(f"{CLASSES}\ndef f(p):\n    return {expression}\n") == expected


ANNOTATIONS = {
    "class": ("A", ["a m.A"]),
    "quoted": ("'A'", ["a m.A"]),
    "optional": ("Optional[A]", ["a m.A"]),
    "or none": ("A | None", ["a m.A"]),
    "union": ("Union[A, B]", ["a m.A", "a m.B"]),
    "either": ("A | B", ["a m.A", "a m.B"]),
    "annotated": ("Annotated[A, 1]", ["a m.A"]),
    "final": ("Final[A]", ["a m.A"]),
    "type": ("type[A]", ["class m.A"]),
    "library class": ("deque[int]", ["a collections.deque"]),
    "any": ("Any", []),
    "object": ("object", []),
    "unknown": ("Nope", []),
}


@pytest.mark.parametrize(("annotation", "expected"), ANNOTATIONS.values(), ids=ANNOTATIONS.keys())
def test_an_annotation_declares(annotation: str, expected: list[str]) -> None:
    source = f"{CLASSES}\ndef f(p: {annotation}):\n    return p\n"

    assert returned(source) == sorted([*expected, "parameter 0"])


STATEMENTS = {
    "with that gives itself": ("with A() as x: pass", ["a m.A"]),
    "with that gives another": ("with Opener() as x: pass", ["a m.A", "a m.B"]),
    "local annotation": ("x: A = unknown()", ["a m.A"]),
    "loop over a cell": ("for x in ROWS: pass", ["part m.ROWS[]"]),
    "nested function": ("def x(): return A()\n    x = x()", ["a m.A"]),
    "super": ("x = B().rows2()", ["cell m.ROWS"]),
    "super gives the instance": ("x = B().me2()", ["a m.B"]),
}


@pytest.mark.parametrize(("lines", "expected"), STATEMENTS.values(), ids=STATEMENTS.keys())
def test_a_statement_binds(lines: str, expected: list[str]) -> None:
    assert returned(f"{CLASSES}\ndef f():\n    {lines}\n    return x\n") == expected


REACHED = {
    "through a returned list": "def get(): return X\ndef f(): get().append(1)",
    "through two functions": ("def a(): return X\ndef b(): return a()\ndef f(): b().append(1)"),
    "through a parameter passed on": "def give(x): return x\ndef f(): give(X).append(1)",
    "through an own attribute": (
        "class A:\n    def __init__(self): self.x = X\n    def f(self): self.x.append(1)"
    ),
    "through a closure": "def f():\n    x = X\n    def g(): x.append(1)\n    return g",
    "through a lambda": "f = lambda: X.append(1)",
    "through a comprehension": "def f(): [X.append(i) for i in range(3)]",
    "through or": "def f(p):\n    x = X or []\n    x.append(1)",
    "through a default by none": "def f(p=None):\n    x = X if p is None else p\n    x.append(1)",
    "through a method taken as a value": "def f():\n    add = X.append\n    add(1)",
    "through an element of a tuple": "def f():\n    x, y = X, 1\n    x.append(1)",
    "through a walrus": "def f():\n    if (x := X): x.append(1)",
    "through a walrus of a comprehension": "def f(p):\n    [x := X for _ in p]\n    x.append(1)",
    "through a dict that holds it": "def f():\n    d = {'x': X}\n    d['x'].append(1)",
    "through a capture of a pattern": ("def f():\n    match X:\n        case x: x.append(1)"),
    "through a function of the library": "import heapq\ndef f(): heapq.heappush(X, 1)",
    "through setattr on the module": "import m\ndef f(): setattr(m, 'X', 1)",
    "through globals": "def f(): globals()['X'] = 1",
}


@pytest.mark.parametrize("lines", REACHED.values(), ids=REACHED.keys())
def test_a_write_reaches_the_cell(lines: str) -> None:
    assert written(f"X = []\n{lines}\n") == ["m.X"]


SPARED = {
    "a copy": "def f(): list(X).append(1)",
    "a slice": "def f(): X[:].append(1)",
    "a sum": "def f():\n    x = X + [1]\n    x.append(1)",
    "a spread": "def f():\n    x = [*X]\n    x.append(1)",
    "a comprehension": "def f():\n    x = [i for i in X]\n    x.append(1)",
    "sorted": "def f(): sorted(X).append(1)",
    "a local of the same name": "def f():\n    X = []\n    X.append(1)",
    "a method that changes nothing": "def f(): X.index(1)",
    "a method that lists do not have": "def f(): X.update(1)",
    "a read": "def f(): return X[0]",
    "a container that merges it": "def f():\n    d = {**X, 'a': {}}\n    d['a']['b'] = 1",
    "a true constant": "N = 1\ndef f():\n    n = N\n    n += 1",
}


@pytest.mark.parametrize("lines", SPARED.values(), ids=SPARED.keys())
def test_a_write_to_something_else_spares_the_cell(lines: str) -> None:
    assert written(f"X = [1]\n{lines}\n") == []


def test_a_merge_of_dicts_spares_those_that_hold_constants_only() -> None:
    source = """
    BASE = {"a": 1}
    DEEP = {"a": {}}
    def f():
        x = {**BASE, "b": {}}
        x["b"]["c"] = 1
    def g():
        x = BASE | {"b": {}}
        x["b"]["c"] = 1
    def h():
        x = {**DEEP}
        x["a"]["c"] = 1
    """

    assert written(source) == ["m.DEEP"]
