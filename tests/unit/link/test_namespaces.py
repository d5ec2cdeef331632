"""What is stored in the ``__dict__`` of an object are its attributes."""

import pytest
from tests.unit.link.project import cell, project

CASES = {
    "only read": ("def f(k): return X.__dict__.get(k), vars(X)[k]", []),
    "a copy is another dict": ("def f(k): d = dict(vars(X)); d.update(k)", []),
    "an object of the call": ("def f(k): s = S(); s.__dict__.update(k); vars(s)[1] = k", []),
    "a method that dicts do not have": ("def f(k): X.__dict__.append(k)", []),
    "updated": ("def f(k): X.__dict__.update(k)", ["X.__dict__.update()"]),
    "updated through vars": ("def f(k): vars(X).update(k)", ["vars().update()"]),
    "one item": ("def f(k): X.__dict__[k] = 1", ["X.__dict__[...] = ..."]),
    "under a local name": ("def f(k): d = X.__dict__; d.pop(k)", ["d.pop()"]),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_writes_through_the_namespace_of_an_object(source: str, expected: list[str]) -> None:
    start = "class S:\n    def __init__(self): self.level = 0\nX = S()\n"

    assert [write.text for write in cell(project(start + source), "m.X").writes] == expected
