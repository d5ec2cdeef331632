"""An await is a suspension point only if what it waits for can suspend."""

import pytest
from tests.unit.link.project import function, project

RUNS_THROUGH = {
    "no await": "async def f(): return 1",
    "a coroutine that never waits": "async def g(): return 1\nasync def f(): return await g()",
    "two of them": (
        "async def h(): pass\nasync def g(): await h()\nasync def f(): await g(); await h()"
    ),
    "itself": "async def f(n): return await f(n - 1) if n else 0",
    "each other": "async def g(n): await f(n)\nasync def f(n): await g(n)",
    "a method": (
        "class A:\n    async def g(self): pass\n    async def f(self): await self.g()\n"
        "async def f(): await A().f()"
    ),
    "no coroutine": "def f(): return 1",
}

SUSPENDS = {
    "a library": "import asyncio\nasync def f(): await asyncio.sleep(0)",
    "somebody unknown": "async def f(x): await x.fetch()",
    "what a caller passed": "async def f(x): await x",
    "two calls away": (
        "import asyncio\nasync def h(): await asyncio.sleep(0)\n"
        "async def g(): await h()\nasync def f(): await g()"
    ),
    "in a ring": (
        "async def g(n, x):\n    await x\n    await f(n, x)\nasync def f(n, x): await g(n, x)"
    ),
    "async with": "async def f(lock):\n    async with lock: pass",
    "async for": "async def f(rows):\n    async for row in rows: pass",
    "an asynchronous comprehension": "async def f(rows): return [row async for row in rows]",
    "a task of a coroutine that never waits": (
        "import asyncio\nasync def g(): pass\nasync def f(): await asyncio.create_task(g())"
    ),
}


@pytest.mark.parametrize("source", RUNS_THROUGH.values(), ids=RUNS_THROUGH)
def test_runs_straight_through(source: str) -> None:
    assert not function(project(source), "m.f").suspends


@pytest.mark.parametrize("source", SUSPENDS.values(), ids=SUSPENDS)
def test_can_hand_control_back(source: str) -> None:
    assert function(project(source), "m.f").suspends
