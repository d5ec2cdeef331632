"""A class made to keep threads apart has a container that they all share.

## What it finds

A list, dict, set or other mutable object in the body of a class that inherits from
`threading.local` (or its likes in gevent, eventlet and asgiref), changed through an
instance at run time.

## Why it hurts

A thread-local object keeps apart what is bound to the *instance*: each thread has its
own `self.__dict__`. The class body runs once, and what it binds belongs to the class.
So the one object that was to be safe from other threads is the one that all of them
change, and nobody looks for it there.

## When it is fine

A subclass of `threading.local` runs `__init__` anew in each thread that touches the
instance, so what is bound there is that thread's own. Numbers and strings in the class
body are first values: `self.depth += 1` binds an own one. Tables that are only read
are silent too.

```python
import threading


class Transaction(threading.local):
    depth = 0
    levels = {"read": 1, "write": 2}

    def __init__(self) -> None:
        self.savepoints: list[str] = []

    def push(self, name: str) -> None:
        self.depth += 1
        self.savepoints.append(name)
```

## Example

```python
import threading


class Transaction(threading.local):
    savepoints: list[str] = []  # expect: HMS110

    def push(self, name: str) -> None:
        self.savepoints.append(name)
```

## Use instead

```python
import threading


class Transaction(threading.local):
    def __init__(self) -> None:
        self.savepoints: list[str] = []

    def push(self, name: str) -> None:
        self.savepoints.append(name)
```

In code with `async def`, a `ContextVar` keeps tasks apart as well.

## Options

None.

## Fix

By hand: bind the attribute in `__init__`, which runs once per thread.

## References

- Python documentation, [threading.local](https://docs.python.org/3/library/threading.html#threading.local)
- CPython source, the docstring of `Lib/_threading_local.py`, on subclasses with `__init__`
- [CWE-567](https://cwe.mitre.org/data/definitions/567.html): unsynchronised access to shared data
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import at_written_cell, who
from pystatelint.rules.partition import owned_by
from pystatelint.rules.values import held_by


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report class containers of thread-local objects that instances change."""
    for cell, writes in owned_by(RULE.code, project, options):
        yield at_written_cell(
            RULE,
            cell,
            writes,
            message=(
                f"{cell.owner} keeps threads apart, but all of them share {held_by(cell)} in "
                f"`{cell.name}`: what {who(writes, 'change')} in one thread, the others see"
            ),
            remedy=f"bind self.{cell.name} in __init__, which runs once in each thread",
        )


RULE = Rule(
    code="HMS110",
    name="shared-attribute-on-thread-local",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
