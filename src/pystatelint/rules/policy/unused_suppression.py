"""A suppression silences nothing.

## What it finds

A `# statelint: ignore[...]`, `# statelint: file-ignore[...]` or `# noqa: HMS...` comment
with a code that is not reported there.

## Why it hurts

It hides the next finding of that code on that line, which may be a real one, and it
tells readers of a danger that is gone.

## When it is fine

A comment that names what is reported, and `noqa` comments of other tools.

```python
import os  # noqa: F401
```

## Example

```python
ROLES = ("user", "assistant")  # statelint: ignore[HMS201] -- a table  # expect: HMS001
```

## Use instead

```python
ROLES = ("user", "assistant")
```

## Options

Only codes that the run selects are judged: a run with a narrow `select` calls no
suppression of another code unused.

## Fix

By hand: delete the comment, or the code that is not needed.

## References

- flake8 documentation, [in-line ignoring](https://flake8.pycqa.org/en/latest/user/violations.html#in-line-ignoring-errors)
"""

from pystatelint.model.finding import Severity
from pystatelint.model.rule import Rule, Scope

RULE = Rule(
    code="HMS001",
    name="unused-suppression",
    severity=Severity.WARNING,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
)
