"""Between which steps of a coroutine function can another task change what it relies on?"""

import ast
from textwrap import dedent, indent

import pytest

from pystatelint.facts.extract import extract
from pystatelint.link.flags import unreset_flags
from pystatelint.link.interleavings import Danger, Hazard, hazards
from pystatelint.model.course import Way


def found(body: str, quick: str = "quick") -> tuple[Hazard, ...]:
    """Return what may go wrong in a method; lines that await `quick` never suspend."""
    source = f"class C:\n    async def f(self, k):\n{indent(dedent(body), ' ' * 8)}"
    facts = extract(ast.parse(source), source)
    lines = source.splitlines()
    result: tuple[Hazard, ...] = ()
    for course in facts.courses:
        scope = facts.scopes[course.scope]
        waits = {each.line for each in scope.awaits if quick not in lines[each.line - 1]}
        locks = {each.line for each in scope.guards if "lock" in lines[each.line - 1]}
        result += hazards(course.steps, frozenset(waits), frozenset(locks))
    return result


def dangers(body: str) -> list[str]:
    return [each.danger.value for each in found(body)]


SILENT = {
    "the await comes first": "self.n = await f() + self.n",
    "read again after the await": "x = self.n; await f(); x = self.n; self.n = x + 1",
    "written before the await": "self.n = self.n + 1\nawait f()",
    "what is awaited never waits": "self.n += await quick()",
    "a new value owes nothing to the old one": "print(self.n)\nself.n = await f()",
    "own write in between": "x = self.n\nself.n = 0\nawait f()\nself.n = x",
    "one lock held throughout": "async with self.lock:\n    self.n += await f()",
    "taken by hand": (
        "await self.lock.acquire()\nx = self.n\nawait f()\nself.n = x\nself.lock.release()"
    ),
    "a local name": "n = 0\nn += await f()",
    "an object made here": "o = make()\no.n += await f()",
    "another attribute": "if self.a is None:\n    self.b = await f()",
    "busy flag": "if self.b:\n    return\nself.b = True\nawait f()\nself.b = False",
    "waits until it is free": "while self.b:\n    await f()\nself.b = True",
    "tested again": (
        "if self.c is None:\n    c = await f()\n    if self.c is None:\n        self.c = c"
    ),
    "the test is over": "if self.c:\n    print(1)\nawait f()\nself.c = 2",
    "the way with the await ends": "if self.c is None:\n    await f()\n    return\nself.c = 1",
    "a copy is gone through": "for x in list(self.d):\n    await f(x)",
    "a slice is gone through": "for x in self.d[:]:\n    await f(x)",
    "leaves after the first": "for x in self.d:\n    return await f(x)",
    "swapped first": "d, self.d = self.d, []\nfor x in d:\n    await f(x)",
    "emptied before the await": "d = list(self.d)\nself.d.clear()\nawait f(d)",
    "the function is how the lock is taken": (
        "if self.o is None:\n    await self.lock.acquire()\n    self.o = k"
    ),
    "another key": "if k in self.d:\n    return\nawait f()\nself.d['other'] = 1",
}


@pytest.mark.parametrize("body", SILENT.values(), ids=SILENT)
def test_nothing_is_out_of_date(body: str) -> None:
    assert dangers(body) == []


FOUND = {
    "augmented": ("self.n += await f()", "lost-update"),
    "old value in front": ("self.n = self.n + await f()", "lost-update"),
    "copy in a local name": ("x = self.n\ny = await f()\nself.n = x + y", "lost-update"),
    "through a walrus": ("if (x := self.n):\n    await f()\n    self.n = x + 1", "lost-update"),
    "one key": ("self.d[k] = self.d[k] + await f()", "lost-update"),
    "looked up": ("x = self.d.get(k, 0)\nawait f()\nself.d[k] = x + 1", "lost-update"),
    "through an alias": ("d = self.d\nd[k] += await f()", "lost-update"),
    "two locks one after the other": (
        "async with self.lock:\n    x = self.n\nasync with self.lock:\n    self.n = x + 1",
        "lost-update",
    ),
    "in a handler": (
        "try:\n    x = self.n\n    await f()\nexcept E:\n    self.n = x + 1",
        "lost-update",
    ),
    "None": ("if self.c is None:\n    self.c = await f()", "checked"),
    "early return": ("if self.c:\n    return\nself.c = await f()", "checked"),
    "membership": ("if k not in self.d:\n    self.d[k] = await f()", "checked"),
    "or": ("self.c = self.c or await f()", "checked"),
    "answer in a local name": (
        "x = self.d.get(k)\nif x is None:\n    x = await f()\n    self.d[k] = x",
        "checked",
    ),
    "flag too late": ("if self.b:\n    return\nawait f()\nself.b = True", "checked"),
    "async with waits": (
        "if self.c is None:\n    async with m() as c:\n        self.c = c",
        "checked",
    ),
    "tested outside the lock": (
        "if self.c is None:\n    async with self.lock:\n        self.c = await f()",
        "unchecked-in-lock",
    ),
    "items": ("for a, b in self.d.items():\n    await f(a)", "iteration"),
    "async for inside": ("for a in self.d:\n    async for b in a:\n        print(b)", "iteration"),
    "emptied": ("await f(self.d)\nself.d.clear()", "drained"),
    "bound to an empty one": ("x = list(self.d)\nawait f(x)\nself.d = []", "drained"),
}


