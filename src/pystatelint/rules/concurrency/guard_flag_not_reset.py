"""A flag that keeps others out stays up when the coroutine fails.

## What it finds

A flag that several tasks can get at is tested and put up, the coroutine waits, and then the
flag is taken down, but in no `finally` and no `except`.

## Why it hurts

What waits can fail, be cancelled or run into a timeout. Then the flag stays up for the life
of the object: everybody who comes later is told that somebody is busy, and nobody is.

## When it is fine

The flag comes down in `finally`, or nothing waits while it is up.

```python
import asyncio


class Refresher:
    def __init__(self) -> None:
        self.busy = False
        self.lock = asyncio.Lock()

    async def refresh(self) -> None:
        if self.busy:
            return
        self.busy = True
        try:
            await asyncio.sleep(1)
        finally:
            self.busy = False
```

## Example

```python
import asyncio


class Refresher:
    def __init__(self) -> None:
        self.busy = False

    async def refresh(self) -> None:
        if self.busy:
            return
        self.busy = True  # expect: HMS511
        await asyncio.sleep(1)
        self.busy = False


refresher = Refresher()
```

## Use instead

```python
import asyncio


class Refresher:
    def __init__(self) -> None:
        self.busy = False

    async def refresh(self) -> None:
        if self.busy:
            return
        self.busy = True
        try:
            await asyncio.sleep(1)
        finally:
            self.busy = False


refresher = Refresher()
```

## Options

None.

## Fix

By hand: `try` behind the line that puts the flag up, and `finally` for the one that takes it
down.

## References

- Python documentation, [task cancellation](https://docs.python.org/3/library/asyncio-task.html)
- [CWE-460](https://cwe.mitre.org/data/definitions/460.html): improper cleanup on an exception
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.interleavings import Danger
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.races import at_line, at_race, graded


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report flags that stay up after an exception."""
    for race in project.races:
        if race.danger is Danger.NOT_RESET:
            yield at_race(
                RULE,
                race,
                message=(
                    f"{race.name} is put up here and taken down behind the await in "
                    f"{at_line(race.suspended)}, in no finally: if that one fails or is "
                    "cancelled, it stays up for good"
                ),
                remedy=f"take {race.name} down in a finally",
                severity=graded(race, Severity.WARNING, Severity.INFO),
            )


RULE = Rule(
    code="HMS511",
    name="guard-flag-not-reset",
    severity=Severity.WARNING,
    doc=__doc__,
    check=check,
)
