"""Something is loaded by its key, the coroutine waits, and saves it anew.

## What it finds

`load_x(key)`, `get_x(key)` or `list_x(key)` and later `replace_x(key, ...)`, `save_x`,
`set_x` and their kin of the same object or module, with the same key, where what was
loaded goes into what is saved, and the coroutine waits in between; with no lock held
from the one to the other.

## Why it hurts

While the coroutine waits, another task loads the same and saves first. What it saved is
overwritten by a value that knows nothing of it: a message, an entry, a whole edit is lost.

## When it is fine

One lock per key is held from the load to the save; the repository compares versions; the
change is one statement of the database. And where the coroutine does not wait in between.

```python
import asyncio

locks: dict[str, asyncio.Lock] = {}


class Notes:
    async def load(self, key: str) -> list[str]:
        return [key]

    async def replace(self, key: str, notes: list[str]) -> None:
        print(key, notes)


async def add(notes: Notes, lock: asyncio.Lock, key: str, text: str) -> None:
    async with lock:
        known = await notes.load(key)
        await notes.replace(key, [*known, text])
```

## Example

```python
import asyncio


class Notes:
    async def load(self, key: str) -> list[str]:
        await asyncio.sleep(0)
        return [key]

    async def replace(self, key: str, notes: list[str]) -> None:
        await asyncio.sleep(0)
        print(key, notes)


async def add(notes: Notes, key: str, text: str) -> None:
    known = await notes.load(key)
    await asyncio.sleep(1)
    await notes.replace(key, [*known, text])  # expect: HMS610
```

## Use instead

```python
class Notes:
    async def append(self, key: str, text: str) -> None:
        print(key, text)


async def add(notes: Notes, key: str, text: str) -> None:
    await notes.append(key, text)
```

## Options

None.

## Fix

By hand: hold one lock per key from the load to the save, or let the database do both in
one statement.

## References

- Bernstein, Hadzilacos and Goodman, Concurrency Control and Recovery in Database Systems, 1987
- [CWE-362](https://cwe.mitre.org/data/definitions/362.html): race condition
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place, reach_steps


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report what is saved although it may have changed since it was loaded."""
    for each in project.loads_then_saves:
        reach = reach_steps(each.reached_from)
        yield at_place(
            RULE,
            Place(each.path, each.span, each.function),
            message=(
                f"{each.save} writes what was made of {each.load} in line "
                f"{each.loaded.span.line}, and the coroutine waits in line {each.waits}: what "
                "another call saved for the same key meanwhile is lost"
            ),
            remedy="hold one lock per key from the load to the save, or change it in one statement",
            steps=(each.loaded, *reach),
        )


RULE = Rule(
    code="HMS610",
    name="repository-load-then-save",
    severity=Severity.WARNING,
    doc=__doc__,
    check=check,
)
