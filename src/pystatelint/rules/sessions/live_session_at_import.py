"""A session, connection or cursor is opened while a module is imported.

## What it finds

A live database session, connection, cursor or transaction that is made in a module
body, in a class body or as a default argument, whether by its class or by a session
maker. Engines, pools, session makers and scoped registries are made to last and are
silent.

## Why it hurts

A session is the memory of one unit of work. As a global, all requests share its
transaction, its identity map and its failures; after an error in one of them the others
fail until somebody rolls back. Importing the module needs a database that answers.

## When it is fine

Making what makes sessions, using a session within `with`, closing it before the module ends,
and scripts under `if __name__ == "__main__"`.

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

engine = create_engine("sqlite://")
new_session = sessionmaker(engine)
```

## Example

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

engine = create_engine("sqlite://")
session = Session(engine)  # expect: HMS401
```

## Use instead

```python
from collections.abc import Iterator

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

engine = create_engine("sqlite://")
new_session = sessionmaker(engine)


def session_of_request() -> Iterator[Session]:
    with new_session() as session:
        yield session
```

## Options

None.

## Fix

By hand: keep the session maker at module level, and open a session per unit of work.

## References

- SQLAlchemy documentation, [when to construct a session](https://docs.sqlalchemy.org/en/20/orm/session_basics.html#when-do-i-construct-a-session-when-do-i-commit-it-and-when-do-i-close-it)
- [CWE-488](https://cwe.mitre.org/data/definitions/488.html): data of one session exposed to another
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import LibraryCall, Phase
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import Place, at_place


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report live sessions that importing a module opens and keeps."""
    defaults = {(each.path, each.span) for each in project.stateful_defaults}
    for call in project.library_calls:
        if call.dotted not in project.session_types or (call.path, call.span) in defaults:
            continue  # a default of a parameter is HMS305's case
        if _is_kept_from_import(call, project):
            yield _finding(call)


def _is_kept_from_import(call: LibraryCall, project: Project) -> bool:
    if call.managed or call.module in project.test_modules or _is_script(call.module):
        return False
    at_body_level = call.function in (call.module, call.owner)
    return call.phases == (Phase.IMPORT,) and (at_body_level or call.bound_to != "")


def _is_script(module: str) -> bool:
    """Return whether the module is the environment of a migration tool, or a program."""
    return module.rpartition(".")[2] in ("__main__", "env")


def _finding(call: LibraryCall) -> Finding:
    symbol = call.bound_to or call.function
    return at_place(
        RULE,
        Place(call.path, call.span, symbol),
        message=(
            f"{symbol} holds a live {call.dotted} from the import of {call.module} on: all "
            "requests share its transaction and its failures"
        ),
        remedy="keep the session maker at module level, and open a session per unit of work",
        steps=(Step(StepKind.CELL, call.path, call.span, "opened here, at import"),),
    )


RULE = Rule(
    code="HMS401",
    name="live-session-at-import",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
