"""A suppression does not say why.

## What it finds

With `require-reason = true`: a `# statelint:` comment without ` -- ` and a reason, and a
`# noqa: HMS...` without words behind its codes or in a comment behind it. A `noqa` that
names no code of ours is left to flake8.

## Why it hurts

A year later nobody knows whether the state is meant, and nobody dares to look.

## When it is fine

Without the option nothing is reported: by custom a `noqa` gives no reason. With it, a
few words are enough.

```python
# config: require-reason = true
pending: list[str] = []  # statelint: ignore[HMS201] -- one worker, emptied at shutdown
waiting: list[str] = []  # noqa: HMS201 -- the same


def later(job: str) -> None:
    pending.append(job)
    waiting.append(job)
```

## Example

```python
# config: require-reason = true
pending: list[str] = []  # statelint: ignore[HMS201]  # expect: HMS002
waiting: list[str] = []  # noqa: HMS201  # expect: HMS002


def later(job: str) -> None:
    pending.append(job)
    waiting.append(job)
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
