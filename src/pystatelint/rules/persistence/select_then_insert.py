"""A row is asked for, and inserted if there is none: two callers both insert.

## What it finds

`select`, `get` or `query` for a row of a mapped class, and `session.add` of a new object
of that class in a branch, or after an early return of the row that was found; with
nothing that keeps two callers apart: no `ON CONFLICT`, no handler for IntegrityError, no
savepoint, no lock.

An error where the class has no unique constraint at all and an entry point of a framework
leads there: both rows stay. A warning else; with a unique constraint, or where the
primary key is asked for, the second caller fails with IntegrityError.

## Why it hurts

Between the question and the commit of the answer another request asks the same. Both find
nothing, both insert. Later `scalar_one` fails with MultipleResultsFound, or half of the
data hangs on one row and half on the other.

## When it is fine

The database decides: `INSERT ... ON CONFLICT`, a savepoint with a handler for
IntegrityError, a row or advisory lock that is held from the question to the commit.

```python
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Tag(Base):
    __tablename__ = "tag"
    name: Mapped[str] = mapped_column(primary_key=True)


def tag(session: Session, name: str) -> Tag:
    found = session.scalars(select(Tag).where(Tag.name == name)).first()
    if found is not None:
        return found
    try:
        with session.begin_nested():
            made = Tag(name=name)
            session.add(made)
    except IntegrityError:
        return session.scalars(select(Tag).where(Tag.name == name)).one()
    return made
```

## Example

```python
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


def tag(session: Session, name: str) -> Tag:
    found = session.scalars(select(Tag).where(Tag.name == name)).first()
    if found is None:
        found = Tag(name=name)
        session.add(found)  # expect: HMS601
    return found
```

## Use instead

```python
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


def tag(session: Session, name: str) -> None:
    session.execute(insert(Tag).values(name=name).on_conflict_do_nothing())
```

## Options

None.

## Fix

By hand: give the columns a unique constraint, and insert with `ON CONFLICT`.

## References

- PostgreSQL documentation, [INSERT ... ON CONFLICT](https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT)
- SQLAlchemy documentation, [savepoints](https://docs.sqlalchemy.org/en/20/orm/session_transaction.html#using-savepoint)
- [CWE-367](https://cwe.mitre.org/data/definitions/367.html): time of check, time of use
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records_sessions import RowInsert
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place, reach_steps


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report inserts that rely on the answer to a question from just before."""
    for each in project.row_inserts:
        reach = reach_steps(each.reached_from)
        yield at_place(
            RULE,
            Place(each.path, each.span, each.function),
            message=(
                f"{each.function} inserts a {each.model.rpartition('.')[2]} because it has just "
                f"found none: two callers at once both find none, {_harm(each)}"
            ),
            remedy=_remedy(each),
            steps=(each.asked, *reach),
            severity=Severity.ERROR if reach and not _is_refused(each) else Severity.WARNING,
        )


def _is_refused(each: RowInsert) -> bool:
    """Return whether the database refuses the second row."""
    return each.unique or each.by_key


def _harm(each: RowInsert) -> str:
    if _is_refused(each):
        return "and the second one fails with IntegrityError"
    return "and both rows stay, as no unique constraint refuses the second one"


def _remedy(each: RowInsert) -> str:
    start = "" if _is_refused(each) else "add a unique constraint; "
    return f"{start}insert with ON CONFLICT, or in a savepoint that handles IntegrityError"


RULE = Rule(
    code="HMS601",
    name="select-then-insert",
    severity=Severity.WARNING,
    default=True,
    doc=__doc__,
    check=check,
)
