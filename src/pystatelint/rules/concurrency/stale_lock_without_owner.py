"""A lock that times out is given back by whoever held it last.

## What it finds

A homemade lock: `table[key] = time.monotonic()` in a function that first looks the entry
up, and another function that deletes the entry by its key, without a look at it. That
it is a lock is known by the name of the table, its class or the function.

## Why it hurts

The time says since when the lock is taken, not by whom. The first holder is too slow, a
second one takes over; then the first one is done and deletes the entry, which is the
second one's. A third one gets in beside it.

## When it is fine

The entry says who has the lock, and who gives it back shows that it is still his.

```python
import time
import uuid


class Locks:
    def __init__(self) -> None:
        self._held: dict[str, tuple[str, float]] = {}

    def acquire(self, key: str) -> str | None:
        held = self._held.get(key)
        if held is not None and time.monotonic() - held[1] < 30:
            return None
        owner = uuid.uuid4().hex
        self._held[key] = (owner, time.monotonic())
        return owner

    def release(self, key: str, owner: str) -> None:
        held = self._held.get(key)
        if held is not None and held[0] == owner:
            del self._held[key]
```

## Example

```python
import time


class Locks:
    def __init__(self) -> None:
        self._held: dict[str, float] = {}

    def acquire(self, key: str) -> bool:
        since = self._held.get(key)
        if since is not None and time.monotonic() - since < 30:
            return False
        self._held[key] = time.monotonic()  # expect: HMS517
        return True

    def release(self, key: str) -> None:
        self._held.pop(key, None)
```

## Use instead

```python
import time
import uuid


class Locks:
    def __init__(self) -> None:
        self._held: dict[str, tuple[str, float]] = {}

    def acquire(self, key: str) -> str | None:
        held = self._held.get(key)
        if held is not None and time.monotonic() - held[1] < 30:
            return None
        owner = uuid.uuid4().hex
        self._held[key] = (owner, time.monotonic())
        return owner

    def release(self, key: str, owner: str) -> None:
        held = self._held.get(key)
        if held is not None and held[0] == owner:
            del self._held[key]
```

## Options

None.

## Fix

By hand: a token of the owner beside the time, which the release compares.

## References

- Kleppmann, [How to do distributed locking](https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html)
- [CWE-672](https://cwe.mitre.org/data/definitions/672.html): use of what has expired
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records_locks import LockMisuse, Misuse
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place

_REMEDY = "keep a token of the owner beside the time, and compare it before the release"


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report locks that run out by the clock and do not know their owner."""
    for each in project.lock_misuses:
        if each.misuse is Misuse.WITHOUT_OWNER:
            yield at_place(
                RULE,
                Place(each.path, each.span, each.function),
                message=_message(each),
                remedy=_REMEDY,
                steps=each.steps,
            )


def _message(each: LockMisuse) -> str:
    release = each.steps[0].text.partition(" ")[0]
    return (
        f"{each.lock} keeps since when a lock is taken, not by whom: a holder whose time has run "
        f"out frees the lock of the next one when it calls {release}"
    )


RULE = Rule(
    code="HMS517",
    name="stale-lock-without-owner",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
