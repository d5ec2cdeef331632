"""A coroutine waits while it holds a lock that stops whole threads.

## What it finds

`with` of a lock of `threading` or `multiprocessing`, known by its type, whose body has an
`await`, `async for` or `async with` that can hand control back to the event loop.

## Why it hurts

While the coroutine waits, the loop runs the next task. If that one wants the same lock, it
does not wait as a coroutine does: it stops the thread, and with it the loop. The task that
holds the lock never gets its turn again, so nobody ever gives it back: the process hangs.

With an `RLock` it is the other way round. The lock belongs to the thread, all tasks of a
loop run in one thread, and so the second task simply walks in.

## When it is fine

The body only computes, and the waiting is done outside; or the lock is one of `asyncio`.

```python
import asyncio
import threading


class Totals:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.queue_lock = asyncio.Lock()
        self.total = 0

    async def add(self, number: int) -> None:
        await asyncio.sleep(1)
        with self.lock:
            self.total += number

    async def flush(self) -> None:
        async with self.queue_lock:
            await asyncio.sleep(1)
```

## Example

```python
import asyncio
import threading


class Totals:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.total = 0

    async def add(self, number: int) -> None:
        with self.lock:  # expect: HMS508
            await asyncio.sleep(1)
            self.total += number
```

## Use instead

```python
import asyncio


class Totals:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.total = 0

    async def add(self, number: int) -> None:
        async with self.lock:
            await asyncio.sleep(1)
            self.total += number
```

## Options

None.

## Fix

By hand: an `asyncio.Lock` if only coroutines take it; if threads take it too, wait before
or after the block.

## References

- Python documentation, [developing with asyncio](https://docs.python.org/3/library/asyncio-dev.html)
- [CWE-833](https://cwe.mitre.org/data/definitions/833.html): deadlock
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records_locks import LockMisuse, Misuse
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place

_REMEDY = "use an asyncio.Lock with async with, or wait outside the block"

REENTRANT = frozenset({"multiprocessing.RLock", "threading.Condition", "threading.RLock"})
"""Locks that a thread may take again while it has them (a Condition makes an RLock)."""


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report locks of threads that a coroutine holds while it waits."""
    for each in project.lock_misuses:
        if each.misuse is Misuse.HELD_ACROSS_AWAIT:
            yield at_place(
                RULE,
                Place(each.path, each.span, each.function),
                message=_message(each),
                remedy=_REMEDY,
                steps=each.steps,
            )


def _message(each: LockMisuse) -> str:
    line = each.steps[0].span.line
    harm = (
        "meanwhile every other task of the loop runs in the same thread and can take it, too"
        if each.dotted in REENTRANT
        else "the next task that wants it stops the whole loop, and then nobody gives it back"
    )
    return f"{each.lock}, a {each.dotted}, is held while line {line} waits: {harm}"


RULE = Rule(
    code="HMS508",
    name="thread-lock-held-across-await",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
