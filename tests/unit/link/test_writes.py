"""Which statements write a cell, and through what expression?"""

import pytest

from .project import cell, project, writes

FORMS = {
    "global": ("def f():\n    global X\n    X = 1", "rebind name X = ... in m.f"),
    "global deleted": ("def f():\n    global X\n    del X", "unbind name del X in m.f"),
    "item": ("def f(): X[0] = 1", "item name X[...] = ... in m.f"),
    "item deleted": ("def f(): del X[0]", "item name del X[...] in m.f"),
    "item augmented": ("def f(): X[0] += 1", "item name X[...] op= ... in m.f"),
    "mutator": ("def f(): X.append(1)", "method name X.append() in m.f"),
    "in place": ("def f():\n    global X\n    X += [1]", "augmented name X op= ... in m.f"),
    "through an alias": ("def f():\n    x = X\n    x.append(1)", "method name x.append() in m.f"),
    "inner item": ("def f(): X[0][1] = 1", "item name X[...][...] = ... in m.f []"),
    "at import": ("X.append(1)", "method name X.append() in m"),
    "in a class body": ("class A:\n    X.append(1)", "method name X.append() in m.A"),
    "in a lambda": ("f = lambda: X.append(1)", "method name X.append() in m.<lambda>"),
    "globals": ("def f(): globals()['X'] = 1", "rebind name globals()[...] = ... in m.f"),
    "setattr": ("import m\ndef f(): setattr(m, 'X', 1)", "rebind module setattr(..., 'X') in m.f"),
    "attribute of the module": ("import m\ndef f(): m.X = 1", "rebind module m.X = ... in m.f"),
    "library function": (
        "import heapq\ndef f(): heapq.heappush(X, 1)",
        "method name heapq.heappush(X) in m.f",
    ),
}


@pytest.mark.parametrize(("lines", "expected"), FORMS.values(), ids=FORMS.keys())
def test_a_module_cell_is_written(lines: str, expected: str) -> None:
    assert writes(f"X = [[]]\n{lines}") == {"m.X": [expected]}


CLASS = {
    "self": ("    def f(self): self.x.append(1)", "method self self.x.append() in m.A.f"),
    "cls": (
        "    @classmethod\n    def f(cls): cls.x.append(1)",
        "method class cls.x.append() in m.A.f",
    ),
    "cls under a strange decorator": (
        "    @strange\n    def f(cls): cls.x.append(1)",
        "method class cls.x.append() in m.A.f",
    ),
    "type of self": (
        "    def f(self): type(self).x.append(1)",
        "method class type().x.append() in m.A.f",
    ),
    "class of self": (
        "    def f(self): self.__class__.x = []",
        "rebind class self.__class__.x = ... in m.A.f",
    ),
    "name of the class": ("def f(): A.x = []", "rebind class A.x = ... in m.f"),
    "another instance": ("def f(a: A): a.x.append(1)", "method instance a.x.append() in m.f"),
    "new instance": ("def f(): A().x.append(1)", "method instance A().x.append() in m.f"),
    "closure over self": (
        "    def f(self):\n        def g(): self.x.append(1)\n        return g",
        "method self self.x.append() in m.A.f.<locals>.g",
    ),
    "subclass": (
        "class B(A):\n    def f(self): self.x.append(1)",
        "method self self.x.append() in m.B.f",
    ),
    "super": (
        "class B(A):\n    def f(self): super().x.append(1)",
        "method instance super().x.append() in m.B.f",
    ),
    "setattr on the class": (
        "def f(): setattr(A, 'x', 1)",
        "rebind class setattr(..., 'x') in m.f",
    ),
    "delattr on the class": ("def f(): del A.x", "unbind class del A.x in m.f"),
    "counter of the class": (
        "    @classmethod\n    def f(cls): cls.n += 1",
        "rebind class cls.n op= ... in m.A.f",
    ),
}


@pytest.mark.parametrize(("lines", "expected"), CLASS.values(), ids=CLASS.keys())
def test_a_class_cell_is_written(lines: str, expected: str) -> None:
    (found,) = writes(f"class A:\n    x = []\n    n = 0\n{lines}").values()

    assert found == [expected]


