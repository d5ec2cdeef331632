"""A value is read, the coroutine waits, and an outdated value is written back.

## What it finds

`x += await f()` and `x = g(x, await f())` where other tasks can get at `x`: a module or
class has it, or an object of which there is one for all, or that has a lock, or whose
methods run as tasks. Also a local copy that was taken before an `await` and goes into the
value that is written after it.

An error where several calls are sure to meet: one object for all, or a function that a
framework calls per request. A warning else, and where the old value is only an argument
of a call that gives the new one.

## Why it hurts

At each `await` other tasks run. What they write between the read and the write is
overwritten by a value that knows nothing of it: of two additions at the same time one is
lost, and nothing fails.

## When it is fine

The value is read after the last `await`; one lock is held from the read to the write;
the value is looked at once more before the write; nobody else has the object. And where
what is awaited never waits for anything itself.

```python
import asyncio
from collections.abc import Awaitable, Callable


class Meter:
    def __init__(self) -> None:
        self.total = 0
        self.peak = 0
        self.lock = asyncio.Lock()

    async def add(self, reading: Callable[[], Awaitable[int]]) -> None:
        value = await reading()
        self.total += value

    async def note(self, reading: Callable[[], Awaitable[int]]) -> None:
        async with self.lock:
            self.peak = max(self.peak, await reading())
```

## Example

```python
import asyncio
from collections.abc import Awaitable, Callable


class Meter:
    def __init__(self) -> None:
        self.total = 0
        self.peak = 0
        self.lock = asyncio.Lock()

    async def add(self, reading: Callable[[], Awaitable[int]]) -> None:
        self.total += await reading()  # expect: HMS501

    async def note(self, reading: Callable[[], Awaitable[int]]) -> None:
        peak = self.peak
        value = await reading()
        self.peak = value if value > peak else peak  # expect: HMS501
```

## Use instead

```python
from collections.abc import Awaitable, Callable


class Meter:
    def __init__(self) -> None:
        self.total = 0
        self.peak = 0

    async def add(self, reading: Callable[[], Awaitable[int]]) -> None:
        value = await reading()
        self.total += value

    async def note(self, reading: Callable[[], Awaitable[int]]) -> None:
        value = await reading()
        self.peak = max(self.peak, value)
```

## Options

None.

## Fix

By hand: await first, then read and write in one statement; or hold one lock throughout.

## References

- Python documentation, [coroutines and tasks](https://docs.python.org/3/library/asyncio-task.html)
- ESLint, [require-atomic-updates](https://eslint.org/docs/latest/rules/require-atomic-updates)
- [CWE-362](https://cwe.mitre.org/data/definitions/362.html): race condition
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.interleavings import Danger
from pystatelint.link.project import Project
from pystatelint.link.records_races import Race
from pystatelint.model.course import Way
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.races import at_line, at_race, graded

_REMEDY = (
    "await first, then read and write without an await between; or hold one asyncio.Lock from "
    "the read to the write"
)


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report values that are out of date when they are written."""
    for race in project.races:
        if race.danger is Danger.LOST_UPDATE:
            yield at_race(
                RULE, race, message=_message(race), remedy=_REMEDY, severity=_severity(race)
            )


def _severity(race: Race) -> Severity:
    if race.way is Way.FALLBACK:
        return Severity.INFO
    if race.way is Way.WHOLE:
        return graded(race, Severity.ERROR, Severity.WARNING)
    return graded(race, Severity.WARNING, Severity.INFO)


def _message(race: Race) -> str:
    if race.augmented:
        return (
            f"{race.name} is read before the await in this statement, and written after it: what "
            "another task adds meanwhile is lost"
        )
    return (
        f"{race.name} gets a value that was worked out of what it held in {at_line(race.since)}, "
        f"before the await in {at_line(race.suspended)}: what another task wrote meanwhile is lost"
    )


RULE = Rule(
    code="HMS501",
    name="read-modify-write-across-await",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
