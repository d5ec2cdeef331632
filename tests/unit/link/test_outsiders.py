"""May somebody outside call what nobody in the project calls?"""

import pytest

from pystatelint.link.build import link
from pystatelint.link.outsiders import Outsiders, outsiders_of

from .project import KNOWLEDGE, Files, cell, modules, world

FASTAPI = "from fastapi import FastAPI\n"
CODE: dict[str, tuple[Files | str, Outsiders]] = {
    "nothing that is served": ("def f(): pass", Outsiders.ANYBODY),
    "object that is served": (FASTAPI + "app = FastAPI()", Outsiders.NONE),
    "made by a function": (
        FASTAPI + "def create_app():\n    app = FastAPI()\n    return app",
        Outsiders.NONE,
    ),
    "made by a method, for who uses the class": (
        FASTAPI + "class Server:\n    def __init__(self): self.app = FastAPI()",
        Outsiders.ANYBODY,
    ),
    "class of what is served": (FASTAPI + "class App(FastAPI): pass", Outsiders.ANYBODY),
    "object of such a class": (
        FASTAPI + "class App(FastAPI): pass\ndef make(): return App()",
        Outsiders.NONE,
    ),
    "router": ("from fastapi import APIRouter\nrouter = APIRouter()", Outsiders.ANYBODY),
    "made by a test": (
        {"m.py": "", "test_m.py": FASTAPI + "app = FastAPI()"},
        Outsiders.ANYBODY,
    ),
    "settings": ("INSTALLED_APPS = []\nROOT_URLCONF = 'shop.urls'", Outsiders.NONE),
    "some setting": ("INSTALLED_APPS = []", Outsiders.ANYBODY),
}


@pytest.mark.parametrize(("files", "expected"), CODE.values(), ids=CODE.keys())
def test_the_code_tells(files: Files | str, expected: Outsiders) -> None:
    assert outsiders_of(world(files), "auto") is expected


def test_who_configures_it_knows_better() -> None:
    served = world(FASTAPI + "app = FastAPI()")

    assert outsiders_of(served, "library") is Outsiders.ANYBODY
    assert outsiders_of(world("X = 1"), "application") is Outsiders.NONE


def assumed(source: str) -> bool:
    """Whether the one write to m.X happens only if somebody calls in from outside."""
    project = link(modules(f"X = []\n{source}"), KNOWLEDGE, "application")
    (write,) = cell(project, "m.X").writes
    assert write.at_run_time
    return write.assumed


UNCALLED = {
    "function": "def f(): X.append(1)",
    "private function": "def _f(): X.append(1)",
    "method": "class A:\n    def f(self): X.append(1)",
    "method of a class with plain bases": (
        "from abc import ABC\nclass A(ABC):\n    def f(self): X.append(1)"
    ),
    "called by one that nobody calls": "def f(): g()\ndef g(): X.append(1)",
    "only by each other": "def f(): g()\ndef g():\n    f()\n    X.append(1)",
    "method that is called on another class": (
        "class A:\n    def f(self): X.append(1)\nclass B:\n    def f(self): pass\nB().f()"
    ),
    "others are looked up by names that begin in another way": (
        "class A:\n    def f(self): X.append(1)\n"
        "def send(a, name):\n    getattr(a, f'on_{name}')()\n    getattr(a, 'off_%s' % name)()"
    ),
    "others are looked up by a constant": (
        "class A:\n    def f(self): X.append(1)\nNAME = 'go'\ndef g(a): getattr(a, NAME)()"
    ),
    "methods of another class are looked up": (
        "class A:\n    def f(self): X.append(1)\n"
        "class B:\n    def go(self, name): getattr(self, name)()"
    ),
    "names are handed in, or a constant": (
        "class A:\n    def f(self): X.append(1)\n"
        "def g(a, name):\n    to = name[0] if name else 'go'\n    getattr(a, to)()"
    ),
    "names are handed in": (
        "class A:\n    def f(self): X.append(1)\ndef g(a, name): getattr(a, name)()"
    ),
}


@pytest.mark.parametrize("source", UNCALLED.values(), ids=UNCALLED.keys())
def test_nobody_calls_it(source: str) -> None:
    assert assumed(source)


SOMEBODY = {
    "called unseen, on an unknown object": (
        "class A:\n    def f(self): X.append(1)\ndef g(a): a.f()\nimport lib\nlib.later(g)"
    ),
    "fetched from an unknown object": (
        "import lib\nclass A:\n    def f(self): X.append(1)\ndef g(a): lib.later(a.f)"
    ),
    "called on what takes the place of None": (
        "import lib\nclass A:\n    def f(self): X.append(1)\nit = None\n"
        "def g(): it.f()\nlib.later(g)"
    ),
    "named by a string": "import lib\ndef f(): X.append(1)\nlib.run('m:f')",
    "named by a string in a list": "def f(): X.append(1)\nTASKS = ['m.f']",
    "looked up by a name that is put together": (
        "class A:\n    def on_a(self): X.append(1)\n"
        "def send(a, name):\n    found = getattr(a, 'on_' + name)\n    found()"
    ),
    "looked up by a formatted name": (
        "class A:\n    def on_a(self): X.append(1)\ndef g(a, n): getattr(a, f'on_{n}')()"
    ),
    "looked up by a name that another function makes": (
        "class A:\n    def f(self): X.append(1)\ndef g(a, n): getattr(a, n.lower())()"
    ),
    "looked up on the instance": (
        "class A:\n    def f(self): X.append(1)\n    def go(self, name): getattr(self, name)()"
    ),
    "looked up on an heir": (
        "class B:\n    def go(self, name): getattr(self, name)()\n"
        "class A(B):\n    def f(self): X.append(1)"
    ),
    "looked up by a name from a table": (
        "class A:\n    def f(self): X.append(1)\nT = {1: 'f'}\ndef g(a, key): getattr(a, T[key])()"
    ),
    "looked up by a constant": (
        "class A:\n    def f(self): X.append(1)\nNAME = 'f'\ndef g(a): getattr(a, NAME)()"
    ),
    "called by Python": "class A:\n    def __len__(self): X.append(1)",
    "property": "class A:\n    @property\n    def f(self): X.append(1)",
    "called by a library through its base": (
        "from lib import Base\nclass A(Base):\n    def f(self): X.append(1)"
    ),
    "called through a base of the project": (
        "class A:\n    def f(self): pass\nclass B(A):\n    def f(self): X.append(1)"
    ),
    "handed over": "import lib\ndef f(): X.append(1)\nlib.later(f)",
    "decorated": "import lib\n@lib.task\ndef f(): X.append(1)",
    "given away by the function around it": ("def f():\n    def g(): X.append(1)\n    return g"),
    "lambda": "f = lambda: X.append(1)",
    "called by one that nobody calls, and by one that somebody does": (
        "import lib\ndef f(): g()\ndef g(): X.append(1)\ndef h(): g()\nlib.later(h)"
    ),
}


@pytest.mark.parametrize("source", SOMEBODY.values(), ids=SOMEBODY.keys())
def test_somebody_may_call_it(source: str) -> None:
    assert not assumed(source)
