"""What depends on itself is found out to the end, whoever asks first."""

import pytest
from tests.unit.link.project import cell, project, written

TABLE = "table = {}\nother = {}\n"

MUTUAL = """
def first(n):
    return second(n - 1) if n else table

def second(n):
    return first(n - 1) if n else other
"""

ASKED = {
    "the first writes, the second only reads": (
        "def read(k):\n    return second(k)\n\ndef use(k):\n    first(k)['x'] = 1\n"
    ),
    "the second writes, the first only reads": (
        "def read(k):\n    return first(k)\n\ndef use(k):\n    second(k)['y'] = 1\n"
    ),
    "a third writes": (
        "def third(n):\n    return second(n)\n\ndef read(k):\n    return first(k)\n\n"
        "def use(k):\n    third(k)['x'] = 1\n"
    ),
}


@pytest.mark.parametrize("use", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("above", [True, False], ids=["asked above", "asked below"])
def test_functions_that_call_each_other_give_all_that_they_give(use: str, *, above: bool) -> None:
    parts = (TABLE, use, MUTUAL) if above else (TABLE, MUTUAL, use)
    linked = project("\n".join(parts))

    assert cell(linked, "m.table").verdict.value == "runtime"
    assert cell(linked, "m.other").verdict.value == "runtime"


def test_three_in_a_ring() -> None:
    source = """
        table = {}
        def a(n): return b(n)
        def b(n): return c(n)
        def c(n): return a(n - 1) if n else table
        def use(n): b(n)["x"] = 1
        def read(n): return a(n)
    """
    assert any("m.table" in each for each in written(source))


def test_a_name_that_is_bound_to_itself_is_no_end() -> None:
    source = """
        table = {}
        def f(x=None):
            x = x or f(x)
            return table if x is None else x
        def use(): f()["k"] = 1
    """
    assert any("m.table" in each for each in written(source))


def test_the_far_end_of_a_chain_that_is_too_long_is_not_called_constant() -> None:
    lines = ["x0 = {}"]
    lines += [f"def f{n}():\n    return f{n - 1}()" for n in range(1, 3000)]
    lines += ["def f0():\n    return x0", "def use():\n    f2999()['k'] = 1"]
    verdict = cell(project("\n".join(lines)), "m.x0").verdict.value

    assert verdict != "const"
