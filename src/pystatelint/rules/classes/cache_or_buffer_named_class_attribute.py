"""A class attribute is a cache or buffer by its name.

## What it finds

A mutable class attribute, or one that is replaced at run time, whose name holds one of
the words in `cache-names`: `cache`, `buffer`, `memo`, `registry`, `pool`, `_storage`,
`_messages`, `_conversations`. Code that is declared stateless may not have one at all:
there it is an error, whether or not anything writes it. Elsewhere it is a warning if
run time writes it, else information.

## Why it hurts

The name tells the plan. A service that answers from its own memory answers differently
in each worker process, and goes on answering with data that the database has dropped.

## When it is fine

A number about a cache is not a cache, and neither is a class of that name.

```python
class ChatService:
    cache_seconds = 300
    buffer_limit = 50
```

## Example

```python
from pystatelint.stateless import stateless


@stateless(allow={"session"})
class ChatService:
    _cache: dict[str, str] = {}  # expect: HMS112

    def __init__(self, session: object) -> None:
        self.session = session
```

## Use instead

Read from the store of record, or hand the cache in as a dependency with a bound and a
lifetime of its own.

```python
from pystatelint.stateless import stateless


@stateless(allow={"session", "store"})
class ChatService:
    def __init__(self, session: object, store: object) -> None:
        self.session = session
        self.store = store
```

## Options

- `cache-names`: the words, compared without regard to case.
- `stateless`, `strict`: which code is declared stateless.

## Fix

By hand: drop the attribute or move it into a dependency.

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
    """Report class attributes whose name promises hidden state."""
    return named_findings(RULE, CellKind.CLASS, project, options)


RULE = Rule(
    code="HMS112",
    name="cache-or-buffer-named-class-attribute",
    severity=Severity.INFO,
    scope=Scope.MODULE,
    contract=True,
    doc=__doc__,
    check=check,
)
