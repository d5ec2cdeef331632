"""An entry point leaves its request where the next one finds it.

## What it finds

A function that serves requests, tasks or tool calls, or one that it calls, puts data of
the call on a `threading.local`, or the request, its user or its session in a name or
attribute of a module or class; and nothing surely takes it out again: no `finally`, no
hook that the framework calls. It is a warning for a `threading.local` in plain
functions, an error in coroutines and for what the whole process shares.

## Why it hurts

A worker thread serves one request after another. The next one starts with the user of
the last, until it sets its own, and goes on as somebody else where it fails to. Tasks of
an event loop share one thread, and all threads share a module: there the next request
comes while this one is still under way.

## When it is fine

A reset in `finally`, in a context manager, or in a teardown hook of the framework;
objects that the framework keeps apart by request, such as `flask.g` or `request.state`;
and a `contextvars.ContextVar` (but see HMS313).

```python
import threading

from flask import Flask, request

app = Flask(__name__)
current = threading.local()


@app.before_request
def begin() -> None:
    current.user = request.headers["X-User"]


@app.teardown_request
def end(error: BaseException | None) -> None:
    del current.user
```

## Example

```python
import threading

from flask import Flask, request

app = Flask(__name__)
current = threading.local()


@app.before_request
def begin() -> None:
    current.user = request.headers["X-User"]  # expect: HMS213
```

## Use instead

Pass the value on, put it on an object of the request, or use a `ContextVar` and reset it:

```python
from flask import Flask, g, request

app = Flask(__name__)


@app.before_request
def begin() -> None:
    g.user = request.headers["X-User"]
```

## Options

None.

## Fix

By hand.

## References

- Flask documentation, [the request context](https://flask.palletsprojects.com/en/stable/reqcontext/)
- [CWE-488](https://cwe.mitre.org/data/definitions/488.html): data of one session exposed to another
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.places import Stash
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place
from pystatelint.rules.partition import owned_by


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report what entry points leave in threads, and in cells whose writes are all such."""
    owned = {cell.symbol for cell, _ in owned_by(RULE.code, project, options)}
    for stash in project.stashes:
        if stash.per_thread or stash.cell in owned:
            yield _finding(stash, stash.cell if stash.cell in owned else stash.place)


def _finding(stash: Stash, symbol: str) -> Finding:
    undone = "is emptied only if nothing fails in between" if stash.skipped else "nobody empties"
    return at_place(
        RULE,
        Place(stash.path, stash.span, symbol),
        message=(
            f"{stash.function} leaves data of one call in {stash.place}, which {undone}: "
            f"{_who_sees(stash)} finds it there"
        ),
        remedy="take it out in finally, or keep it on an object of the request",
        steps=(
            Step(StepKind.WRITE, stash.path, stash.span, f"stored here, in {stash.function}"),
            stash.entry,
        ),
        severity=_severity(stash),
    )


def _who_sees(stash: Stash) -> str:
    if not stash.per_thread:
        return "every other call of the process"
    return "every other task of the thread" if stash.is_async else "the next call in the thread"


def _severity(stash: Stash) -> Severity:
    alone = stash.per_thread and not stash.is_async
    return Severity.WARNING if alone else Severity.ERROR


RULE = Rule(
    code="HMS213",
    name="request-stash-without-reset",
    severity=Severity.WARNING,
    default=True,
    doc=__doc__,
    check=check,
)
