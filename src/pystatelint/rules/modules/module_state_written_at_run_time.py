"""A container of the module is changed while the program runs.

## What it finds

A module-level dict, list, set or other object that functions change after the program
has started: `CACHE[key] = value`, `pending.append(job)`, `del sessions[token]`. The
writer may stand in the module itself or have imported the name. It is an error if what
is stored comes from a parameter and a framework calls the writer per request, task or
event, because then one caller's data lies where the next caller looks; otherwise a
warning.

## Why it hurts

A module exists once per process. What a request leaves there is seen by all later
requests of this process and by none of the others, grows until the process ends, and
carries over from test to test.

## When it is fine

Filling tables while modules are imported or the process starts, decorators that
register what they decorate, weak containers, and a set that only keeps running tasks
alive. A container that nothing changes is a constant.

```python
import asyncio
from collections.abc import Callable, Coroutine

handlers: dict[str, Callable[[], None]] = {}
running: set[asyncio.Task[None]] = set()


def handler(function: Callable[[], None]) -> Callable[[], None]:
    handlers[function.__name__] = function
    return function


@handler
def ping() -> None:
    print("pong")


def start(work: Coroutine[None, None, None]) -> None:
    task = asyncio.create_task(work)
    running.add(task)
    task.add_done_callback(running.discard)
```

## Example

```python
conversations: dict[str, list[str]] = {}  # expect: HMS201


def remember(user: str, text: str) -> None:
    conversations[user] = [text]
```

## Use instead

```python
class Conversations:
    def __init__(self) -> None:
        self._by_user: dict[str, list[str]] = {}

    def remember(self, user: str, text: str) -> None:
        self._by_user[user] = [text]
```

Create the object where the program is put together and pass it on; or keep the data
where several processes can share it.

## Options

None.

## Fix

By hand.

## References

- The twelve-factor app, [processes](https://12factor.net/processes)
- [CWE-488](https://cwe.mitre.org/data/definitions/488.html): data of one session exposed to another
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, Write
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import at_cell, graded_by_reach, who
from pystatelint.rules.partition import is_filled_once_per_key, owned_by
from pystatelint.rules.values import held_by


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report module-level objects that functions change at run time."""
    for cell, writes in owned_by(RULE.code, project, options):
        yield at_cell(
            RULE,
            cell,
            message=(
                f"{cell.symbol} is {held_by(cell)} for the whole process and "
                f"{who(writes, 'change')} it at run time: what one call leaves there, all later "
                "calls see"
            ),
            remedy="keep it on an object that the caller creates and passes on, or in a store",
            writes=writes,
            severity=_severity(cell, writes, project),
        )


def _severity(cell: Cell, writes: tuple[Write, ...], project: Project) -> Severity:
    """Return how bad it is: a table with one entry per key of a few comes to rest."""
    script = cell.module.rpartition(".")[2] == "__main__"
    if script or is_filled_once_per_key(cell, writes, project):
        return Severity.INFO
    return graded_by_reach(cell, writes)


RULE = Rule(
    code="HMS201",
    name="module-state-written-at-run-time",
    severity=Severity.WARNING,
    default=True,
    doc=__doc__,
    check=check,
)
