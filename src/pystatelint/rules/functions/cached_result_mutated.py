"""A caller changes the object that a cache gives to every caller.

## What it finds

A function under `functools.cache`, `lru_cache` or a decorator like them returns a list,
dict, set or another container, and somebody who calls it changes what comes back, or
something inside it: by a name, an attribute, a helper that changes its argument, or a
function that hands the result on. Setting or filling an attribute of an object that
comes back is a warning; what the object's own methods do is their affair.

## Why it hurts

The cache keeps the object, not its value. The next call with the same arguments gets the
changed one: a row is there twice, a default is the last caller's, and whether it happens
depends on who called first and on what the cache has dropped meanwhile.

## When it is fine

A caller that changes a copy of its own, and a cached function that returns a tuple, a
`frozenset` or a `MappingProxyType`, so that nobody can change it. Caches that give each
caller a copy, such as those that keep results on disk, are not meant.

```python
from functools import cache


@cache
def prices(shop: str) -> dict[str, int]:
    return {"tea": 3, "coffee": len(shop)}


def with_discount(shop: str) -> dict[str, int]:
    found = dict(prices(shop))
    found["tea"] -= 1
    return found
```

## Example

```python
from functools import cache


@cache
def prices(shop: str) -> dict[str, int]:  # expect: HMS307
    return {"tea": 3, "coffee": len(shop)}


def with_discount(shop: str) -> dict[str, int]:
    found = prices(shop)
    found["tea"] -= 1
    return found
```

## Use instead

```python
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType


@cache
def prices(shop: str) -> Mapping[str, int]:
    return MappingProxyType({"tea": 3, "coffee": len(shop)})


def with_discount(shop: str) -> dict[str, int]:
    found = prices(shop)
    return {**found, "tea": found["tea"] - 1}
```

## Options

None.

## Fix

By hand: return something that cannot change, or change a copy.

## References

- Python documentation, [functools.lru_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache)
- [tkem/cachetools#184](https://github.com/tkem/cachetools/issues/184): what callers change
"""

from collections.abc import Iterator, Sequence

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, Write
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import at_cell, eased, who
from pystatelint.rules.exemption import OWN_METHOD, Exemption
from pystatelint.rules.partition import reported_by
from pystatelint.rules.values import held_by, is_container
from pystatelint.rules.writes import sets_attribute


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report cached functions whose callers change what the cache keeps."""
    for cell, writes in reported_by(RULE, project, options):
        yield _finding(cell, writes)


def spares(cell: Cell, write: Write, project: Project) -> Exemption | None:
    """Return why a write is none of a caller: the object itself does it."""
    return OWN_METHOD if write.by_own_method and not is_container(cell.value) else None


def _finding(cell: Cell, writes: Sequence[Write]) -> Finding:
    by_attribute = all(sets_attribute(write) for write in writes)
    return at_cell(
        RULE,
        cell,
        message=(
            f"the cache of {cell.owner} keeps {held_by(cell)} that {who(writes, 'change')}: "
            "every later call with the same arguments gets the changed one"
        ),
        remedy="return something that cannot change, or change a copy of the result",
        writes=writes,
        severity=eased(cell, Severity.WARNING if by_attribute else Severity.ERROR),
    )


RULE = Rule(
    code="HMS307",
    name="cached-result-mutated",
    severity=Severity.ERROR,
    scope=Scope.PROJECT,
    default=True,
    doc=__doc__,
    check=check,
    spares=spares,
)
