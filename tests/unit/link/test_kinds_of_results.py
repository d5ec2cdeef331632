"""What a copy, an operator or a class of the project's own makes can be written, too."""

import pytest
from tests.unit.link.project import cell, project

TYPES = """
import copy
class Registry(dict):
    def __getitem__(self, key):
        return super().__getitem__(key)
class Plain(dict):
    pass
class Copies(dict):
    def __getitem__(self, key):
        return list(super().__getitem__(key))
class Rows:
    def __getitem__(self, key):
        return self.fetch(key)
BASE = {"a": {}}
"""

SILENT = {
    "the elements of a deep copy are not those of the model": (
        "X = copy.deepcopy(BASE)\ndef f(): X['a']['b'] = 1",
        "m.BASE",
    ),
    "a number has no items": ("X = other * 3\ndef f(p): return X + p", "m.X"),
    "a number that a method is called on": ("X = other - 3\ndef f(p): X.add(p)", "m.X"),
    "a set that gives another": ("X = set(a) & set(b)\ndef f(p): return X - p", "m.X"),
    "a getter that copies": ("X = Copies({'a': []})\ndef f(p): X['a'].append(p)", "m.X"),
    "a getter that fetches": ("X = Rows()\ndef f(p): X['a'].append(p)", "m.X"),
    "what the constructor was given has no such method": (
        "X = Plain({'a': {}})\ndef f(p): X['a'].append(p)",
        "m.X",
    ),
}

WRITTEN = {
    "a deep copy of a dict": ("X = copy.deepcopy(BASE)\ndef f(p): X['b'] = p", "m.X"),
    "a deep copy of who knows what": ("X = copy.deepcopy(other)\ndef f(p): X['b'] = p", "m.X"),
    "a sum that takes items": ("X = other + more\ndef f(p): X[0] = p", "m.X"),
    "a set and something": ("X = set(a) & b\ndef f(p): X.add(p)", "m.X"),
    "lists in a row": ("X = list(a) + list(b)\ndef f(p): X.append(p)", "m.X"),
    "dicts over one another": ("X = dict(a) | b\ndef f(p): X.update(p)", "m.X"),
    "a list in a dict of the project's own": (
        "X = Plain({'a': []})\ndef f(p): X['a'].append(p)",
        "m.X",
    ),
    "behind a getter that hands it on": (
        "X = Registry({'a': []})\ndef f(p): X['a'].append(p)",
        "m.X",
    ),
    "an item behind a getter that hands it on": (
        "X = Registry({'a': {}})\ndef f(p): X['a'][p] = 1",
        "m.X",
    ),
}


@pytest.mark.parametrize(("source", "symbol"), SILENT.values(), ids=SILENT)
def test_is_not_written(source: str, symbol: str) -> None:
    assert cell(project(TYPES + source), symbol).writes == ()


@pytest.mark.parametrize(("source", "symbol"), WRITTEN.values(), ids=WRITTEN)
def test_is_written(source: str, symbol: str) -> None:
    assert len(cell(project(TYPES + source), symbol).run_writes) == 1
