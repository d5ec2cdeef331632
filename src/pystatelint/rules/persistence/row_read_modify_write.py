"""A number is read from a row, changed in Python and written back.

## What it finds

`row.balance += amount` and `row.balance = row.balance + amount` on a row that the same
function has read with `get`, `select` or `query`, without `FOR UPDATE` and without a
version column of the class.

An error where an entry point of a framework leads there, a warning else.

## Why it hurts

Two requests read the same number, both add to it, and the later commit overwrites the
earlier one: of two payments one is lost, and nothing fails.

## When it is fine

The database adds: `Model.balance + amount`. Or the row is locked from the read on, or the
class has a `version_id_col`, so that the later commit fails.

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int]


def pay(session: Session, number: int, amount: int) -> None:
    account = session.get(Account, number, with_for_update=True)
    if account is not None:
        account.balance += amount


def pay_too(session: Session, number: int, amount: int) -> None:
    account = session.get(Account, number)
    if account is not None:
        account.balance = Account.balance + amount
```

## Example

```python
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int]


def pay(session: Session, number: int, amount: int) -> None:
    account = session.get(Account, number)
    if account is not None:
        account.balance += amount  # expect: HMS603
```

## Use instead

```python
from sqlalchemy import update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int]


def pay(session: Session, number: int, amount: int) -> None:
    session.execute(
        update(Account).where(Account.id == number).values(balance=Account.balance + amount)
    )
```

## Options

None.

## Fix

By hand: let the database add, or lock the row where it is read.

## References

- SQLAlchemy documentation, [embedding SQL expressions](https://docs.sqlalchemy.org/en/20/orm/persistence_techniques.html#embedding-sql-insert-update-expressions-into-a-flush)
- SQLAlchemy documentation, [configuring a version counter](https://docs.sqlalchemy.org/en/20/orm/versioning.html)
- [CWE-362](https://cwe.mitre.org/data/definitions/362.html): race condition
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place, reach_steps


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report columns that are worked out of what was read without a lock."""
    for each in project.row_updates:
        reach = reach_steps(each.reached_from)
        model = each.model.rpartition(".")[2]
        yield at_place(
            RULE,
            Place(each.path, each.span, each.function),
            message=(
                f"{each.function} works {model}.{each.column} out of a row that it has read "
                "without a lock: of two callers at once the later one overwrites the earlier one"
            ),
            remedy=(
                f"let the database do it ({model}.{each.column} + ...), or read the row "
                "with_for_update()"
            ),
            steps=(each.read, *reach),
            severity=Severity.ERROR if reach else Severity.WARNING,
        )


RULE = Rule(
    code="HMS603",
    name="row-read-modify-write",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