ELSEWHERE = {
    "default that grows": (
        "def f(x=[]): x.append(1)",
        {"m.f(x)": ["method parameter x.append() in m.f"]},
    ),
    "default that is replaced when empty": (
        "def f(x=[]):\n    x = x or []\n    x.append(1)",
        {},
    ),
    "default of none": ("def f(x=None):\n    x = x or []\n    x.append(1)", {}),
    "attribute of a held instance": (
        "class A: pass\nX = A()\ndef f(): X.a = 1",
        {"m.X": ["attribute name X.a = ... in m.f .a"]},
    ),
    "container inside a held instance": (
        "class A:\n    def __init__(self): self.rows = []\nX = A()\ndef f(): X.rows.append(1)",
        {"m.X": ["method name X.rows.append() in m.f .rows"]},
    ),
    "defaultdict that is read under a key that is in it": (
        (
            "from collections import defaultdict\nX = defaultdict(list)\n"
            "def f(k):\n    if k in X: return X[k]"
        ),
        {},
    ),
    "defaultdict that is read after a test for another key": (
        (
            "from collections import defaultdict\nX = defaultdict(list)\n"
            "def f(k, j):\n    if j not in X: return\n    return X[k]"
        ),
        {"m.X": ["item name X[...] inserts a missing key in m.f"]},
    ),
    "defaultdict that is read": (
        "from collections import defaultdict\nX = defaultdict(list)\ndef f(k): return X[k]",
        {"m.X": ["item name X[...] inserts a missing key in m.f"]},
    ),
    "dict that is read": ("X = {}\ndef f(k): return X[k]", {}),
    "name that only a write makes": (
        {"a.py": "", "m.py": "import a\ndef f(): a.X = []"},
        {"a.X": ["rebind module a.X = ... in m.f"]},
    ),
    "object of two cells": (
        {
            "a.py": "X = []",
            "b.py": "import a\nY = []\na.X = Y\ndef f(): Y.append(1)",
        },
        {
            "a.X": ["rebind module a.X = ... in b"],
            "b.Y": ["method name Y.append() in b.f"],
        },
    ),
    "number": (
        "X = 0\ndef f():\n    global X\n    X += 1",
        {"m.X": ["rebind name X op= ... in m.f"]},
    ),
    "one of several classes": (
        "class A:\n    x = 1\nclass B:\n    x = 1\ndef f(c):\n    k = A if c else B\n    k.x = 2",
        {},
    ),
    "constants have no methods that change them": ("X = 'a'\ndef f(): X.append(1)", {}),
    "class made by each call": (
        "def f():\n    class A:\n        x = []\n    A.x.append(1)",
        {},
    ),
    "protocols say what others look like": (
        (
            "from typing import Protocol\nclass A(Protocol):\n    x = []\n"
            "    def f(self): self.x.append(1)"
        ),
        {},
    ),
    "nonlocal names are no globals": (
        "x = 0\ndef f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n    return g",
        {},
    ),
}


