"""The default of a database column is one object that all rows share.

## What it finds

`Column(default={})`, `mapped_column(default=[])`, Django's `JSONField(default={})` and
the like: a mutable object as the default of a column.

## Why it hurts

The object is made once, with the model. Every row that is saved without a value gets
this very object, so that a change on one row is the default of the next.

## When it is fine

Passing something to call, a constant, or a default of the database itself.

```python
from sqlalchemy import Column, Integer, JSON


settings = Column(JSON, default=dict)
retries = Column(Integer, default=0)
```

## Example

```python
from sqlalchemy import Column, JSON
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user"
    settings = Column(JSON, default={})  # expect: HMS107
```

## Use instead

```python
from sqlalchemy import Column, JSON
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user"
    settings = Column(JSON, default=dict)
```

For a default with content pass a function: `default=lambda: {"theme": "dark"}`. Django
writes migrations, so give it a named function there.

## Options

None.

## Fix

By hand: pass the type or a function instead of the object.

## References

- SQLAlchemy documentation, [Python-executed functions](https://docs.sqlalchemy.org/en/20/core/defaults.html#python-executed-functions)
- Django documentation, [Field.default](https://docs.djangoproject.com/en/stable/ref/models/fields/#default)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import LibraryCall, Value
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule, Scope
from pystatelint.models.classes import OrmColumn
from pystatelint.models.row import by_name
from pystatelint.rules.evidence import Place, at_place
from pystatelint.rules.values import holds_mutable, maker_of, named_value, noun_of

_MIGRATION = "django.db.migrations.Migration"
"""Its columns are a record of old models; no row is made with them."""


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report columns whose default is one mutable object."""
    table = by_name(project.orm_columns)
    migrations = {info.symbol for info in project.classes if _MIGRATION in info.ancestors}
    for call in project.library_calls:
        row = table.get(call.dotted)
        if row is not None and row.outcome == "shared" and call.owner not in migrations:
            yield from _findings(call, row, project)


def _findings(call: LibraryCall, row: OrmColumn, project: Project) -> Iterator[Finding]:
    for keyword, argument in call.arguments:
        value = named_value(argument, project)
        if keyword in row.defaults and holds_mutable(value) and not _is_callable(value, project):
            yield _finding(call, keyword, value)


def _is_callable(value: Value, project: Project) -> bool:
    method = f"{value.dotted}.__call__"
    return any(function.symbol == method for function in project.functions)


def _finding(call: LibraryCall, keyword: str, value: Value) -> Finding:
    symbol = call.bound_to or call.owner or call.function
    return at_place(
        RULE,
        Place(call.path, call.span, symbol),
        message=(
            f"all rows saved without {symbol} share one {noun_of(value)}: changing it on one "
            "row changes the default of the next"
        ),
        remedy=f"pass something to call: {keyword}={maker_of(value)}",
        steps=(Step(StepKind.CELL, call.path, call.span, "made here, once"),),
    )


RULE = Rule(
    code="HMS107",
    name="orm-column-default-shared",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
