"""A context variable is set for one call and stays set for the next.

## What it finds

`var.set(value)` in a plain function that a framework runs in threads which serve one
call after another (views and hooks of Flask, Django under WSGI, tasks of Celery,
`executor.submit`), or in a function that such a one calls, while nothing in the project
ever resets the variable; or where the only reset stands in the same function but not in
`finally`. Also in a generator that makes a context manager.

## Why it hurts

A thread keeps its context. The next request of the same worker thread starts with the
user, tenant or language of the last one, until it sets its own; and where it fails to,
it goes on as somebody else. After a `with` block, the caller goes on with the value that
was meant for the block.

## When it is fine

A reset in `finally`, in a teardown hook or in `__exit__`; coroutines, since each task of
an event loop has a context of its own; threads that end with the call; and what
`copy_context().run` runs.

```python
from contextvars import ContextVar

from flask import Flask, request

app = Flask(__name__)
tenant: ContextVar[str] = ContextVar("tenant")


@app.get("/orders")
def orders() -> str:
    token = tenant.set(request.headers["X-Tenant"])
    try:
        return tenant.get()
    finally:
        tenant.reset(token)
```

## Example

```python
from contextvars import ContextVar

from flask import Flask, request

app = Flask(__name__)
tenant: ContextVar[str] = ContextVar("tenant", default="")


@app.before_request
def choose_tenant() -> None:
    tenant.set(request.headers["X-Tenant"])  # expect: HMS313
```

## Use instead

```python
from contextvars import ContextVar

from flask import Flask, request

app = Flask(__name__)
tenant: ContextVar[str] = ContextVar("tenant", default="")


@app.before_request
def choose_tenant() -> None:
    tenant.set(request.headers["X-Tenant"])


@app.teardown_request
def forget_tenant(error: BaseException | None) -> None:
    tenant.set("")
```

## Options

None.

## Fix

By hand.

## References

- [PEP 567](https://peps.python.org/pep-0567/), context variables
- [CWE-488](https://cwe.mitre.org/data/definitions/488.html): data of one session exposed to another
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.places import ContextLeak
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report context variables that stay set."""
    for leak in project.context_leaks:
        yield _finding(leak)


def _finding(leak: ContextLeak) -> Finding:
    after = "the next call in the same thread" if leak.entry else "what comes after the `with`"
    undone = "only if nothing fails in between" if leak.skipped else "by nobody"
    step = Step(StepKind.WRITE, leak.path, leak.span, f"set here, in {leak.function}")
    return at_place(
        RULE,
        Place(leak.path, leak.span, leak.variable),
        message=(
            f"{leak.function} sets {leak.variable}, which is reset {undone}: {after} starts with "
            "the value of this one"
        ),
        remedy="keep the token, and reset the variable in finally",
        steps=(step, leak.entry) if leak.entry else (step,),
    )


RULE = Rule(
    code="HMS313",
    name="contextvar-set-without-reset",
    severity=Severity.WARNING,
    default=True,
    doc=__doc__,
    check=check,
)
