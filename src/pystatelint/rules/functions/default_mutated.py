"""A default argument is changed, and the change stays for the next call.

## What it finds

A mutable default of a parameter that the function changes when the caller leaves the
argument out. A default that nothing changes is silent.

## Why it hurts

Defaults are made once, when `def` runs. The second call starts with what the first one
left behind.

## When it is fine

Binding the parameter anew before the first change, and changing a copy. A parameter
that says by its name that it is a memo or a cache is left to HMS302.

```python
def with_footer(lines: list[str] = []) -> list[str]:
    lines = list(lines)
    lines.append("end")
    return lines


def fibonacci(number: int, memo: dict[int, int] = {}) -> int:
    if number not in memo:
        memo[number] = number if number < 2 else fibonacci(number - 1) + fibonacci(number - 2)
    return memo[number]
```

## Example

```python
def collect(word: str, words: list[str] = []) -> list[str]:  # expect: HMS301
    words.append(word)
    return words
```

## Use instead

```python
def collect(word: str, words: list[str] | None = None) -> list[str]:
    if words is None:
        words = []
    words.append(word)
    return words
```

## Options

None.

## Fix

By hand: default to `None` and make the object in the body.

## References

- Python FAQ, [why default values are shared](https://docs.python.org/3/faq/programming.html#why-are-default-values-shared-between-objects)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import at_cell, who
from pystatelint.rules.naming import parameter_name
from pystatelint.rules.partition import owned_by
from pystatelint.rules.values import held_by, noun_of


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report defaults that their functions change."""
    for cell, writes in owned_by(RULE.code, project, options):
        yield at_cell(
            RULE,
            cell,
            message=(
                f"the default of `{parameter_name(cell)}` is {held_by(cell)} for all calls of "
                f"{cell.owner}: what {who(writes, 'leave')} there, the next call gets"
            ),
            remedy=f"default to None and make the {noun_of(cell.value)} in the body",
            writes=writes,
        )


RULE = Rule(
    code="HMS301",
    name="default-mutated",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
