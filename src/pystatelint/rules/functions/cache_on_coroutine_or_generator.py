"""A cache keeps a coroutine or generator, which can be used only once.

## What it finds

`functools.cache`, `lru_cache`, `cached_property` or a decorator like them directly on an
`async def`, on a function with `yield`, or on a function that returns a generator.

## Why it hurts

Calling such a function runs nothing: it makes an object that still has to be awaited or
iterated, once. That object is what the cache keeps. The first caller uses it up; the
second gets `RuntimeError: cannot reuse already awaited coroutine`, or from a generator
no rows at all and no error either.

## When it is fine

Caches that are made for coroutines keep what they return. A function that builds its
list first, or returns a task, may be cached as well.

```python
from functools import cache

from async_lru import alru_cache


@alru_cache(maxsize=128)
async def user(number: int) -> str:
    return f"user {number}"


@cache
def lines(path: str) -> tuple[str, ...]:
    return tuple(open(path))
```

## Example

```python
from functools import cache, lru_cache


@lru_cache(maxsize=128)  # expect: HMS309
async def user(number: int) -> str:
    return f"user {number}"


@cache  # expect: HMS309
def lines(path: str):
    yield from open(path)
```

## Use instead

```python
from functools import cache

from async_lru import alru_cache


@alru_cache(maxsize=128)
async def user(number: int) -> str:
    return f"user {number}"


@cache
def lines(path: str) -> tuple[str, ...]:
    return tuple(open(path))
```

## Options

None.

## Fix

By hand: `async_lru.alru_cache` for coroutines, a tuple for generators.

## References

- Python documentation, [functools.lru_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache)
- [python/cpython#90780](https://github.com/python/cpython/issues/90780): a variant for coroutines
"""

from collections.abc import Iterator
from types import MappingProxyType

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Decorator, FunctionInfo
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule, Scope
from pystatelint.models.functions import CacheDecorator
from pystatelint.models.row import by_name
from pystatelint.rules.evidence import Place, at_place

_NOTHING_KEPT = frozenset({("maxsize", "0"), ("0", "0"), ("cache", "None")})
"""Arguments that turn a cache off."""

_EMPTIED = "the first caller goes through it, and all the others find it empty"
_HARM = MappingProxyType(
    {
        "asynchronous generator": _EMPTIED,
        "coroutine": "the first caller awaits it, and all the others get a RuntimeError",
        "generator": _EMPTIED,
    }
)
_REMEDIES = MappingProxyType(
    {
        "asynchronous generator": "collect the items, and use a cache made for coroutines",
        "coroutine": "use a cache made for coroutines, such as async_lru.alru_cache",
        "generator": "cache a tuple of the items",
    }
)


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report caches that keep what can be used only once."""
    table = by_name(project.cache_decorators)
    for function in project.functions:
        made = _made_by(function)
        for position, decorator in enumerate(function.decorators):
            row = table.get(decorator.dotted)
            if made and row is not None and _keeps_it(row, made, decorator):
                if _all_hand_on(function.decorators[position + 1 :], project):
                    yield _finding(function, decorator, made)


def _made_by(function: FunctionInfo) -> str:
    """Return what a call makes that can be used only once; empty if nothing of the kind."""
    if function.is_async:
        return "asynchronous generator" if function.generator else "coroutine"
    if function.generator or any(value.kind == "generator" for value in function.returns):
        return "generator"
    return ""


def _keeps_it(row: CacheDecorator, made: str, decorator: Decorator) -> bool:
    """Return whether the cache keeps the object itself, in this process."""
    if row.bound == "external" or (row.coroutines and made == "coroutine"):
        return False
    return _NOTHING_KEPT.isdisjoint(decorator.constants)


def _all_hand_on(inner: tuple[Decorator, ...], project: Project) -> bool:
    """Return whether the decorators below the cache leave the function what it is."""
    return all(each.dotted in project.transparent_decorators for each in inner)


def _finding(function: FunctionInfo, decorator: Decorator, made: str) -> Finding:
    return at_place(
        RULE,
        Place(function.path, decorator.span, function.symbol),
        message=(
            f"the cache of {function.symbol} keeps the {made}, not what comes out of it: "
            f"{_HARM[made]}"
        ),
        remedy=_REMEDIES[made],
        steps=(Step(StepKind.CELL, function.path, function.span, f"a call makes the {made}"),),
    )


RULE = Rule(
    code="HMS309",
    name="cache-on-coroutine-or-generator",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
