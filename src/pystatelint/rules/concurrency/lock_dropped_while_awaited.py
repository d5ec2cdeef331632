"""A lock is taken out of its registry while somebody may still wait for it.

## What it finds

`del locks[key]` or `locks.pop(key)` of a container of locks, while a lock from that
container is held, or after a look at `lock.locked()`.

## Why it hurts

Those who wait have the old lock. The next one who comes finds no lock, makes a new one,
and gets in beside them: two are inside at once.

`locked()` does not help. Between the release and the turn of the next waiter a lock is
free, and is already promised.

## When it is fine

Whoever uses a lock keeps count, or the container is a `WeakValueDictionary`, which keeps a
lock as long as somebody has it. Also where the function goes by the clock and drops what
has not been used for long.

```python
import asyncio
from weakref import WeakValueDictionary

_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


async def store(key: str) -> None:
    lock = _locks.setdefault(key, asyncio.Lock())
    async with lock:
        await asyncio.sleep(1)
```

## Example

```python
import asyncio


class Rooms:
    def __init__(self) -> None:
        self.locks: dict[str, asyncio.Lock] = {}

    async def enter(self, name: str) -> None:
        async with self.locks.setdefault(name, asyncio.Lock()):
            await asyncio.sleep(1)
            del self.locks[name]  # expect: HMS516
```

## Use instead

```python
import asyncio
from weakref import WeakValueDictionary


class Rooms:
    def __init__(self) -> None:
        self.locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def enter(self, name: str) -> None:
        lock = self.locks.setdefault(name, asyncio.Lock())
        async with lock:
            await asyncio.sleep(1)
```

## Options

None.

## Fix

By hand: a `WeakValueDictionary` and a local name for the lock while it is in use, or a
count of users beside each lock.

## References

- Python documentation, [asyncio.Lock](https://docs.python.org/3/library/asyncio-sync.html#asyncio.Lock)
- [CWE-667](https://cwe.mitre.org/data/definitions/667.html): improper locking
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records_locks import Misuse
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place

_REMEDY = "keep the locks in a WeakValueDictionary, or count who uses each of them"


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report locks that are dropped while others may wait for them."""
    for each in project.lock_misuses:
        if each.misuse is Misuse.DROPPED:
            yield at_place(
                RULE,
                Place(each.path, each.span, each.function),
                message=(
                    f"{each.function} takes a lock out of {each.lock} for which others may wait: "
                    "the next one makes a new lock, and two are inside at once"
                ),
                remedy=_REMEDY,
                steps=each.steps,
            )


RULE = Rule(
    code="HMS516",
    name="lock-dropped-while-awaited",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
