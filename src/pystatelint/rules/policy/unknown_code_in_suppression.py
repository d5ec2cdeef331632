"""A suppression names a code that no rule has.

## What it finds

A code in a statelint comment, or one that begins with `HMS` in a `noqa` comment, that is
neither a rule's code nor the beginning of one.

## Why it hurts

A mistyped code silences nothing. The author believes that the line is dealt with.

## When it is fine

Codes, beginnings of codes, and codes of other tools in `noqa` comments.

```python
import os  # noqa: F401, ABC123
```

## Example

```python
ROLES = ("user", "assistant")  # statelint: ignore[HMS999] -- a table  # expect: HMS005
```

## Use instead

```python
ROLES = ("user", "assistant")
```

## Options

None.

## Fix

By hand: `statelint rule` lists the codes.

## References

- flake8 documentation, [in-line ignoring](https://flake8.pycqa.org/en/latest/user/violations.html#in-line-ignoring-errors)
"""

from pystatelint.model.finding import Severity
from pystatelint.model.rule import Rule, Scope

RULE = Rule(
    code="HMS005",
    name="unknown-code-in-suppression",
    severity=Severity.WARNING,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
)
