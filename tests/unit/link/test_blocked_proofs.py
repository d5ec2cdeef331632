"""What blocks the proof that a cell is constant, and where does that stand?"""

import pytest

from pystatelint.link.records import Verdict

from .project import cell, project


def test_an_escape_tells_where() -> None:
    (step,) = cell(project("X = []\ndef f():\n    keep(X)"), "m.X").escapes

    assert (step.path, step.span.line, step.text) == ("m.py", 3, "passed to a call")


VETOES: dict[str, tuple[str, list[tuple[int, str]]]] = {
    "nobody unknown writes the name": ("def f(p): p.Y.append(1)\nX = []", []),
    "a method that changes": (
        "X = []\ndef f(p):\n    p.X.append(1)",
        [(3, "p.X.append() may change any X")],
    ),
    "an item": (
        "X = []\ndef f(p):\n    p.X[0] = 1",
        [(3, "p.X is written, and may be any X")],
    ),
    "a computed attribute": (
        "import m\nX = []\ndef f(n):\n    setattr(m, n, 1)",
        [(4, "setattr() with a name that is not constant")],
    ),
    "a computed global": (
        "X = []\ndef f(n):\n    globals()[n] = 1",
        [(3, "writes a name that is not constant")],
    ),
    "code": ("X = []\ndef f(n):\n    exec(n)", [(3, "exec() can bind any name of the module")]),
    "a namespace": (
        "import m\nX = []\ndef f(n):\n    vars(m).update(n)",
        [(4, "vars().update() changes the namespace")],
    ),
    "the name before the namespace": (
        "X = []\ndef f(n, p):\n    exec(n)\n    p.X.append(1)",
        [
            (4, "p.X.append() may change any X"),
            (3, "exec() can bind any name of the module"),
        ],
    ),
    "no more than the first five": (
        "X = []\ndef f(p):\n" + "    p.X.append(1)\n" * 9,
        [(line, "p.X.append() may change any X") for line in range(3, 8)],
    ),
}


@pytest.mark.parametrize(("source", "expected"), VETOES.values(), ids=VETOES.keys())
def test_a_veto_tells_where_and_by_what(source: str, expected: list[tuple[int, str]]) -> None:
    vetoes = cell(project(source), "m.X").vetoes

    assert [(step.span.line, step.text) for step in vetoes] == expected
    assert {step.path for step in vetoes} <= {"m.py"}


SHARED = {
    "a weak set": ("from weakref import WeakSet\nX = WeakSet()\ndef f(p): X.add(p)", 1),
    "a weak dict of a class": (
        "import weakref\nX = weakref.WeakKeyDictionary()\ndef f(p): X[p] = 1\ndef g(p): del X[p]",
        2,
    ),
    "a queue": ("import queue\nX = queue.Queue()\ndef f(p): X.put(p)", 1),
    "a weak set that is only read": (
        "from weakref import WeakSet\nX = WeakSet()\ndef f(p): return p in X",
        0,
    ),
    "each thread has its own": ("import threading\nX = threading.local()\ndef f(p): X.p = p", 0),
    "each thread has its own list": (
        "import threading\nX = threading.local()\nX.seen = []\ndef f(p): X.seen.append(p)",
        0,
    ),
}


@pytest.mark.parametrize(("source", "number"), SHARED.values(), ids=SHARED.keys())
def test_what_all_may_change_is_safe_and_its_writes_are_known(source: str, number: int) -> None:
    found = cell(project(source), "m.X")

    assert found.verdict is Verdict.SAFE
    assert len(found.run_writes) == number
