"""The default of a ContextVar is changed, and with it that of every context.

## What it finds

`ContextVar("name", default={})` whose object is changed through `get()` at run time.

## Why it hurts

A context variable keeps requests apart by giving each context its own value. The
default is no such value: it is one object, and contexts that have set nothing all get
it. The first request writes into what the next one reads.

## When it is fine

A default that nothing changes, and setting a value of one's own before changing it.

```python
from contextvars import ContextVar

tags: ContextVar[tuple[str, ...]] = ContextVar("tags", default=())


def add_tag(tag: str) -> None:
    tags.set((*tags.get(), tag))
```

## Example

```python
from contextvars import ContextVar

tags: ContextVar[list[str]] = ContextVar("tags", default=[])  # expect: HMS312


def add_tag(tag: str) -> None:
    tags.get().append(tag)
```

## Use instead

```python
from contextvars import ContextVar

tags: ContextVar[list[str] | None] = ContextVar("tags", default=None)


def add_tag(tag: str) -> None:
    tags.set([*(tags.get() or []), tag])
```

## Options

None.

## Fix

By hand: default to an immutable value, and `set` a new one.

## References

- Python documentation, [contextvars](https://docs.python.org/3/library/contextvars.html#contextvars.ContextVar)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import at_cell, who
from pystatelint.rules.partition import owned_by
from pystatelint.rules.values import held_by


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report context variables whose default object run time changes."""
    for cell, writes in owned_by(RULE.code, project, options):
        yield at_cell(
            RULE,
            cell,
            message=(
                f"the default of {cell.symbol} is {held_by(cell)} for all contexts and "
                f"{who(writes, 'change')} it: what one request leaves there, others see"
            ),
            remedy="use an immutable default, and set() a new value instead of changing it",
            writes=writes,
        )


RULE = Rule(
    code="HMS312",
    name="contextvar-mutable-default",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
