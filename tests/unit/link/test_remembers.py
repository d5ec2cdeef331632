"""Which sets only tell what was met before?"""

import pytest

from .project import cell, project

HEAD = "X = set()\nD = {}\ndef done(): X.clear()\n"
REMEMBERS = {
    "added behind a test": "def f(k):\n    if k in X: return\n    X.add(k)",
    "added inside a test": "def f(k):\n    if k not in X:\n        X.add(k)",
    "added where one of two tests missed it": (
        "def f(k, on):\n    if not on or k in X: return\n    X.add(k)"
    ),
    "added in two places": (
        "def f(k):\n    if k not in X: X.add(k)\ndef g(k):\n    if k not in X: X.add(k)"
    ),
    "let go of again": (
        "def f(k):\n    if k not in X: X.add(k)\ndef g(k): X.discard(k)\ndef h(): X.clear()"
    ),
}
OTHERS = {
    "nothing is added": "def f(k): return k in X",
    "added without a test": "def f(k): X.add(k)",
    "added on another path, too": "def f(k, on):\n    if on or k not in X: X.add(k)",
    "added under a test for something else": "def f(k, j):\n    if j not in X: X.add(k)",
    "added where it was found": "def f(k):\n    if k in X: X.add(k)",
    "filled otherwise in one place": (
        "def f(k):\n    if k not in X: X.add(k)\ndef g(them): X.update(them)"
    ),
}


@pytest.mark.parametrize("source", REMEMBERS.values(), ids=REMEMBERS.keys())
def test_it_only_tells_what_was_met(source: str) -> None:
    assert cell(project(HEAD + source), "m.X").remembers


@pytest.mark.parametrize("source", OTHERS.values(), ids=OTHERS.keys())
def test_it_does_more(source: str) -> None:
    assert not cell(project(HEAD + source), "m.X").remembers


def test_a_dict_of_constants_does_so() -> None:
    found = project(f"{HEAD}def f(k):\n    if k not in D: D[k] = True")
    assert cell(found, "m.D").remembers


def test_a_dict_of_what_is_worked_out_does_more() -> None:
    found = project(f"{HEAD}def f(k):\n    if k not in D: D[k] = len(k)")
    assert not cell(found, "m.D").remembers
