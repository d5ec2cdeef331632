"""What does astroid find out, and what does it leave behind?"""

import sys
from collections.abc import Iterator
from functools import partial
from itertools import count, repeat
from pathlib import Path

import astroid
import pytest

from pystatelint.inference.catalogue import installed
from pystatelint.inference.deep import Clock, Modules, Patience, inferred
from pystatelint.inference.records import Installed
from pystatelint.models.tables import Tables

from .conftest import Site, module

ENDLESS = Patience(question=1e9, run=1e9)

STILL = partial(next, repeat(0.0))
"""A clock that stands still."""

LIB = """\
import functools
import threading
import part

class Store(dict): pass

class Other: pass

class Holder:
    kind = Store
    def make(self):
        return self.kind()
    def apart(self):
        return threading.local()
    def far(self):
        return part.Thing()

def by_method():
    return Holder().make()

def apart():
    holder = Holder()
    return holder.apart()

def far():
    return Holder().far()

class Maker:
    @classmethod
    def make(cls):
        return cls.kind()
    kind = Store

def two(flag):
    return Holder().make() if flag else Other()

def unknown(thing):
    return thing()

def recursive():
    return recursive()

def wrapping(function):
    @functools.wraps(function)
    def inner():
        return {}
    return inner

@wrapping
def wrapped():
    return Holder().make()

async def later():
    return Holder().make()
"""

FILES = {"lib.py": LIB, "part.py": "class Thing: pass"}

TOLD = {
    "what a method returns": ("lib.by_method", "lib.Store"),
    "a class of the standard library": ("lib.apart", "threading.local"),
    "a class of another module": ("lib.far", "part.Thing"),
    "an attribute of the class": ("lib.Maker.make", "lib.Store"),
}

UNTOLD = ("two", "unknown", "recursive", "wrapped", "later")


def ask(
    folder: Path,
    tables: Tables,
    function: str,
    patience: Patience = ENDLESS,
    clock: Clock = STILL,
) -> Installed:
    source = f"import lib\nCELL = {function}()\ndef f():\n    CELL['x'] = 1\n"
    deeper = partial(inferred, folders=(str(folder),), clock=clock, patience=patience)
    return installed((module("m.py", source),), tables, (str(folder),), deeper=deeper)


@pytest.mark.parametrize(("function", "returned"), TOLD.values(), ids=TOLD.keys())
def test_what_a_function_returns(site: Site, tables: Tables, function: str, returned: str) -> None:
    found = ask(site(FILES), tables, function)
    assert found.returns == {function: returned}
    assert returned == "threading.local" or returned in found.classes


@pytest.mark.parametrize("function", UNTOLD)
def test_what_nobody_can_tell(site: Site, tables: Tables, function: str) -> None:
    assert ask(site(FILES), tables, f"lib.{function}").returns == {}


def test_without_it_nothing_is_told(site: Site, tables: Tables) -> None:
    source = "import lib\nCELL = lib.by_method()\ndef f():\n    CELL['x'] = 1\n"
    folders = (str(site(FILES)),)
    assert installed((module("m.py", source),), tables, folders).returns == {}


@pytest.mark.parametrize(
    ("patience", "clock"),
    [
        pytest.param(Patience(run=-1.0), STILL, id="no time at all"),
        pytest.param(Patience(question=0.0), partial(next, count()), id="none for a question"),
        pytest.param(Patience(byte=1.0), STILL, id="none for a module"),
    ],
)
def test_patience(site: Site, tables: Tables, patience: Patience, clock: Clock) -> None:
    assert ask(site(FILES), tables, "lib.by_method", patience, clock).returns == {}


def test_an_odd_library_does_no_harm(site: Site, tables: Tables) -> None:
    folder = site({"lib.py": LIB, "part.py": "class Thing(:"})
    found = ask(folder, tables, "lib.far")
    assert found.returns == {}


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """The files that are opened and the modules that are loaded from a file."""
    seen: list[str] = []
    listening = [True]

    def listen(event: str, arguments: tuple[object, ...]) -> None:
        if listening and event == "open":
            seen.append(str(arguments[0]))
        elif listening and event == "import" and arguments[1]:
            seen.append(str(arguments[1]))

    sys.addaudithook(listen)
    yield seen
    listening.clear()


def test_it_looks_for_no_module_itself(site: Site, tables: Tables, opened: list[str]) -> None:
    ask(site(FILES), tables, "lib.by_method")  # astroid itself is imported by now
    opened.clear()
    folder = site({**FILES, "lib.py": f"import json, zlib, attrs\n{LIB}"})
    found = ask(folder, tables, "lib.apart")
    assert found.returns == {"lib.apart": "threading.local"}
    assert {Path(path).name for path in opened if not path.isdigit()} == set(FILES)


def test_it_forgets_everything(site: Site, tables: Tables) -> None:
    before = astroid.MANAGER.brain["module_denylist"], astroid.MANAGER.always_load_extensions
    ask(site(FILES), tables, "lib.far")
    manager = astroid.MANAGER
    assert {"lib", "part"}.isdisjoint(manager.astroid_cache)
    assert (manager.brain["module_denylist"], manager.always_load_extensions) == before
    assert not isinstance(manager.module_denylist, Modules)