@pytest.mark.parametrize(("files", "expected"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_writes(files: str | dict[str, str], expected: dict[str, list[str]]) -> None:
    assert writes(files) == expected


def hops(source: str) -> list[str]:
    (one,) = cell(project(source), "m.X").writes
    return [step.text for step in one.aliases]


ROUTES = {
    "none": ("def f(): X.append(1)", []),
    "local name": (
        "def f():\n    x = X\n    x.append(1)",
        ["held by the local name x: x = X"],
    ),
    "returned": (
        "def get(): return X\ndef f(): get().append(1)",
        ["returned by reference from get()"],
    ),
    "a cast is no function that returns it": (
        "from typing import cast\ndef f(): cast('list', X).append(1)",
        [],
    ),
    "what is cast is held by a local name": (
        "import typing\ndef f():\n    x = X\n    typing.cast(list, x).append(1)",
        ["held by the local name x: x = X"],
    ),
    "a cast of what a function returns": (
        "from typing import cast\ndef get(): return X\ndef f(): cast('list', get()).append(1)",
        ["returned by reference from get()"],
    ),
    "own attribute": (
        "class A:\n    def __init__(self): self.x = X\n    def f(self): self.x.append(1)",
        ["self.x is the same object, not a copy, in m.A.__init__"],
    ),
    "element of a loop": (
        "def f():\n    for x in X: x.append(1)",
        ["held by the local name x: x = X[...]"],
    ),
}


@pytest.mark.parametrize(("lines", "expected"), ROUTES.values(), ids=ROUTES.keys())
def test_the_way_to_the_cell_is_told(lines: str, expected: list[str]) -> None:
    assert hops(f"X = [[]]\n{lines}") == expected


def test_what_a_write_stores_is_told() -> None:
    source = "X = {}\ndef f(key):\n    X[key] = []\ndef g():\n    X['a'] = 1"

    found = [
        (each.from_parameter, each.value.kind if each.value else "")
        for each in cell(project(source), "m.X").writes
    ]

    assert found == [(True, "list"), (False, "constant")]


FIRST = {
    "none replaced behind a test": (
        "X = None\ndef f():\n    global X\n    if X is None: X = []",
        True,
    ),
    "without a test": ("X = None\ndef f():\n    global X\n    X = []", False),
    "another start": ("X = 1\ndef f():\n    global X\n    if X: X = []", False),
    "by a constant": ("X = None\ndef f():\n    global X\n    if X is None: X = 1", False),
}


@pytest.mark.parametrize(("source", "expected"), FIRST.values(), ids=FIRST.keys())
def test_lazy_initialisation_binds_first(source: str, expected: bool) -> None:
    (one,) = cell(project(source), "m.X").writes

    assert one.binds_first is expected


HELD = {
    "module lock": ("L = threading.Lock()\ndef f():\n    with L: X.append(1)", ("m.L",)),
    "lock of another module's name": (
        "from threading import RLock\nL = RLock()\ndef f():\n    with L: X.append(1)",
        ("m.L",),
    ),
    "class lock": (
        "class A:\n    l = threading.Lock()\n    def f(self):\n        with self.l: X.append(1)",
        ("m.A.l",),
    ),
    "lock of an instance": (
        (
            "class A:\n    def __init__(self): self.l = threading.Lock()\n"
            "    def f(self):\n        with self.l: X.append(1)"
        ),
        ("m.A.l",),
    ),
    "lock of a global instance": (
        (
            "class A:\n    def __init__(self): self.l = threading.Lock()\nO = A()\n"
            "def f():\n    with O.l: X.append(1)"
        ),
        ("m.O.l",),
    ),
    "two locks": (
        "L = threading.Lock()\nM = threading.Lock()\ndef f():\n    with M, L: X.append(1)",
        ("m.L", "m.M"),
    ),
    "asynchronous lock": (
        "import asyncio\nL = asyncio.Lock()\nasync def f():\n    async with L: X.append(1)",
        ("m.L",),
    ),
    "lock of this call alone": ("def f():\n    with threading.Lock(): X.append(1)", ()),
    "local lock": ("def f():\n    l = threading.Lock()\n    with l: X.append(1)", ()),
    "no lock": ("def f():\n    with open('a'): X.append(1)", ()),
    "after the lock": (
        "L = threading.Lock()\ndef f():\n    with L: pass\n    X.append(1)",
        (),
    ),
    "alias of a lock": (
        "L = threading.Lock()\ndef f():\n    l = L\n    with l: X.append(1)",
        ("m.L",),
    ),
}


@pytest.mark.parametrize(("lines", "expected"), HELD.values(), ids=HELD.keys())
def test_locks_held(lines: str, expected: tuple[str, ...]) -> None:
    (one,) = cell(project(f"import threading\nX = []\n{lines}"), "m.X").writes

    assert one.guarded == expected


IDIOMS = {
    "task keepalive": (
        "async def f(t):\n    X.add(t)\n    t.add_done_callback(X.discard)",
        "task-keepalive",
    ),
    "released by a function": (
        "def done(t): X.discard(t)\ndef f(t):\n    X.add(t)\n    t.add_done_callback(done)",
        "task-keepalive",
    ),
    "never released": ("def f(t): X.add(t)", ""),
    "released, but added elsewhere too": (
        "def f(t):\n    X.add(t)\n    t.add_done_callback(X.discard)\ndef g(t): X.add(t)",
        "",
    ),
    "cleared": (
        "def f(t):\n    X.add(t)\n    t.add_done_callback(X.discard)\ndef g(): X.clear()",
        "",
    ),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("lines", "expected"), IDIOMS.values(), ids=IDIOMS.keys())
def test_idioms(lines: str, expected: str) -> None:
    assert cell(project(f"X = set()\n{lines}"), "m.X").idiom == expected
