"""Which iterators a process shares."""

import pytest

from .project import project

ITERATORS: dict[str, tuple[str, list[tuple[str, str, list[str]]]]] = {
    "nobody advances it": ("X = iter('ab')\ndef f(): return list(X)", []),
    "a list is none": ("X = []\ndef f(): return next(X)", []),
    "a local name hides it": ("X = iter('ab')\ndef f(X): return next(X)", []),
    "a class made by each call": (
        "def f():\n    class A:\n        x = iter('ab')\n        def g(self): next(self.x)",
        [],
    ),
    "of a module": (
        "X = iter('ab')\ndef f(): return next(X)",
        [("m.X", "iter", ["next(X) in m.f"])],
    ),
    "of a class": (
        "from itertools import count\nclass A:\n    x = count()\n    def g(self): next(self.x)",
        [("m.A.x", "itertools.count", ["next(self.x) in m.A.g"])],
    ),
    "a generator, at import too": (
        "X = (i for i in 'ab')\nnext(X)\ndef f(): X.send(1)",
        [("m.X", "generator", ["next(X) in m", "X.send() in m.f"])],
    ),
}


@pytest.mark.parametrize(("source", "expected"), ITERATORS.values(), ids=ITERATORS.keys())
def test_which_iterators_are_shared(
    source: str, expected: list[tuple[str, str, list[str]]]
) -> None:
    found = [
        (each.symbol, each.maker, [f"{one.text} in {one.function}" for one in each.writes])
        for each in project(source).shared_iterators
    ]

    assert found == expected
