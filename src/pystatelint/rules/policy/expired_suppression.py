"""The date of a suppression has passed.

## What it finds

A statelint suppression with `until=YYYY-MM-DD` whose day is over.

## Why it hurts

The date was a promise to come back. From that day on the finding is reported again, and
so is the comment.

## When it is fine

A date that is still to come, and suppressions without a date.

```python
pending: list[str] = []  # statelint: ignore[HMS201] until=2999-12-31 -- moves to the queue


def later(job: str) -> None:
    pending.append(job)
```

## Example

```python
ROLES = ("user", "assistant")  # statelint: ignore[HMS201] until=2020-01-31  # expect: HMS006
```

## Use instead

```python
ROLES = ("user", "assistant")
```

## Options

None.

## Fix

By hand: cure what was put off, or give a new date.

## References

- Calendar dates as in [ISO 8601](https://www.iso.org/iso-8601-date-and-time-format.html)
"""

from pystatelint.model.finding import Severity
from pystatelint.model.rule import Rule, Scope

RULE = Rule(
    code="HMS006",
    name="expired-suppression",
    severity=Severity.WARNING,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
)
