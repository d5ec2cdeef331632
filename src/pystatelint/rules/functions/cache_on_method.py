"""A cache on a method keeps every object it was called on.

## What it finds

`functools.lru_cache`, `functools.cache` and decorators like them on a method that takes
`self`. It is a warning if the cache has no bound, else information.

## Why it hurts

The cache belongs to the function in the class, so it is one for all instances, and
`self` is part of its key. Objects live on in it after everybody else has dropped them,
with all they hold; and a result stays although the object has changed since.

## When it is fine

Static and class methods, enumerations, instances that are frozen and compared by value,
a class that has one instance for the life of the process, and `cached_property`, whose
result lies in the instance.

```python
from functools import cache, cached_property


class Page:
    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> int:
        return len(self.text.split())

    @staticmethod
    @cache
    def limit(kind: str) -> int:
        return len(kind)
```

## Example

```python
from functools import cache


class Page:
    def __init__(self, text: str) -> None:
        self.text = text

    @cache  # expect: HMS306
    def count(self, word: str) -> int:
        return self.text.count(word)
```

## Use instead

Cache a function of the values that the result depends on:

```python
from functools import lru_cache


@lru_cache(maxsize=1024)
def count(text: str, word: str) -> int:
    return text.count(word)


class Page:
    def __init__(self, text: str) -> None:
        self.text = text

    def count(self, word: str) -> int:
        return count(self.text, word)
```

## Options

None.

## Fix

By hand: `cached_property` for methods without arguments, a module-level function else.

## References

- Python FAQ, [how to cache method calls](https://docs.python.org/3/faq/programming.html#how-do-i-cache-method-calls)
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import ClassInfo, Decorator, FunctionInfo
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule, Scope
from pystatelint.models.functions import CacheDecorator
from pystatelint.models.row import by_name
from pystatelint.rules.contract import classes_by_symbol
from pystatelint.rules.defaults import is_frozen
from pystatelint.rules.evidence import Place, at_place
from pystatelint.rules.values import named_value

_STORES = MappingProxyType(
    {
        "constant": "none",
        "defaultdict": "unbounded",
        "dict": "unbounded",
        "function": "instance",
        "ordereddict": "unbounded",
        "weakkeydict": "weak",
        "weakvaluedict": "weak",
    }
)
"""Kind of the store that a decorator is given -> bound; a function finds one per instance."""


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report caches on methods whose instances come and go."""
    table = by_name(project.cache_decorators)
    classes = classes_by_symbol(project)
    for function in project.functions:
        if _keeps_instances(function, classes):
            for decorator in function.decorators:
                if decorator.dotted in table:
                    bound = _bound_of(decorator, table[decorator.dotted], project)
                    yield from _findings(function, decorator, bound)


def _keeps_instances(function: FunctionInfo, classes: Mapping[str, ClassInfo]) -> bool:
    if not function.owner or function.static or function.class_method:
        return False
    info = classes.get(function.owner)
    if info is None:
        return True
    single = len(info.instances) == 1 and info.constructed == 1
    return info.kind != "enum" and not is_frozen(info) and not single


def _findings(function: FunctionInfo, decorator: Decorator, bound: str) -> Iterator[Finding]:
    match bound:
        case "unbounded":
            yield _finding(function, decorator, "for the life of the process", Severity.WARNING)
        case "bounded":
            yield _finding(function, decorator, "until newer entries push them out", Severity.INFO)


def _bound_of(decorator: Decorator, row: CacheDecorator, project: Project) -> str:
    """Return ``unbounded``, ``bounded``, or another word where the cache keeps nobody."""
    keys = {row.keyword} - {""} | ({str(row.position)} if row.position is not None else set())
    match row.bound:
        case "bounded" if any(key in keys and text == "None" for key, text in decorator.constants):
            return "unbounded"
        case "store":
            return _bound_of_store(decorator, keys, project)
        case bound:
            return bound


def _bound_of_store(decorator: Decorator, keys: set[str], project: Project) -> str:
    for key, argument in decorator.arguments:
        if key in keys:
            store = named_value(argument, project)
            return _STORES.get(store.kind, "bounded")
    return "bounded"


def _finding(
    function: FunctionInfo, decorator: Decorator, how_long: str, severity: Severity
) -> Finding:
    return at_place(
        RULE,
        Place(function.path, decorator.span, function.symbol),
        message=(
            f"the cache of {function.symbol} is one for all instances of {function.owner} and "
            f"keeps each of them alive {how_long}"
        ),
        remedy="use cached_property, or cache a function that does not take self",
        steps=(Step(StepKind.CELL, function.path, function.span, "this method takes self"),),
        severity=severity,
    )


RULE = Rule(
    code="HMS306",
    name="cache-on-method",
    severity=Severity.WARNING,
    scope=Scope.MODULE,
    doc=__doc__,
    check=check,
)
