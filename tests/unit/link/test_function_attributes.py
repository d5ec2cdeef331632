"""Which attributes of functions are written."""

import pytest

from .project import project

ATTRIBUTES: dict[str, tuple[str, list[str]]] = {
    "of an instance": ("class A:\n    def f(self): self.x = 1", []),
    "of a parameter": ("def f(g): g.x = 1", []),
    "of a bound method": ("class A:\n    def f(self): self.f.x = 1", []),
    "of a property": ("class A:\n    @property\n    def p(self): ...\ndef f(): A.p.x = 1", []),
    "of a function of each call": ("def f():\n    def g(): ...\n    g.x = 1\n    return g", []),
    "of what an unknown decorator made": (
        "import lib\n@lib.command\ndef f(): ...\ndef g(): f.x = 1",
        [],
    ),
    "of one of a function and something else": ("def f(g=None):\n    (g or f).x = 1", []),
    "bound": ("def f(): f.x = 1", ["m.f.x: f.x = ... in m.f"]),
    "deleted": ("def f(): del f.x", ["m.f.x: del f.x in m.f"]),
    "counted up": ("def f(): f.x += 1", ["m.f.x: f.x op= ... in m.f"]),
    "an item of it": ("def f(): f.x[1] = 2", ["m.f.x: f.x[...] = ... in m.f"]),
    "a mutator of it": ("def f(): f.x.append(1)", ["m.f.x: f.x.append() in m.f"]),
    "at import and through another name": (
        "def f(): ...\nf.x = 0\ndef g():\n    h = f\n    h.x = 1",
        ["m.f.x: f.x = ... in m", "m.f.x: h.x = ... in m.g"],
    ),
    "of a static method": (
        "class A:\n    @staticmethod\n    def f(): ...\ndef g(): A.f.x = 1",
        ["m.A.f.x: A.f.x = ... in m.g"],
    ),
}


@pytest.mark.parametrize(("source", "expected"), ATTRIBUTES.values(), ids=ATTRIBUTES.keys())
def test_which_attributes_of_functions_are_written(source: str, expected: list[str]) -> None:
    found = [
        f"{each.symbol}: {one.text} in {one.function}"
        for each in project(source).function_attributes
        for one in each.writes
    ]

    assert found == expected
