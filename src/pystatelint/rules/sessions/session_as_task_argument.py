"""A session is put into the message for a worker.

## What it finds

A live session, connection or cursor among the arguments of `delay`, `apply_async`,
`enqueue` and their kin of Celery, RQ, Dramatiq, arq and taskiq.

## Why it hurts

The arguments travel to another process. A session cannot: pickling fails, or the worker
gets something that is connected to nothing.

## When it is fine

The task gets ids and opens its own session.

```python
from celery import Celery

app = Celery()


@app.task
def export(number: int) -> None:
    print(number)


def order(number: int) -> None:
    export.delay(number)
```

## Example

```python
from celery import Celery
from sqlalchemy.orm import Session

app = Celery()


@app.task
def export(session: Session, number: int) -> None:
    session.get(Session, number)


def order(session: Session) -> None:
    export.delay(session, 1)  # expect: HMS411
    export.apply_async(args=(session, 1))  # expect: HMS411
```

## Use instead

```python
from celery import Celery
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

app = Celery()


@app.task
def export(number: int) -> None:
    with Session(create_engine("sqlite://")) as session:
        session.get(Session, number)


def order() -> None:
    export.delay(1)
```

## Options

None.

## Fix

By hand: hand ids over, and open a session in the task.

## References

- Celery documentation, [database transactions](https://docs.celeryq.dev/en/stable/userguide/tasks.html#database-transactions)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report sessions that are arguments for another process."""
    for each in project.handed_sessions:
        if each.how == "worker":
            yield at_place(
                RULE,
                Place(each.path, each.span, each.function),
                message=(
                    f"{each.function} puts its {each.dotted.rpartition('.')[2]} ({each.session}) "
                    "into the message for a worker: it cannot leave this process"
                ),
                remedy="hand ids over, and open a session in the task",
                steps=(each.source,),
            )


RULE = Rule(
    code="HMS411",
    name="session-as-task-argument",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
