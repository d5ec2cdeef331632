"""Something is tested, a lock is taken, and nobody tests again.

## What it finds

`if self.client is None: async with self.lock: self.client = await connect()` where other
tasks can get at the place: the test stands outside the lock, the write inside, and the
test is not repeated under the lock.

## Why it hurts

The lock makes the tasks wait for each other, and then each of them does the work again:
the ones that waited still go by what they saw before. The second client replaces the
first, which nobody closes.

## When it is fine

With a second test under the lock, and where the whole is under the lock.

```python
import asyncio


class Lines:
    def __init__(self) -> None:
        self.server: asyncio.Server | None = None
        self.lock = asyncio.Lock()

    async def open(self) -> asyncio.Server:
        if self.server is None:
            async with self.lock:
                if self.server is None:
                    self.server = await asyncio.start_server(print, "localhost", 80)
        return self.server
```

## Example

```python
import asyncio


class Lines:
    def __init__(self) -> None:
        self.server: asyncio.Server | None = None
        self.lock = asyncio.Lock()

    async def open(self) -> asyncio.Server:
        if self.server is None:
            async with self.lock:
                self.server = await asyncio.start_server(print, "localhost", 80)  # expect: HMS503
        return self.server
```

## Use instead

```python
import asyncio


class Lines:
    def __init__(self) -> None:
        self.server: asyncio.Server | None = None
        self.lock = asyncio.Lock()

    async def open(self) -> asyncio.Server:
        async with self.lock:
            if self.server is None:
                self.server = await asyncio.start_server(print, "localhost", 80)
            return self.server
```

## Options

None.

## Fix

By hand: repeat the test as the first statement under the lock.

## References

- Schmidt and Harrison, "Double-Checked Locking", in Pattern Languages of Program Design 3, 1997
- [CWE-609](https://cwe.mitre.org/data/definitions/609.html): double-checked locking
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.interleavings import Danger
from pystatelint.link.project import Project
from pystatelint.link.records_races import Race
from pystatelint.model.course import Made
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.races import at_line, at_race, graded

_REMEDY = "test again as the first thing under the lock"


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report writes under a lock that rely on a test from before it was taken."""
    for race in project.races:
        if race.danger is Danger.UNCHECKED_IN_LOCK:
            yield at_race(
                RULE, race, message=_message(race), remedy=_REMEDY, severity=_severity(race)
            )


def _severity(race: Race) -> Severity:
    if race.made in (Made.NOTHING, Made.EMPTY):
        return Severity.INFO
    return graded(race, Severity.ERROR, Severity.WARNING)


def _message(race: Race) -> str:
    return (
        f"{race.name} was tested in {at_line(race.since)}, before {race.closing} was taken, and is "
        "written under it without a second look: each task that waited for the lock does it again"
    )


RULE = Rule(
    code="HMS503",
    name="double-checked-lock-without-recheck",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
