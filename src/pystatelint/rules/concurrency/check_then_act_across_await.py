"""Something is tested, the coroutine waits, and then acts on the old answer.

## What it finds

`if self.client is None: self.client = await connect()` and its kin where other tasks can
get at the place: a test, a suspension point, then a write to what was tested, with no
second look. Also with an early `return`, with `key in table`, and with the answer in a
local name.

An error where a client, task or other live object is made and several calls are sure to
meet; a warning where they may, and for flags that are set too late in what requests, events
or tasks lead to. Information of low confidence for data that is merely worked out twice, for
other flags, and for what is taken down or replaced.

## Why it hurts

While the first task waits, the second one asks the same question and gets the same
answer. Both connect, both start the worker; the object of the first is overwritten, and
nobody closes it.

## When it is fine

The place is written before the first `await`, which is what a busy flag is for; the test
is repeated after it; one lock is held from the test to the write.

```python
import asyncio


class Lines:
    def __init__(self) -> None:
        self.busy = False
        self.writer: asyncio.StreamWriter | None = None
        self.lock = asyncio.Lock()

    async def run(self) -> None:
        if self.busy:
            return
        self.busy = True
        await asyncio.sleep(1)
        self.busy = False

    async def open(self) -> asyncio.StreamWriter:
        async with self.lock:
            if self.writer is None:
                _, self.writer = await asyncio.open_connection("localhost", 80)
            return self.writer
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
            self.server = await asyncio.start_server(print, "localhost", 80)  # expect: HMS502
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

By hand: hold one `asyncio.Lock` from the test to the write, or keep the task that does
the work instead of its result.

## References

- Python documentation, [synchronization primitives](https://docs.python.org/3/library/asyncio-sync.html)
- [CWE-367](https://cwe.mitre.org/data/definitions/367.html): time of check, time of use
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

_REMEDY = "hold one asyncio.Lock from the test to the write, or test again after the await"
_FLAG_REMEDY = "set the flag before the first await, right behind its test"


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report writes that rely on a test from before an await."""
    for race in project.races:
        if race.danger is Danger.CHECKED:
            remedy = _FLAG_REMEDY if race.made is Made.CONSTANT else _REMEDY
            yield at_race(
                RULE, race, message=_message(race), remedy=remedy, severity=_severity(race)
            )


def _severity(race: Race) -> Severity:
    if race.creates:
        return graded(race, Severity.ERROR, Severity.WARNING)
    if race.made is Made.CONSTANT:
        if race.reached_from is None:  # nothing shows that it is done more than once
            return Severity.INFO
        return graded(race, Severity.WARNING, Severity.WARNING)
    return Severity.INFO


def _message(race: Race) -> str:
    return (
        f"{race.name} was tested in {at_line(race.since)}, before the await in "
        f"{at_line(race.suspended)}, and is written now: {_harm(race)}"
    )


def _harm(race: Race) -> str:
    if race.creates:
        return "two tasks both find it missing, both make one, and one of them is lost"
    if race.made is Made.CONSTANT:
        return "until then a second task passes the same test"
    if race.made in (Made.NOTHING, Made.EMPTY):
        return "another task may have put something new there meanwhile"
    return "two tasks both find it missing and do the work twice"


RULE = Rule(
    code="HMS502",
    name="check-then-act-across-await",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
