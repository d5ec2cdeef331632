"""Which tables are filled on a miss under keys that callers give, and never emptied?"""

import pytest

from .project import Files, project

ROUTE = """
import collections, enum, threading
from flask import Flask
app = Flask(__name__)
class Size(enum.Enum): small = 1
cache = {binding}
@app.get("/")
def f({parameters}):
    {lines}
    return 1
{more}
"""
STORE = "if key not in cache: cache[key] = 1\n    cache[key]"


def route(
    lines: str = STORE, more: str = "", binding: str = "{}", parameters: str = "key: str"
) -> str:
    return ROUTE.format(binding=binding, lines=lines, more=more, parameters=parameters)


def unbounded(files: Files | str) -> list[str]:
    return [each.cell for each in project(files).unbounded_tables]


STORES = {
    "store, then look-up": (route(), True),
    "look-up by get": (route("if cache.get(key) is None: cache[key] = 1"), True),
    "return of what is there": (route("if key: return cache[key]\n    cache[key] = 1"), True),
    "try": (route("try: cache[key]\n    except KeyError: cache[key] = 1"), True),
    "setdefault": (route("cache.setdefault(key, 1)"), True),
    "setdefault, to collect": (route("cache.setdefault(key, []).append(1)"), False),
    "under a key made of it": (
        route("k = key.lower()\n    if k not in cache: cache[k] = 1\n    cache[k]"),
        True,
    ),
    "ordered": (route(binding="collections.OrderedDict()"), True),
    "whatever a library makes": (route(binding="collections.table()"), False),
    "never looked up": (route("if key: cache[key] = 1"), False),
    "another key is looked up": (route("if key: cache[key] = 1\n    cache[key + 'x']"), False),
    "whatever was there": (route("cache[key] = cache.get(key, 0) + 1"), False),
    "constant key": (route("if 'x' not in cache: cache['x'] = key\n    cache['x']"), False),
    "no container": (route(binding="None"), False),
    "a list": (route(binding="[]"), False),
    "of a thread": (route("cache.x.setdefault(key, 1)", binding="threading.local()"), False),
}


@pytest.mark.parametrize(("source", "expected"), STORES.values(), ids=STORES.keys())
def test_what_is_a_store_on_a_miss(source: str, expected: bool) -> None:
    assert bool(unbounded(source)) is expected


EMPTIED = {
    "nobody": (route(), True),
    "another table is cleared": (route(more="other = {}\ndef g(): other.clear()"), True),
    "a name of the function": (route(more="def g():\n    cache = {}\n    cache.clear()"), True),
    "an entry is changed": (route(more="def g(): cache['x'].append(1)"), False),
    "read as a whole": (route(more="def g(): return sorted(cache)"), True),
    "popped": (route(more="def g(): cache.pop('x')"), False),
    "cleared": (route(more="def g(): cache.clear()"), False),
    "cleared under another name": (route(more="def g():\n    c = cache\n    c.clear()"), False),
    "deleted": (route(more="def g(): del cache['x']"), False),
    "replaced": (route(more="def g():\n    global cache\n    cache = {}"), False),
    "measured": (route(more="def g(): return len(cache) > 9"), False),
    "handed to somebody": (route(more="def g(): library.prune(cache)"), False),
    "returned": (route(more="def g(): return cache"), False),
    "kept elsewhere": (route(more="def g(x): x.cache = cache"), False),
}


@pytest.mark.parametrize(("source", "expected"), EMPTIED.values(), ids=EMPTIED.keys())
def test_who_empties_it(source: str, expected: bool) -> None:
    assert bool(unbounded(source)) is expected


def test_another_module_empties_it_but_tests_do_not_count() -> None:
    clear = "import m\ndef g(): m.cache.clear()"

    assert unbounded({"m.py": route(), "a.py": clear}) == []
    assert unbounded({"m.py": route(), "test_a.py": clear}) == ["m.cache"]


KEYS = {
    "text": ("key: str", True),
    "not annotated": ("key", True),
    "number or nothing": ("key: int | None", True),
    "truth value": ("key: bool", False),
    "class": ("key: type[object]", False),
    "any class": ("key: type", False),
    "member of an enumeration": ("key: Size", False),
    "member, or a truth value": ("key: Size | bool", False),
    "member, or nothing": ("key: Size | None = None", False),
}


@pytest.mark.parametrize(("parameters", "expected"), KEYS.values(), ids=KEYS.keys())
def test_which_keys_are_ever_new(parameters: str, expected: bool) -> None:
    assert bool(unbounded(route(parameters=parameters))) is expected


@pytest.mark.parametrize("key", ["type(key)", "key.__class__", "key.__qualname__", "callable(key)"])
def test_definitions_are_finitely_many(key: str) -> None:
    assert unbounded(route(f"if {key} not in cache: cache[{key}] = 1\n    cache[{key}]")) == []


def test_a_pair_is_as_open_as_its_parts() -> None:
    lines = "k = ({}, key)\n    if k not in cache: cache[k] = 1\n    cache[k]"

    assert unbounded(route(lines.format("1"))) == ["m.cache"]
    assert unbounded(route(lines.format("1"), parameters="key: bool")) == []


def test_an_entry_point_has_to_lead_there() -> None:
    filled = "cache = {}\ndef f(key): return cache.setdefault(key, 1)"
    route = "from flask import Flask\nfrom m import f\n@Flask(__name__).get('/')\ndef g(x): f(x)"

    assert unbounded(filled) == []
    assert unbounded({"m.py": filled, "a.py": route}) == ["m.cache"]


VALUES = {
    "a constant": ("1", "", False),
    "made of the key": ("key.title()", "", False),
    "of the module": ("DATA[key]", "", False),
    "of another parameter": ("load(key, other)", ", other: str", True),
    "read through a session": ("other.get(key)", ", other: Session", False),
    "read through a session of FastAPI": ("other.get(key)", ", other: Given", False),
}


@pytest.mark.parametrize(("value", "more", "mixed"), VALUES.values(), ids=VALUES.keys())
def test_what_an_entry_depends_on(value: str, more: str, mixed: bool) -> None:
    source = (
        "from typing import Annotated\nfrom sqlalchemy.orm import Session\n"
        "Given = Annotated[Session, 1]\n"
        + route(
            f"if key not in cache: cache[key] = {value}\n    cache[key]", parameters="key" + more
        )
    )
    (found,) = project(source).unbounded_tables

    assert found.mixed is mixed