@pytest.mark.parametrize(("body", "danger"), FOUND.values(), ids=FOUND)
def test_what_relies_on_the_past_is_found(body: str, danger: str) -> None:
    assert dangers(body) == [danger]


@pytest.mark.parametrize(
    ("body", "way"),
    [
        ("x = self.n\nawait f()\nself.n = x + 1", Way.WHOLE),
        ("x = self.n[:9]\nawait f()\nself.n = x", Way.WHOLE),
        ("i = len(self.n)\nawait f()\nself.n = self.n[:i]", Way.ARGUMENT),
        ("x = self.n.copy_of()\nawait f()\nself.n = x", Way.PART),
        ("x = await f(self.n)\nself.n = x", Way.ARGUMENT),
        ("x = k or self.n\nawait f()\nself.n = x", Way.FALLBACK),
    ],
)
def test_a_hazard_tells_how_the_old_value_gets_into_the_new_one(body: str, way: Way) -> None:
    assert [each.way for each in found(body)] == [way]


def test_a_hazard_tells_read_suspension_and_write() -> None:
    (hazard,) = found("x = self.n\ny = await f()\nself.n = x + y")

    assert hazard.danger is Danger.LOST_UPDATE
    assert hazard.spot.text == "self.n"
    assert (hazard.since[0], hazard.suspended, hazard.span.line) == (3, 4, 5)


@pytest.mark.parametrize(
    ("body", "replaces"),
    [
        ("if self.c is None:\n    self.c = await f()", False),
        ("if not self.c:\n    self.c = await f()", False),
        ("if k not in self.c:\n    self.c[k] = await f()", False),
        ("if self.c:\n    return\nself.c = await f()", False),
        ("if self.c is None:\n    return\nself.c = await f()", True),
        ("if not self.c:\n    raise E\nself.c = await f()", True),
        ("if self.c is not None:\n    self.c = await f()", True),
        ("if self.c == k:\n    self.c = await f()", False),
    ],
)
def test_a_test_says_whether_the_write_fills_a_gap(body: str, replaces: bool) -> None:
    assert [each.replaces for each in found(body)] == [replaces]


def test_a_loop_over_the_container_itself_sees_what_comes_in_meanwhile() -> None:
    assert dangers("for x in self.d:\n    await f(x)\nself.d.clear()") == ["iteration"]
    assert dangers("for x in list(self.d):\n    await f(x)\nself.d.clear()") == ["drained"]


def test_each_place_is_told_once_however_many_ways_lead_there() -> None:
    body = "if k:\n    x = self.n\nelse:\n    x = self.n + 1\nawait f()\nself.n = x"

    assert dangers(body) == ["lost-update"]


def flags(body: str) -> list[tuple[int, int]]:
    """Return line and line of the wait of each flag that stays up after an exception."""
    source = f"class C:\n    async def f(self, k):\n{indent(dedent(body), ' ' * 8)}"
    facts = extract(ast.parse(source), source)
    waits = frozenset(each.line for scope in facts.scopes for each in scope.awaits)
    return [
        (each.span.line, each.suspended)
        for course in facts.courses
        for each in unreset_flags(course.steps, waits)
    ]


GUARD = "if self.b:\n    return\nself.b = True\n"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"{GUARD}try:\n    await f()\nfinally:\n    self.b = False", id="finally"),
        pytest.param(
            f"{GUARD}try:\n    await f()\nexcept:\n    self.b = False\nself.b = False", id="handler"
        ),
        pytest.param(f"{GUARD}self.b = False\nawait f()", id="nothing waits while it is up"),
        pytest.param(f"{GUARD}await f()", id="taken down elsewhere"),
        pytest.param(
            "if k:\n    if not self.b: self.b = True\n    return\nawait f()\nself.b = False",
            id="put up on another way",
        ),
        pytest.param("self.b = True\nawait f()\nself.b = False", id="nobody goes by it"),
        pytest.param(f"{GUARD}await f()\nself.c = False", id="another flag"),
    ],
)
def test_a_flag_does_not_stay_up(body: str) -> None:
    assert flags(body) == []


@pytest.mark.parametrize("behind", ["self.b = False", "self.b = None", "if k:\n    self.b = False"])
def test_a_flag_stays_up_after_an_exception(behind: str) -> None:
    assert flags(f"{GUARD}await f()\n{behind}") == [(5, 6)]
