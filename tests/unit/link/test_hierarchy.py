"""Which classes does a class inherit from, in which order?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .project import class_info, project, written

Hierarchy = tuple[tuple[int, ...], ...]
"""For each class the numbers of its bases, all smaller than its own."""


@st.composite
def hierarchies(draw: st.DrawFn) -> Hierarchy:
    found: list[tuple[int, ...]] = [()]
    for number in range(1, draw(st.integers(2, 9))):
        bases = st.lists(st.integers(0, number - 1), max_size=4, unique=True)
        found.append(tuple(draw(bases)))
    return tuple(found)


def by_python(hierarchy: Hierarchy) -> dict[str, tuple[str, ...] | None]:
    """The order that Python finds for each class; None if it refuses, or refused a base."""
    made: dict[int, type] = {}
    orders: dict[str, tuple[str, ...] | None] = {}
    for number, bases in enumerate(hierarchy):
        try:
            made[number] = type(f"C{number}", tuple(made[base] for base in bases), {})
        except (KeyError, TypeError):
            orders[f"m.C{number}"] = None
        else:
            names = tuple(f"m.{each.__name__}" for each in made[number].mro()[1:-1])
            orders[f"m.C{number}"] = names
    return orders


def below(hierarchy: Hierarchy, number: int) -> set[str]:
    """All classes that one inherits from."""
    found: set[str] = set()
    for base in hierarchy[number]:
        found |= {f"m.C{base}", *below(hierarchy, base)}
    return found


@given(hierarchies())
@settings(max_examples=150, deadline=None)
def test_the_resolution_order_is_that_of_python(hierarchy: Hierarchy) -> None:
    source = "\n".join(
        f"class C{number}({', '.join(f'C{base}' for base in bases)}): pass"
        for number, bases in enumerate(hierarchy)
    )

    found = {each.symbol: each.ancestors for each in project(source).classes}

    for number, (symbol, order) in enumerate(by_python(hierarchy).items()):
        if order is not None:
            assert found[symbol] == order
        assert sorted(found[symbol]) == sorted(below(hierarchy, number))


ANCESTORS = {
    "library base": ("import lib\nclass A(lib.B): pass", ("lib.B",)),
    "alias of the tables": (
        "import pydantic\nclass A(pydantic.BaseModel): pass",
        ("pydantic.BaseModel",),
    ),
    "generic": ("from typing import Generic\nclass A(Generic[T]): pass", ("typing.Generic",)),
    "generic of the project": ("class B: pass\nclass A(B[int]): pass", ("m.B",)),
    "another name": ("class B: pass\nC = B\nclass A(C): pass", ("m.B",)),
    "itself": ("class A(A): pass", ()),
    "unknown": ("class A(Nope): pass", ()),
    "inherited library base": (
        "import lib\nclass B(lib.C): pass\nclass A(B): pass",
        ("m.B", "lib.C"),
    ),
}


@pytest.mark.parametrize(("source", "expected"), ANCESTORS.values(), ids=ANCESTORS.keys())
def test_ancestors(source: str, expected: tuple[str, ...]) -> None:
    assert class_info(project(source), "m.A").ancestors == expected


def test_classes_that_inherit_from_each_other_end_somewhere() -> None:
    files = {
        "a.py": "import b\nclass A(b.B): pass",
        "b.py": "import a\nclass B(a.A): pass",
    }

    found = {each.symbol: each.ancestors for each in project(files).classes}

    assert set(found) == {"a.A", "b.B"}
    assert all(symbol not in ancestors for symbol, ancestors in found.items())


OWNERS = {
    "own": ("class A:\n    x = []\n    def f(self): self.x.append(1)", ["m.A.x"]),
    "inherited": (
        "class B:\n    x = []\nclass A(B):\n    def f(self): self.x.append(1)",
        ["m.B.x"],
    ),
    "overridden": (
        "class B:\n    x = []\nclass A(B):\n    x = []\n    def f(self): self.x.append(1)",
        ["m.A.x"],
    ),
    "by the order": (
        (
            "class R:\n    x = []\nclass B(R): pass\nclass C(R):\n    x = []\n"
            "class A(B, C):\n    def f(self): self.x.append(1)"
        ),
        ["m.C.x"],
    ),
    "bound by every instance": (
        (
            "class A:\n    x = []\n    def __init__(self): self.x = []\n"
            "    def f(self): self.x.append(1)"
        ),
        [],
    ),
    "bound by every instance of a base": (
        (
            "class B:\n    def __init__(self): self.x = []\nclass A(B):\n    x = []\n"
            "    def f(self): self.x.append(1)"
        ),
        [],
    ),
    "bound by a helper of the constructor": (
        (
            "class A:\n    x = []\n    def __init__(self): self.reset()\n"
            "    def reset(self): self.x = []\n    def f(self): self.x.append(1)"
        ),
        [],
    ),
    "bound by some instances": (
        (
            "class A:\n    x = []\n    def __init__(self, c):\n        if c: self.x = []\n"
            "    def f(self): self.x.append(1)"
        ),
        ["m.A.x"],
    ),
    "bound just before": (
        "class A:\n    x = []\n    def f(self):\n        self.x = []\n        self.x.append(1)",
        [],
    ),
    "bound and augmented": (
        "class A:\n    x = []\n    def f(self):\n        self.x = []\n        self.x += [1]",
        [],
    ),
    "annotated only": ("class A:\n    x: list\n    def f(self): self.x.append(1)", []),
    "a number that instances count": (
        "class A:\n    x = 0\n    def f(self): self.x += 1",
        [],
    ),
    "a number that the class counts": (
        "class A:\n    x = 0\n    @classmethod\n    def f(cls): cls.x += 1",
        ["m.A.x"],
    ),
    "none that instances replace": ("class A:\n    x = None\n    def f(self): self.x = []", []),
    "field of a dataclass": (
        (
            "from dataclasses import dataclass, field\n@dataclass\nclass A:\n"
            "    x: list = field(default_factory=list)\n    def f(self): self.x.append(1)"
        ),
        [],
    ),
}


@pytest.mark.parametrize(("source", "expected"), OWNERS.values(), ids=OWNERS.keys())
def test_the_cell_that_self_leads_to(source: str, expected: list[str]) -> None:
    assert written(source) == expected
