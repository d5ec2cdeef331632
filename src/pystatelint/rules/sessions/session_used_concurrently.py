"""One session is used by several tasks at once.

## What it finds

A live session or connection, or an object that keeps one, that two or more coroutines of
`asyncio.gather`, `wait`, `as_completed` or a task group get; also by a comprehension, by
a list that a loop fills, and by a loop that starts tasks.

## Why it hurts

A session belongs to one task at a time. Two at once send statements into the same
transaction: one driver raises "another operation is in progress", another one "session is
already flushing", a third one seems to work, and one task commits or rolls back what the
other has half done.

## When it is fine

Each coroutine opens its own session; the tasks get the session maker; the session is
used by one task after the other.

```python
import asyncio

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

new_session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))


async def count(number: int) -> None:
    async with new_session() as session:
        await session.get(AsyncSession, number)


async def count_all() -> None:
    await asyncio.gather(count(1), count(2))
```

## Example

```python
import asyncio

from sqlalchemy.ext.asyncio import AsyncSession


async def count(session: AsyncSession, number: int) -> None:
    await session.get(AsyncSession, number)


async def count_two(session: AsyncSession) -> None:
    await asyncio.gather(count(session, 1), count(session, 2))  # expect: HMS404


async def count_all(session: AsyncSession, numbers: list[int]) -> None:
    await asyncio.gather(*[count(session, number) for number in numbers])  # expect: HMS404
```

## Use instead

```python
import asyncio

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker


async def count(new_session: async_sessionmaker[AsyncSession], number: int) -> None:
    async with new_session() as session:
        await session.get(AsyncSession, number)


async def count_two(new_session: async_sessionmaker[AsyncSession]) -> None:
    await asyncio.gather(count(new_session, 1), count(new_session, 2))
```

## Options

None.

## Fix

By hand: hand the session maker over and open a session in each coroutine, or await one
after the other.

## References

- SQLAlchemy documentation, [using AsyncSession with concurrent tasks](https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#using-asyncsession-with-concurrent-tasks)
- SQLAlchemy documentation, [is the session thread-safe](https://docs.sqlalchemy.org/en/20/orm/session_basics.html#is-the-session-thread-safe-is-asyncsession-safe-to-share-in-concurrent-tasks)
- [CWE-362](https://cwe.mitre.org/data/definitions/362.html): race condition
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records_sessions import HandedSession
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place
from pystatelint.rules.handed import is_concurrent

_REMEDY = (
    "let each coroutine open its own session from the session maker, or await one after the other"
)


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report sessions that several tasks get, once per function and session."""
    seen: set[tuple[str, str]] = set()
    for each in project.handed_sessions:
        if each.how != "together" and (each.function, each.session) in seen:
            continue  # one more task with the session of which the first was told
        if is_concurrent(each, project):
            seen.add((each.function, each.session))
            yield at_place(
                RULE,
                Place(each.path, each.span, each.function),
                message=_message(each),
                remedy=_REMEDY,
                steps=(each.source,),
            )


def _message(each: HandedSession) -> str:
    users = " and ".join(each.users[:2]) or "several tasks"
    often = ", many times over," if len(each.users) == 1 else ""
    return (
        f"{users}{often} get the same {each.dotted.rpartition('.')[2]} ({each.session}) and run at "
        "the same time: their statements mix in one transaction"
    )


RULE = Rule(
    code="HMS404",
    name="session-used-concurrently",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
