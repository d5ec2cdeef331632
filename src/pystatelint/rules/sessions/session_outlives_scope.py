"""A task, background job or stream keeps a session that ends before it.

## What it finds

A live session that is handed to `asyncio.create_task` whose result nobody awaits, to
`BackgroundTasks.add_task`, or to the generator of a `StreamingResponse`.

An error where a `with` block of the same function ends the session; a warning where the
session came from outside, as from a dependency with `yield`.

## Why it hurts

The function returns, the session is closed, and the task goes on with it: it works on a
connection that somebody else has got meanwhile, or fails with DetachedInstanceError.
When FastAPI ends a dependency with `yield` depends on its version: after the background
tasks and the response up to 0.105 and from 0.118 on, before them from 0.106 to 0.117.

## When it is fine

The task is awaited inside the `with` block; the task opens its own session and gets ids.

```python
import asyncio

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

new_session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))


async def record(number: int) -> None:
    async with new_session() as session:
        await session.get(AsyncSession, number)


async def save(session: AsyncSession) -> None:
    await session.commit()


async def place() -> None:
    async with new_session() as session:
        task = asyncio.create_task(save(session))
        await task
    task = asyncio.create_task(record(1))
    await task
```

## Example

```python
import asyncio

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

new_session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))


async def save(session: AsyncSession) -> None:
    await session.commit()


async def place() -> None:
    async with new_session() as session:
        asyncio.create_task(save(session))  # expect: HMS403
```

In an endpoint:

```python
from fastapi import BackgroundTasks, FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

app = FastAPI()


async def save(session: AsyncSession) -> None:
    await session.commit()


@app.post("/orders")
async def place(tasks: BackgroundTasks, session: AsyncSession) -> None:
    tasks.add_task(save, session)  # expect: HMS403
```

## Use instead

```python
import asyncio

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

new_session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))


async def save(number: int) -> None:
    async with new_session() as session:
        await session.get(AsyncSession, number)


async def place() -> "asyncio.Task[None]":
    return asyncio.create_task(save(1))
```

## Options

None.

## Fix

By hand: hand ids over, and open a session where they are used.

## References

- FastAPI documentation, [dependencies with yield and background tasks](https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-with-yield/)
- SQLAlchemy documentation, [session basics](https://docs.sqlalchemy.org/en/20/orm/session_basics.html)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records_sessions import HandedSession
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place
from pystatelint.rules.handed import is_concurrent

_REMEDY = "hand ids over instead, and open a session where they are used"

_KEEPERS = {
    "task": "a task that nobody awaits",
    "background": "a background task",
    "stream": "the generator of a streaming response",
}


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report sessions that go to what outlives them."""
    for each in project.handed_sessions:
        if _outlives(each) and not is_concurrent(each, project):
            yield at_place(
                RULE,
                Place(each.path, each.span, each.function),
                message=_message(each),
                remedy=_REMEDY,
                steps=(each.source,),
                severity=Severity.ERROR if each.managed else Severity.WARNING,
            )


def _outlives(each: HandedSession) -> bool:
    return each.how in ("background", "stream") or (each.how == "task" and not each.joined)


def _message(each: HandedSession) -> str:
    kind = each.dotted.rpartition(".")[2]
    end = (
        "the `with` block ends it before that is done"
        if each.managed
        else "whoever opened it may end it before that is done"
        + ("" if each.how == "task" else ", which depends on the version of the framework")
    )
    return f"{each.function} hands its {kind} ({each.session}) to {_KEEPERS[each.how]}: {end}"


RULE = Rule(
    code="HMS403",
    name="session-outlives-scope",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
