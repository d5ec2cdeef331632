"""A loop goes through a shared container and waits in its body.

## What it finds

`for item in self.items: await send(item)` where another function puts items in or takes
some out, and other tasks can get at the container. An error for dicts, sets and deques,
a warning for lists and for containers of an unknown kind.

## Why it hurts

At each `await` the other function may run. A dict, set or deque then raises RuntimeError
in the middle of the loop; a list silently skips an item or takes one twice.

## When it is fine

The loop goes through a copy; one lock is held throughout; nobody changes the container
after the program has started.

```python
import asyncio


class Room:
    def __init__(self) -> None:
        self.members: dict[str, asyncio.Queue[str]] = {}
        self.lock = asyncio.Lock()

    async def tell(self, text: str) -> None:
        for queue in list(self.members.values()):
            await queue.put(text)

    def enter(self, name: str) -> None:
        self.members[name] = asyncio.Queue()
```

## Example

```python
import asyncio


class Room:
    def __init__(self) -> None:
        self.members: dict[str, asyncio.Queue[str]] = {}
        self.lock = asyncio.Lock()

    async def tell(self, text: str) -> None:
        for queue in self.members.values():  # expect: HMS510
            await queue.put(text)

    def enter(self, name: str) -> None:
        self.members[name] = asyncio.Queue()
```

## Use instead

```python
import asyncio


class Room:
    def __init__(self) -> None:
        self.members: dict[str, asyncio.Queue[str]] = {}

    async def tell(self, text: str) -> None:
        for queue in list(self.members.values()):
            await queue.put(text)

    def enter(self, name: str) -> None:
        self.members[name] = asyncio.Queue()
```

## Options

None.

## Fix

By hand: go through `list(...)` of it.

## References

- Python documentation, [dictionary view objects](https://docs.python.org/3/library/stdtypes.html#dictionary-view-objects)
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

_TOLERANT = frozenset({"", "array", "bytearray", "list"})
"""Kinds of container whose iterators do not notice a change, and unknown ones."""


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report loops over containers that others change while the loop waits."""
    for race in project.races:
        if race.danger is Danger.ITERATION and race.others:
            yield at_race(
                RULE,
                race,
                message=_message(race),
                remedy=f"go through a copy: list({race.name})",
                severity=_severity(race),
            )


def _severity(race: Race) -> Severity:
    if race.container in _TOLERANT:
        if takes_down(race):
            return Severity.INFO
        return graded(race, Severity.WARNING, Severity.INFO)
    return graded(race, Severity.ERROR, Severity.WARNING)


def _message(race: Race) -> str:
    harm = (
        "items are skipped or taken twice"
        if race.container in _TOLERANT
        else f"the loop over a {race.container} fails with RuntimeError"
    )
    return (
        f"the loop goes through {race.name} itself and waits in {at_line(race.suspended)}; if "
        f"another task changes it meanwhile, {harm}"
    )


RULE = Rule(
    code="HMS510",
    name="iterating-shared-with-await",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
