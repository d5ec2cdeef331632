"""Which functions made in a loop outlive their iteration?"""

import pytest

from .project import Files, project

MODULE = """
import asyncio, atexit, threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Process
from collections import deque
from flask import Flask
import lib
app = Flask(__name__)
pool = ThreadPoolExecutor()
held = []
table = {{}}
def keep(name, action): table[name] = action
def pass_on(action): return action()
def note(action): held.append((1, action))
def drop(action):
    own = []
    own.append(action)
def deco(function):
    held.append(function)
    return function
def wrap(function):
    return lambda: function()
{define} f(items, given: list):
    local = []
    for x in items:
        {line}
"""


def kept(line: str, define: str = "def") -> list[str]:
    """How each function of the loop is known to be kept."""
    found = project(MODULE.format(line=line, define=define)).late_bindings
    return [each.kept.text.partition(",")[0] if each.kept else "" for each in found]


HANDED = "handed on here"
WITH_OTHERS = "kept here with those of the other iterations"
LINES = {
    "list of the function": ("local.append(lambda: x)", [HANDED]),
    "list of the module": ("held.append(lambda: x)", [HANDED]),
    "list that was passed in": ("given.insert(0, lambda: x)", [HANDED]),
    "in a tuple": ("held.append((x, lambda: x))", [HANDED]),
    "of unknown type": ("lib.thing.append(lambda: x)", [""]),
    "sorted by it": ("held.sort(key=lambda y: x)", [""]),
    "called by the builtin": ("max(held, key=lambda y: x)", [""]),
    "a library nobody knows": ("lib.call(lambda: x)", [""]),
    "table": ("table[x] = lambda: x", [WITH_OTHERS]),
    "comprehension": (
        "[lambda: y for y in items]",
        [WITH_OTHERS],
    ),
    "thread": ("threading.Thread(target=lambda: x).start()", [HANDED]),
    "thread's name": ("threading.Thread(name=lambda: x).start()", [""]),
    "thread that is joined": ("t = threading.Thread(target=lambda: x); t.start(); t.join()", [""]),
    "process": ("Process(target=lambda: x).start()", [""]),
    "pool": ("pool.submit(lambda: x)", [HANDED]),
    "pool, waited for": ("pool.submit(lambda: x).result()", [""]),
    "exit hook": ("atexit.register(lambda: x)", [HANDED]),
    "function that stores it": ("keep(x, lambda: x)", [HANDED]),
    "function that stores it, by keyword": ("keep('a', action=lambda: x)", [HANDED]),
    "function that stores it in a tuple": ("note(lambda: x)", [HANDED]),
    "function that stores the other one": ("keep(lambda: x, 1)", [""]),
    "function that calls it": ("pass_on(lambda: x)", [""]),
    "function that forgets it": ("drop(lambda: x)", [""]),
}


@pytest.mark.parametrize(("line", "expected"), LINES.values(), ids=LINES.keys())
def test_what_keeps_a_function(line: str, expected: list[str]) -> None:
    assert kept(line) == expected


REGISTERED = "registered here"
DECORATORS = {
    "route": ("@app.get('/')", [REGISTERED]),
    "exit hook": ("@atexit.register", [REGISTERED]),
    "decorator that stores it": ("@deco", [REGISTERED]),
    "decorator that wraps it": ("@wrap", [""]),
    "decorator that nobody knows": ("@lib.deco", [""]),
}


@pytest.mark.parametrize(("line", "expected"), DECORATORS.values(), ids=DECORATORS.keys())
def test_what_registers_a_function(line: str, expected: list[str]) -> None:
    assert kept(f"{line}\n        def g(): return x") == expected


COROUTINES = {
    "task": ("asyncio.create_task(work())", [HANDED]),
    "task in a list": ("held.append(asyncio.create_task(work()))", [HANDED]),
    "task, awaited": ("await asyncio.create_task(work())", [""]),
    "task, awaited by name": ("t = asyncio.create_task(work()); await t", [""]),
    "gathered and awaited": ("await asyncio.gather(work())", [""]),
    "coroutine in a list": ("held.append(work())", [HANDED]),
    "awaited": ("await work()", [""]),
    "callback of a task of the iteration": (
        "t = asyncio.create_task(lib.work()); t.add_done_callback(lambda t: x)",
        [HANDED],
    ),
}


@pytest.mark.parametrize(("line", "expected"), COROUTINES.values(), ids=COROUTINES.keys())
def test_what_runs_a_coroutine_later(line: str, expected: list[str]) -> None:
    before = "" if "lambda" in line else "async def work(): return x\n        "

    assert kept(before + line, define="async def") == expected


def test_a_record_shows_the_read_the_making_and_the_keeping() -> None:
    source = "held = []\nfor x in 'ab':\n    def f():\n        return [x, x]\n    held.append(f)"

    (late,) = project(source).late_bindings

    assert (late.function, late.path, late.names) == ("m", "m.py", ("x",))
    assert (late.span.line, late.span.column) == (4, 16)
    assert late.made.span.line == 3
    assert late.kept is not None
    assert late.kept.span.line == 5


def test_tests_may_be_late() -> None:
    files: Files = {"test_m.py": "held = []\nfor x in 'ab':\n    held.append(lambda: x)"}

    assert project(files).late_bindings == ()
