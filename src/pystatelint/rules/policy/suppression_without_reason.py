"""A suppression does not say why.

## What it finds

With `require-reason = true`: a statelint suppression without ` -- ` and a reason.

## Why it hurts

A year later nobody knows whether the state is meant, and nobody dares to look.

## When it is fine

Without the option nothing is reported, and a reason of a few words is enough.

```python
# config: require-reason = true
pending: list[str] = []  # statelint: ignore[HMS201] -- one worker, emptied at shutdown


def later(job: str) -> None:
    pending.append(job)
```

## Example

```python
# config: require-reason = true
pending: list[str] = []  # statelint: ignore[HMS201]  # expect: HMS002


def later(job: str) -> None:
    pending.append(job)
```

## Use instead

```python
# config: require-reason = true
pending: list[str] = []  # statelint: ignore[HMS201] -- one worker, emptied at shutdown


def later(job: str) -> None:
    pending.append(job)
```

## Options

- `require-reason`: whether reasons are required; false by default.

## Fix

By hand: write the reason.

## References

- pylint documentation, [messages control](https://pylint.readthedocs.io/en/stable/user_guide/messages/message_control.html)
"""

from pystatelint.model.finding import Severity
from pystatelint.model.rule import Rule, Scope

RULE = Rule(
    code="HMS002",
    name="suppression-without-reason",
    severity=Severity.WARNING,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
)
