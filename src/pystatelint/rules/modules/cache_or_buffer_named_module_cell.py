"""A module-level name is a cache or buffer by its name.

## What it finds

A mutable module-level object, or a name that is bound anew at run time, whose name
holds one of the words in `cache-names`: `cache`, `buffer`, `memo`, `registry`, `pool`,
`_storage`, `_messages`, `_conversations`. In code that is declared stateless it is an
error, written or not. Elsewhere it is a warning if run time writes it, else
information.

## Why it hurts

The memory of a module is the memory of one process: other workers have another one, a
restart loses it, and nothing tells it when the data behind it changes.

## When it is fine

Numbers about a cache, classes, and functions that cache their results with a bound.

```python
from functools import lru_cache

CACHE_SECONDS = 300


@lru_cache(maxsize=128)
def square(number: int) -> int:
    return number * number
```

## Example

```python
_response_cache: dict[str, str] = {}  # expect: HMS215
```

## Use instead

```python
class Responses:
    def __init__(self, store: object) -> None:
        self.store = store
```

Pass in a store that has a bound, a lifetime and an owner.

## Options

- `cache-names`: the words, compared without regard to case.
- `stateless`, `strict`: which code is declared stateless.

## Fix

By hand.

## References

- The twelve-factor app, [processes](https://12factor.net/processes)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import CellKind
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.ledger import named_findings


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report module-level names that promise hidden state."""
    return named_findings(RULE, CellKind.MODULE, project, options)


RULE = Rule(
    code="HMS215",
    name="cache-or-buffer-named-module-cell",
    severity=Severity.INFO,
    scope=Scope.MODULE,
    contract=True,
    doc=__doc__,
    check=check,
)
