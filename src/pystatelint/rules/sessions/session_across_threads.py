"""A session is handed to a thread while the function goes on with it.

## What it finds

A live session, connection or cursor that is an argument of `threading.Thread`, of a
timer, or of `submit` and `map` of an executor.

## Why it hurts

A session is made for one thread at a time: it keeps track of objects and of one
transaction without any lock. Two threads mix their statements, lose changes, or fail far
from the place that is to blame.

## When it is fine

The thread opens its own session; it gets the session maker, an engine or ids.

```python
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

new_session = sessionmaker(create_engine("sqlite://"))


def export(number: int) -> None:
    with new_session() as session:
        session.get(Session, number)


def export_all(numbers: list[int]) -> None:
    with ThreadPoolExecutor() as pool:
        pool.map(export, numbers)
```

## Example

```python
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import Session


def export(session: Session, number: int) -> None:
    session.get(Session, number)


def export_all(session: Session, numbers: list[int]) -> None:
    with ThreadPoolExecutor() as pool:
        for number in numbers:
            pool.submit(export, session, number)  # expect: HMS405
```

## Use instead

```python
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import Session, sessionmaker


def export(new_session: sessionmaker[Session], number: int) -> None:
    with new_session() as session:
        session.get(Session, number)


def export_all(new_session: sessionmaker[Session], numbers: list[int]) -> None:
    with ThreadPoolExecutor() as pool:
        for number in numbers:
            pool.submit(export, new_session, number)
```

## Options

None.

## Fix

By hand: hand the session maker over, and open a session in the thread.

## References

- SQLAlchemy documentation, [is the session thread-safe](https://docs.sqlalchemy.org/en/20/orm/session_basics.html#is-the-session-thread-safe-is-asyncsession-safe-to-share-in-concurrent-tasks)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report sessions that threads get; an error where a loop gives one to several."""
    for each in project.handed_sessions:
        if each.how == "thread":
            many = "several threads" if each.looped or each.several else "another thread"
            yield at_place(
                RULE,
                Place(each.path, each.span, each.function),
                message=(
                    f"{each.function} hands its {each.dotted.rpartition('.')[2]} ({each.session}) "
                    f"to {many}: a session serves one thread at a time"
                ),
                remedy="hand the session maker over, and open a session in the thread",
                steps=(each.source,),
                severity=Severity.ERROR if each.looped or each.several else Severity.WARNING,
            )


RULE = Rule(
    code="HMS405",
    name="session-across-threads",
    severity=Severity.WARNING,
    doc=__doc__,
    check=check,
)
