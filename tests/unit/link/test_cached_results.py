"""Which cached functions give every caller the same container?"""

import pytest

from .project import project

MODULE = """
import functools
import json
from collections import Counter
from functools import cache, lru_cache
from async_lru import alru_cache
import joblib
memory = joblib.Memory("x")
def project_decorator(function): return function
{decorator}
{define} load(name) {annotation}:
    {body}
def use(name):
    {use}
def hand_on(name):
    return load(name)
"""


def writes(
    use: str = "load(name).append(1)",
    body: str = "return [name]",
    decorator: str = "@cache",
    define: str = "def",
    annotation: str = "",
) -> int | None:
    """Count the writes to what the cache keeps; None if it keeps nothing that can change."""
    source = MODULE.format(
        decorator=decorator, define=define, annotation=annotation, body=body, use=use
    )
    kept = [cell for cell in project(source).cells if cell.symbol == "m.load()"]
    return len(kept[0].writes) if kept else None


@pytest.mark.parametrize(
    ("decorator", "define"),
    [
        pytest.param("", "def", id="no decorator"),
        pytest.param("@project_decorator", "def", id="a decorator of the project"),
        pytest.param("@project_decorator\n@cache", "def", id="something around the cache"),
        pytest.param("@cache\n@project_decorator", "def", id="something inside the cache"),
        pytest.param("@memory.cache", "def", id="each caller gets a copy"),
        pytest.param("@lru_cache(maxsize=0)", "def", id="a cache that keeps nothing"),
        pytest.param("@lru_cache(0)", "def", id="a cache that keeps nothing, by position"),
        pytest.param("@cache", "async def", id="the coroutine is kept, not its result"),
        pytest.param("@alru_cache", "def", id="a cache that awaits, around what cannot be"),
    ],
)
def test_not_the_same_object(decorator: str, define: str) -> None:
    assert writes(decorator=decorator, define=define) is None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("return 1", id="a number"),
        pytest.param("return (name, 1)", id="a tuple of constants"),
        pytest.param("return tuple([name])", id="a tuple of a list"),
        pytest.param("return frozenset([name])", id="a frozenset"),
        pytest.param("return name", id="what the caller passed"),
        pytest.param("return memory", id="an object of the module"),
        pytest.param("return json.loads(name)", id="nobody knows what"),
        pytest.param("yield name", id="a generator"),
        pytest.param("pass", id="nothing"),
    ],
)
def test_nothing_that_can_change(body: str) -> None:
    assert writes(body=body) is None


@pytest.mark.parametrize(
    "use",
    [
        pytest.param("return load(name)[0]", id="only read"),
        pytest.param("return load(name) + [1]", id="a longer list"),
        pytest.param("load(name).copy().append(1)", id="a copy"),
        pytest.param("list(load(name)).append(1)", id="another copy"),
        pytest.param("found = load(name); found = [1]; found.append(2)", id="bound anew"),
        pytest.param("load.cache_clear()", id="the cache is emptied"),
        pytest.param("load.__wrapped__(name).append(1)", id="the function behind the cache"),
    ],
)
def test_not_changed(use: str) -> None:
    assert writes(use) == 0


@pytest.mark.parametrize(
    "decorator",
    [
        pytest.param("@functools.cache", id="functools.cache"),
        pytest.param("@lru_cache", id="lru_cache, not called"),
        pytest.param("@lru_cache(maxsize=None)", id="lru_cache without a bound"),
        pytest.param("@staticmethod\n@cache", id="a decorator that hands on what it gets"),
    ],
)
def test_caches(decorator: str) -> None:
    assert writes(decorator=decorator) == 1


@pytest.mark.parametrize(
    ("body", "annotation", "use"),
    [
        pytest.param("return {}", "", "load(name)['x'] = 1", id="dict"),
        pytest.param("return Counter(name)", "", "load(name).update('a')", id="of the library"),
        pytest.param("return [1], 2", "", "load(name)[0].append(1)", id="list in a tuple"),
        pytest.param("return [{}]", "", "load(name)[0]['x'] = 1", id="dict in a list"),
        pytest.param("return []", "", "x = load(name); x += [1]", id="augmented"),
        pytest.param("return []", "", "hand_on(name).append(1)", id="through a function"),
        pytest.param(
            "return json.loads(name)", "-> dict[str, int]", "del load(name)['x']", id="as annotated"
        ),
        pytest.param(
            "x = {}\n    x['a'] = 1\n    return x", "", "load(name).clear()", id="filled before"
        ),
    ],
)
def test_changed(body: str, annotation: str, use: str) -> None:
    assert writes(use, body, annotation=annotation) == 1


def test_results_of_coroutines() -> None:
    source = "return [name]\nasync def other(name): (await load(name)).append(1)"
    assert writes("pass", source, decorator="@alru_cache", define="async def") == 1
