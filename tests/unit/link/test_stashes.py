"""Which entry points leave data of their call where the next one finds it?"""

import pytest

from .project import Files, project

MODULE = """
import threading
from flask import Flask, g, request, session
from fastapi import Request
from contextvars import ContextVar
app = Flask(__name__)
local = threading.local()
class Own(threading.local): pass
own = Own()
variable = ContextVar("variable")
current = None
state = {{}}
class Config:
    user = None
    def __init__(self): self.user = None
config = Config()
def put(value): local.user = value
{decorator}
{define} f(name, asked: Request):
    global current
    {lines}
{more}
"""


def module(
    lines: str, more: str = "", decorator: str = "@app.get('/<name>')", define: str = "def"
) -> str:
    return MODULE.format(lines=lines, more=more, decorator=decorator, define=define)


def stashes(files: Files | str) -> list[str]:
    return [
        " ".join(
            word
            for word, said in (
                (each.cell, True),
                ("per thread", each.per_thread),
                ("async", each.is_async),
                ("unless it fails", each.skipped),
            )
            if said
        )
        for each in project(files).stashes
    ]


LOCAL = ["m.local per thread"]

STORES = {
    "argument": ("local.user = name", LOCAL),
    "made of an argument": ("local.user = name.title()", LOCAL),
    "header": ("local.user = request.headers['X']", LOCAL),
    "by setattr": ("setattr(local, 'user', name)", LOCAL),
    "subclass of a local": ("own.user = name", ["m.own per thread"]),
    "through a helper": ("put(name)", LOCAL),
    "under the number of the thread": (
        "state[threading.get_ident()] = name",
        ["m.state per thread"],
    ),
    "nothing of the call": ("local.user = 1", []),
    "something of the thread": ("local.user = threading.get_ident()", []),
    "on the request": ("request.user = name", []),
    "on an object of the request": ("g.user = name", []),
    "in a context variable": ("variable.set(name)", []),
    "in a local name": ("user = name", []),
    "text in the module": ("current = name", []),
    "request in the module": ("current = asked", ["m.current"]),
    "its user in the module": ("current = asked.user", ["m.current"]),
    "its path in the module": ("current = asked.url", []),
    "request of Flask in the module": ("current = request", ["m.current"]),
    "request on a class": ("Config.user = asked", ["m.Config.user"]),
    "request on an object of the module": ("config.user = asked", ["m.config"]),
    "request in a table": ("state['request'] = asked", ["m.state"]),
    "request in a table, by its key": ("state[name] = asked", []),
    "session of the browser": ("Config.user = session", ["m.Config.user"]),
}


@pytest.mark.parametrize(("lines", "expected"), STORES.values(), ids=STORES.keys())
def test_what_is_left(lines: str, expected: list[str]) -> None:
    assert stashes(module(lines)) == expected


SKIPPED = ["m.local per thread unless it fails"]
SET = "local.user = name"

ENDS = {
    "nobody": (module(SET), LOCAL),
    "finally": (module(f"{SET}\n    try: print()\n    finally: local.user = 1"), []),
    "finally, by deletion": (module(f"{SET}\n    try: print()\n    finally: del local.user"), []),
    "finally, by a call": (
        module(f"{SET}\n    try: print()\n    finally: empty()", "def empty(): del local.user"),
        [],
    ),
    "a call on success": (
        module(f"{SET}\n    print()\n    empty()", "def empty(): del local.user"),
        SKIPPED,
    ),
    "the end of the function": (module(f"{SET}\n    print()\n    del local.user"), SKIPPED),
    "a hook": (module(SET, "@app.teardown_request\ndef g(e): local.user = None"), []),
    "a hook that clears": (module(SET, "def g(): local.__dict__.clear()"), []),
    "a test": (
        {"m.py": module(SET), "test_m.py": "import m\ndef test(): del m.local.user"},
        LOCAL,
    ),
    "another is emptied": (module(SET, "def g(): del own.user"), LOCAL),
    "the setter, by another hook": (
        module("put(name)", "@app.teardown_request\ndef g(e): put(None)"),
        [],
    ),
    "the setter, on success": (module("put(name)\n    print()\n    put(None)"), SKIPPED),
    "the setter, in finally": (
        module("put(name)\n    try: print()\n    finally: put(None)"),
        [],
    ),
}


@pytest.mark.parametrize(("files", "expected"), ENDS.values(), ids=ENDS.keys())
def test_who_takes_it_out(files: Files | str, expected: list[str]) -> None:
    assert stashes(files) == expected


def test_an_entry_point_has_to_lead_there() -> None:
    assert stashes(module(SET, decorator="")) == []


def test_a_coroutine_shares_its_thread_meanwhile() -> None:
    assert stashes(module(SET, define="async def")) == ["m.local per thread async"]
