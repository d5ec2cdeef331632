"""Extraction leaves nothing behind: a run keeps the cycle collector off."""

import ast
import gc
from collections.abc import Iterator

import pytest

from .read import facts_of

SOURCE = """
import a

def f(x, y=G):
    with G:
        return [lambda: x for z in y]

class C(B):
    def m(self):
        self.x = 1
        try:
            yield self.x
        except E:
            raise
"""


@pytest.fixture
def collector_off() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("collector_off")
def test_no_reference_cycle_keeps_the_tree() -> None:
    before = sum(isinstance(each, ast.AST) for each in gc.get_objects())

    facts = facts_of(SOURCE)

    assert len(facts.scopes) == 5
    assert sum(isinstance(each, ast.AST) for each in gc.get_objects()) == before
