"""Each call makes a lock of its own, so that nobody ever waits for anybody.

## What it finds

`with threading.Lock():`, `async with asyncio.Lock():`, and a lock in a local name that the
function enters and gives to nobody: not to a call, an attribute, a container, an inner
function or its caller.

## Why it hurts

A lock keeps out those who want the same lock. Here everybody brings a new one, so all of
them get in at once: the code looks guarded and is not.

## When it is fine

The lock is shared with somebody: with tasks or threads that the function starts, or
because it comes from a place that outlives the call. Locks that stand for a file or a row
may be made as often as you like.

```python
import asyncio

_lock = asyncio.Lock()


async def fetch_all(names: list[str]) -> list[str]:
    one_at_a_time = asyncio.Semaphore(4)

    async def fetch(name: str) -> str:
        async with one_at_a_time:
            await asyncio.sleep(1)
            return name

    return await asyncio.gather(*(fetch(name) for name in names))


async def count() -> None:
    async with _lock:
        await asyncio.sleep(1)
```

## Example

```python
import asyncio


async def count(totals: dict[str, int], name: str) -> None:
    lock = asyncio.Lock()
    async with lock:  # expect: HMS504
        before = totals[name]
        await asyncio.sleep(1)
        totals[name] = before + 1
```

## Use instead

```python
import asyncio

_lock = asyncio.Lock()


async def count(totals: dict[str, int], name: str) -> None:
    async with _lock:
        before = totals[name]
        await asyncio.sleep(1)
        totals[name] = before + 1
```

## Options

None.

## Fix

By hand: make the lock once, next to what it guards.

## References

- Python documentation, [synchronization primitives](https://docs.python.org/3/library/asyncio-sync.html)
- [CWE-667](https://cwe.mitre.org/data/definitions/667.html): improper locking
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records_locks import Misuse
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import Place, at_place

_REMEDY = "make the lock once, in the module or the object that has what it guards"


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report locks that a call makes for itself alone."""
    for each in project.lock_misuses:
        if each.misuse is Misuse.MADE_PER_CALL:
            yield at_place(
                RULE,
                Place(each.path, each.span, each.function),
                message=(
                    f"each call of {each.function} makes its own {each.dotted} and gives it "
                    "to nobody: it keeps no other call out"
                ),
                remedy=_REMEDY,
            )


RULE = Rule(
    code="HMS504",
    name="lock-created-per-call",
    severity=Severity.ERROR,
    default=True,
    scope=Scope.MODULE,
    doc=__doc__,
    check=check,
)
