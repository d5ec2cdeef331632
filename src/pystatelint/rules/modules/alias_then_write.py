"""A module-level object is changed under another name.

## What it finds

`rows = template_rows` and then `rows.append(...)`: a local name is bound to the object
of the module, without a copy, and the object is changed through it. Reported are
containers that are only changed in this way, unless their names speak of a cache or a
buffer: taking these out by another name is how they are meant to be used (HMS201).

## Why it hurts

The line that does the damage does not show the name of what it damages. The next caller
starts from a template that already has the rows of the last one.

## When it is fine

Changing a copy.

```python
template_rows = ["header"]


def report(lines: list[str]) -> list[str]:
    rows = list(template_rows)
    rows.extend(lines)
    return rows
```

## Example

```python
template_rows = ["header"]  # expect: HMS205


def report(lines: list[str]) -> list[str]:
    rows = template_rows
    rows.extend(lines)
    return rows
```

## Use instead

```python
template_rows = ("header",)


def report(lines: list[str]) -> list[str]:
    return [*template_rows, *lines]
```

An immutable template makes the mistake impossible.

## Options

- `cache-names`: names that hold one of these words are left to HMS201.

## Fix

By hand: copy where the local name is bound.

## References

- Python FAQ, [why changing list y also changes list x](https://docs.python.org/3/faq/programming.html#why-did-changing-list-y-also-change-list-x)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import at_written_cell, who
from pystatelint.rules.partition import owned_by
from pystatelint.rules.values import held_by


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report module-level objects that are changed under other names only."""
    for cell, writes in owned_by(RULE.code, project, options):
        yield at_written_cell(
            RULE,
            cell,
            writes,
            message=(
                f"{cell.symbol} is {held_by(cell)} that {who(writes, 'change')} under another "
                "name, without a copy: the next caller starts from the changed one"
            ),
            remedy=f"copy `{cell.name}` where the other name is bound, or make it immutable",
        )


RULE = Rule(
    code="HMS205",
    name="alias-then-write",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
