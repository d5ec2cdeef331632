"""Which sequences and dicts hold one new object at every place, and who changes it?"""

import pytest

from .project import Files, project


def repetitions(files: Files | str) -> list[str]:
    """Kind, how the places are told apart, and what became of them."""
    return [
        " ".join(
            word
            for word, said in (
                (each.kind or "object", True),
                ("by key", each.by_key),
                ("written", each.write is not None),
                ("replaced", each.replaced),
                ("kept", each.kept),
            )
            if said
        )
        for each in project(files).aliased_elements
    ]


EXPRESSIONS = {
    "[[]] * n": ["list"],
    "n * [[]]": ["list"],
    "([],) * n": ["list"],
    "[{}] * n": ["dict"],
    "[{1}] * n": ["set"],
    "[[0] * n] * n": ["list"],
    "[list(n)] * n": ["list"],
    "[[x for x in n]] * n": ["list"],
    "[deque()] * n": ["deque"],
    "[A()] * n": ["object"],
    "dict.fromkeys(n, [])": ["list by key"],
    "dict.fromkeys(n, value={})": ["dict by key"],
    "{}.fromkeys(n, set())": ["set by key"],
    "OrderedDict.fromkeys(n, [])": ["list by key"],
    "[0] * n": [],
    "[n] * n": [],
    "['a', None, ()] * n": [],
    "[[]] * 1": [],
    "[[]] + n": [],
    "[iter(n)] * n": [],
    "[unknown()] * n": [],
    "[Frozen()] * n": [],
    "dict.fromkeys(n)": [],
    "dict.fromkeys(n, 0)": [],
    "dict.fromkeys(n, m)": [],
    "n.fromkeys(n, [])": [],
}

MODULE = """
from collections import OrderedDict, deque
from enum import Enum
from unknown import unknown
class A:
    def __init__(self): self.x = 1
class Frozen(Enum):
    x = 1
def f(n, m):
    x = {expression}
    {more}
"""


@pytest.mark.parametrize(("expression", "expected"), EXPRESSIONS.items(), ids=EXPRESSIONS.keys())
def test_what_repeats_a_new_object(expression: str, expected: list[str]) -> None:
    assert repetitions(MODULE.format(expression=expression, more="pass")) == expected


LISTS = {
    "x[0].append(1)": ["list written"],
    "x[0][0] = 1": ["list written"],
    "del x[0][0]": ["list written"],
    "x[0] += [1]": ["list written"],
    "y = x[0]; y.append(1)": ["list written"],
    "for y in x: y.append(1)": ["list written"],
    "x[0][0].append(1)": ["list written"],
    "return x": ["list kept"],
    "return x, 1": ["list kept"],
    "return x[0]": ["list"],
    "print(x)": ["list"],
    "x.append([])": ["list"],
    "x[0] = []": ["list replaced"],
    "x[0] = []; x[0].append(1)": ["list written replaced"],
    "x[0].count(1)": ["list"],
    "m[0].append(1)": ["list"],
}


@pytest.mark.parametrize(("more", "expected"), LISTS.items(), ids=LISTS.keys())
def test_what_a_function_does_with_it(more: str, expected: list[str]) -> None:
    assert repetitions(MODULE.format(expression="[[]] * n", more=more)) == expected


DICTS = {
    "x[1].append(1)": ["list by key written"],
    "x.get(1).append(1)": ["list by key written"],
    "x.setdefault(1, []).append(1)": ["list by key written"],
    "for y in x.values(): y.append(1)": ["list by key written"],
    "for k, y in x.items(): y.append(1)": ["list by key written"],
    "x.update(m)": ["list by key"],
    "x[1] = []": ["list by key replaced"],
}


@pytest.mark.parametrize(("more", "expected"), DICTS.items(), ids=DICTS.keys())
def test_what_a_function_does_with_a_dict(more: str, expected: list[str]) -> None:
    found = repetitions(MODULE.format(expression="dict.fromkeys(n, [])", more=more))

    assert found == expected


HELD = {
    "module": ("x = [[]] * 3\ndef f(): x[0].append(1)", ["list written kept"]),
    "module, only read": ("x = [[]] * 3\ndef f(): return x[0]", ["list kept"]),
    "module, places filled": ("x = [[]] * 3\ndef f(): x[0] = []", ["list replaced kept"]),
    "class": ("class A:\n    x = [[]] * 3\ndef f(): A.x[0].append(1)", ["list written kept"]),
    "object": (
        "class A:\n    def __init__(self): self.x = [[]] * 3\n    def f(self): self.x[0].append(1)",
        ["list written kept"],
    ),
    "object of a subclass": (
        (
            "class A:\n    def __init__(self): self.x = [[]] * 3\n"
            "class B(A):\n    def f(self): self.x[0].append(1)"
        ),
        ["list written kept"],
    ),
    "another attribute": (
        "class A:\n    def __init__(self): self.x = [[]] * 3\n    def f(self): self.y[0].append(1)",
        ["list kept"],
    ),
    "attribute of an element": (
        (
            "class A:\n    def __init__(self): self.n = 1\n"
            "def f(n):\n    x = [A()] * n\n    x[0].n = 2"
        ),
        ["object written"],
    ),
    "of a test": ({"test_m.py": "x = [[]] * 3"}, []),
}


@pytest.mark.parametrize(("files", "expected"), HELD.values(), ids=HELD.keys())
def test_who_holds_it_may_change_it(files: Files | str, expected: list[str]) -> None:
    assert repetitions(files) == expected
