"""Two locks are taken in one order here and in the other order there.

## What it finds

`with a:` around `with b:` in one place, directly or in a function that is called there, and
`with b:` around `with a:` in another. Only locks that a module or class has, or that methods
take from their own object.

## Why it hurts

One thread has `a` and waits for `b`, the other has `b` and waits for `a`. Neither ever goes
on. With locks of `asyncio` it is the same with tasks.

## When it is fine

Everybody takes them in the same order.

```python
import threading

_accounts = threading.Lock()
_log = threading.Lock()


def book() -> None:
    with _accounts, _log:
        print("booked")


def close() -> None:
    with _accounts:
        with _log:
            print("closed")
```

## Example

```python
import threading

_accounts = threading.Lock()
_log = threading.Lock()


def book() -> None:
    with _accounts, _log:  # expect: HMS518
        print("booked")


def close() -> None:
    with _log, _accounts:
        print("closed")
```

## Use instead

```python
import threading

_accounts = threading.Lock()
_log = threading.Lock()


def book() -> None:
    with _accounts, _log:
        print("booked")


def close() -> None:
    with _accounts, _log:
        print("closed")
```

## Options

None.

## Fix

By hand: agree on an order, and keep it.

## References

- SEI CERT, CON35-C: avoid deadlock by locking in a predefined order
- [CWE-833](https://cwe.mitre.org/data/definitions/833.html): deadlock
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records_locks import LockMisuse, Misuse
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report pairs of locks that are taken in both orders, once."""
    for each in project.lock_misuses:
        if each.misuse is Misuse.BOTH_ORDERS:
            yield at_place(
                RULE,
                Place(each.path, each.span, each.function),
                message=_message(each),
                remedy=f"take {each.subject} and {each.lock} in the same order everywhere",
                steps=each.steps,
            )


def _message(each: LockMisuse) -> str:
    other = each.steps[0]
    return (
        f"{each.lock} is taken while {each.subject} is held; {other.path}, line "
        f"{other.span.line}, takes them the other way round: both can wait forever"
    )


RULE = Rule(
    code="HMS518",
    name="lock-order-inversion",
    severity=Severity.WARNING,
    doc=__doc__,
    check=check,
)
