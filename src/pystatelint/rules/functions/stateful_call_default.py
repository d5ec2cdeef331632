"""A default was read from a clock, drawn by chance or opened, once, at import.

## What it finds

A default that is made by a call whose result differs from call to call: the time, a new
UUID, a random value or generator, a session, connection or client. It looks at defaults
of parameters, of fields (dataclasses, attrs, pydantic and the like) and of columns.

It is an error; a warning for clients, which may be shared but should not be made by an
import.

## Why it hurts

Defaults are made when `def` or the class body runs, that is once, when the module is
imported. All records of a process are created at the same "now", all get one id, all
calls share one transaction. Tests see nothing of it: in a short process the import was
just now.

## When it is fine

Passing the function itself where the framework calls it, markers that a framework
replaces (`Depends()`, `Query()`, `typer.Option()`), defaults of functions that are made
anew by each call of another, and programs that start, run once and end.

```python
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timezone


@dataclass
class Order:
    number: uuid.UUID = field(default_factory=uuid.uuid4)


def age(born: datetime, now: datetime | None = None) -> int:
    return ((now or datetime.now(timezone.utc)) - born).days
```

## Example

```python
import uuid
from dataclasses import dataclass
from datetime import datetime, timezone


@dataclass
class Order:
    number: uuid.UUID = uuid.uuid4()  # expect: HMS305


def age(born: datetime, now: datetime = datetime.now(timezone.utc)) -> int:  # expect: HMS305
    return (now - born).days
```

## Use instead

```python
from datetime import datetime, timezone


def age(born: datetime, now: datetime | None = None) -> int:
    if now is None:
        now = datetime.now(timezone.utc)
    return (now - born).days
```

## Options

None.

## Fix

By hand: default to `None` and call in the body, or pass the function as a factory.

## References

- Python FAQ, [why default values are shared](https://docs.python.org/3/faq/programming.html#why-are-default-values-shared-between-objects)
- SQLAlchemy documentation, [Python-executed functions](https://docs.sqlalchemy.org/en/20/core/defaults.html#python-executed-functions)
- Django documentation, [Field.default](https://docs.djangoproject.com/en/stable/ref/models/fields/#default)
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pystatelint.config.schema import Config
from pystatelint.link.places import StatefulDefault
from pystatelint.link.project import Project
from pystatelint.link.records import ClassInfo, LibraryCall, Value
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule, Scope
from pystatelint.models.row import by_name
from pystatelint.models.values import Volatile
from pystatelint.rules.evidence import Place, at_place

_FIELD_KINDS = frozenset(
    {"attrs", "dataclass", "msgspec", "namedtuple", "pydantic", "pydantic-dataclass", "sqlmodel"}
)
_MIGRATION = "django.db.migrations.Migration"
"""Its columns are a record of old models; no row is made with them."""

_WHAT = MappingProxyType(
    {
        "clock": "the time of the import",
        "identity": "one and the same identity",
        "random": "what chance gave at the import",
        "session": "one session, made at import",
        "connection": "one connection, opened at import",
        "cursor": "one cursor, opened at import",
        "transaction": "one transaction, begun at import",
        "client": "one client, made at import",
    }
)
"""Kind -> what the default is; the other roles, engines and pools, are made to last."""


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report defaults that hold a moment, a chance or a connection of the import."""
    for default in project.stateful_defaults:
        if default.kind in _WHAT and default.module not in project.test_modules:
            if default.at_run_time:
                yield _of_parameter(default)
    table = by_name(project.volatile)
    for info in project.classes:
        if info.kind in _FIELD_KINDS and info.module not in project.test_modules:
            yield from _of_fields(info, table, project)
    yield from _of_columns(table, project)


def _of_parameter(default: StatefulDefault) -> Finding:
    return at_place(
        RULE,
        Place(default.path, default.span, f"{default.function}({default.parameter})"),
        message=(
            f"the default of `{default.parameter}` is {_WHAT[default.kind]}, for all calls of "
            f"{default.function}: {default.call} runs once, with the `def`"
        ),
        remedy="default to None and make it in the body",
        steps=(Step(StepKind.CELL, default.path, default.span, "runs when the module loads"),),
        severity=Severity.WARNING if default.kind == "client" else Severity.ERROR,
    )


def _of_fields(
    info: ClassInfo, table: Mapping[str, Volatile], project: Project
) -> Iterator[Finding]:
    for field in info.fields:
        if field.default is None or field.class_var or not (field.annotated or field.maker):
            continue
        kind = _kind_of(field.default, table, project)
        if kind:
            place = Place(field.path, field.span, f"{info.symbol}.{field.name}")
            yield _of_class(place, kind, "instances")


def _of_columns(table: Mapping[str, Volatile], project: Project) -> Iterator[Finding]:
    columns = by_name(project.orm_columns)
    migrations = {info.symbol for info in project.classes if _MIGRATION in info.ancestors}
    for call in project.library_calls:
        row = columns.get(call.dotted)
        if row is None or call.owner in migrations or call.module in project.test_modules:
            continue
        for keyword, argument in call.arguments:
            kind = _kind_of(argument, table, project) if keyword in row.defaults else ""
            if kind:
                yield _of_class(Place(call.path, call.span, _holder(call)), kind, "rows")


def _holder(call: LibraryCall) -> str:
    return call.bound_to or call.owner or call.function


def _kind_of(value: Value, table: Mapping[str, Volatile], project: Project) -> str:
    """Return what a default depends on; empty if on nothing, as far as is known."""
    if value.kind in ("class", "function", "external"):
        return ""
    name = value.dotted.removesuffix("()")
    if name in project.session_types:
        return "session"
    row = table.get(name)
    return row.kind if row is not None and row.most is None else ""


def _of_class(place: Place, kind: str, users: str) -> Finding:
    return at_place(
        RULE,
        place,
        message=(
            f"the default of {place.symbol} is {_WHAT[kind]}, for all {users}: it was made "
            "once, with the class"
        ),
        remedy="pass the function itself as the factory, without calling it",
        steps=(Step(StepKind.CELL, place.path, place.span, "runs when the module loads"),),
    )


RULE = Rule(
    code="HMS305",
    name="stateful-call-default",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
