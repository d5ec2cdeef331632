"""Which context variables does a call set, and leave set for the next one?"""

import pytest

from pystatelint.models.functions import Entry

from .project import Files, project

TASK = """
import contextvars
from celery import shared_task
from contextlib import asynccontextmanager, contextmanager, ExitStack
V = contextvars.ContextVar("V")
OTHER = contextvars.ContextVar("OTHER")
class Event:
    def set(self, x): pass
{decorator}
{define} f(x):
    {lines}
{more}
"""


def task(lines: str, more: str = "", decorator: str = "@shared_task", define: str = "def") -> str:
    return TASK.format(lines=lines, more=more, decorator=decorator, define=define)


def leaks(files: Files | str) -> list[str]:
    return [
        f"{each.variable} in {each.function}{' unless it fails' if each.skipped else ''}"
        for each in project(files).context_leaks
    ]


SET = ["m.V in m.f"]
SKIPPED = ["m.V in m.f unless it fails"]

ACTS = {
    "set": (task("V.set(x)"), SET),
    "set, the token kept": (task("t = V.set(x)"), SET),
    "set to a constant": (task("V.set(1)"), SET),
    "set to nothing": (task("V.set(None)"), []),
    "read": (task("V.get()"), []),
    "set on another object": (task("Event().set(x)"), []),
    "reset at the end": (task("t = V.set(x)\n    print(x)\n    V.reset(t)"), SKIPPED),
    "reset in finally": (task("t = V.set(x)\n    try: print(x)\n    finally: V.reset(t)"), []),
    "set back in finally": (task("V.set(x)\n    try: print(x)\n    finally: V.set(1)"), []),
    "another is reset": (task("t = V.set(x)\n    try: print(x)\n    finally: OTHER.reset(t)"), SET),
    "reset by a hook": (task("V.set(x)", "def g(t): V.reset(t)"), []),
    "emptied by a hook": (task("V.set(x)", "def g(): V.set('')"), []),
    "constant set by a hook": (task("V.set(x)", "def g(): V.set('nobody')"), []),
    "both set a constant": (
        task("V.set(1)", "@shared_task\ndef g(): V.set(2)"),
        [*SET, "m.V in m.g"],
    ),
    "reset handed on": (task("s = ExitStack()\n    s.callback(V.reset, V.set(x))"), []),
    "token as a manager": (task("with V.set(x): pass"), []),
}


@pytest.mark.parametrize(("source", "expected"), ACTS.values(), ids=ACTS.keys())
def test_what_leaves_a_variable_set(source: str, expected: list[str]) -> None:
    assert leaks(source) == expected


CALLERS = {
    "nobody": (task("V.set(x)", decorator=""), []),
    "a caller": (task("V.set(x)", "@shared_task\ndef g(x): f(x)", decorator=""), SET),
    "a copy of the context": (
        task(
            "V.set(x)", "@shared_task\ndef g(x): contextvars.copy_context().run(f, x)", decorator=""
        ),
        [],
    ),
    "a coroutine": (task("V.set(x)", define="async def"), []),
    "a plain generator": (task("V.set(x)\n    yield", decorator=""), []),
    "context manager": (task("V.set(x)\n    yield", decorator="@contextmanager"), SET),
    "asynchronous context manager": (
        task("V.set(x)\n    yield", decorator="@asynccontextmanager", define="async def"),
        SET,
    ),
    "context manager that resets": (
        task("t = V.set(x)\n    try: yield\n    finally: V.reset(t)", decorator="@contextmanager"),
        [],
    ),
    "of a test": ({"test_m.py": task("V.set(x)")}, []),
}


@pytest.mark.parametrize(("files", "expected"), CALLERS.values(), ids=CALLERS.keys())
def test_in_whose_context_it_is_set(files: Files | str, expected: list[str]) -> None:
    assert leaks(files) == expected


@pytest.mark.parametrize(
    ("model", "context", "keeps"),
    [
        pytest.param("T", "", True, id="worker threads"),
        pytest.param("P", "", True, id="process that is used again"),
        pytest.param("S", "", True, id="one after another in one task"),
        pytest.param("T", "own", False, id="threads with a copy"),
        pytest.param("L", "", False, id="tasks"),
        pytest.param("F", "", False, id="process per job"),
    ],
)
def test_whose_context_lasts(model: str, context: str, keeps: bool) -> None:
    row = {"framework": "one", "kind": "name", "match": "f", "role": "task", "source": "made up"}
    entry = Entry(**row, model=model, context=context)  # type: ignore[arg-type]  # words of a table

    assert entry.keeps_context is keeps
