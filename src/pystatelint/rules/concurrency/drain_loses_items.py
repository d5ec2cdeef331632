"""A buffer is read, the coroutine waits, and then the whole buffer is emptied.

## What it finds

`for item in self.buffer: await send(item)` followed by `self.buffer.clear()` or
`self.buffer = []`, and `await save(self.buffer)` followed by the same, where another
function adds to the buffer and other tasks can get at it.

## Why it hurts

What others add while the coroutine waits is in the buffer when it is emptied, but was
never sent: it is lost, and nothing fails.

## When it is fine

The buffer is swapped for an empty one before the first `await`; one lock is held by
whoever adds and whoever empties; only what was sent is removed.

```python
import asyncio


class Outbox:
    def __init__(self) -> None:
        self.waiting: list[str] = []

    def add(self, text: str) -> None:
        self.waiting.append(text)

    async def flush(self, queue: asyncio.Queue[str]) -> None:
        waiting, self.waiting = self.waiting, []
        for text in waiting:
            await queue.put(text)


outbox = Outbox()
```

## Example

```python
import asyncio


class Outbox:
    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.lock = asyncio.Lock()

    def add(self, text: str) -> None:
        self.waiting.append(text)

    async def flush(self, queue: asyncio.Queue[list[str]]) -> None:
        await queue.put(list(self.waiting))
        self.waiting.clear()  # expect: HMS513
```

## Use instead

```python
import asyncio


class Outbox:
    def __init__(self) -> None:
        self.waiting: list[str] = []

    def add(self, text: str) -> None:
        self.waiting.append(text)

    async def flush(self, queue: asyncio.Queue[list[str]]) -> None:
        waiting, self.waiting = self.waiting, []
        await queue.put(waiting)
```

## Options

None.

## Fix

By hand: take the buffer and leave an empty one in its place, in one statement, before
the first `await`.

## References

- Python documentation, [coroutines and tasks](https://docs.python.org/3/library/asyncio-task.html)
- [CWE-362](https://cwe.mitre.org/data/definitions/362.html): race condition
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.interleavings import Danger
from pystatelint.link.project import Project
from pystatelint.link.records_races import Race
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.races import at_line, at_race, graded, takes_down


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report buffers that are emptied of what nobody has read."""
    for race in project.races:
        if race.danger is Danger.DRAINED and race.others and race.container:
            yield at_race(
                RULE,
                race,
                message=(
                    f"{race.name} was read in {at_line(race.since)}, before the await in "
                    f"{at_line(race.suspended)}, and is emptied now: what another task added "
                    "meanwhile is lost"
                ),
                remedy=(
                    f"swap first: taken, {race.name} = {race.name}, <an empty one>; then work on "
                    "what was taken"
                ),
                severity=_severity(race),
            )


def _severity(race: Race) -> Severity:
    if takes_down(race):
        return Severity.INFO
    return graded(race, Severity.ERROR, Severity.WARNING)


RULE = Rule(
    code="HMS513",
    name="drain-loses-items",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
