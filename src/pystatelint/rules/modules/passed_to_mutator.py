"""A module-level object is handed to a function that changes it.

## What it finds

`fill(template_rows, lines)`, where `fill` or something that it calls appends to its
parameter: the line names the object, but only the callee shows that it changes. Reported
are containers that are changed in no other way, unless their names speak of a cache or a
buffer (HMS201).

## Why it hurts

A function that changes its argument is harmless on an object of its caller and leaves
traces on one that lives as long as the process. Neither of the two places shows it alone.

## When it is fine

Handing over a copy, or a function that only reads.

```python
template_rows = ["header"]


def fill(rows: list[str], lines: list[str]) -> list[str]:
    rows.extend(lines)
    return rows


def report(lines: list[str]) -> list[str]:
    return fill(list(template_rows), lines)
```

## Example

```python
template_rows = ["header"]  # expect: HMS206


def fill(rows: list[str], lines: list[str]) -> list[str]:
    rows.extend(lines)
    return rows


def report(lines: list[str]) -> list[str]:
    return fill(template_rows, lines)
```

## Use instead

```python
template_rows = ("header",)


def filled(rows: tuple[str, ...], lines: list[str]) -> list[str]:
    return [*rows, *lines]


def report(lines: list[str]) -> list[str]:
    return filled(template_rows, lines)
```

## Options

- `cache-names`: names that hold one of these words are left to HMS201.

## Fix

By hand: hand over a copy, or let the function return what is new.

## References

- Python tutorial,
  [defining functions](https://docs.python.org/3/tutorial/controlflow.html#defining-functions):
  arguments are passed by object reference
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
    """Report module-level objects that only callees of run-time functions change."""
    for cell, writes in owned_by(RULE.code, project, options):
        callees = tuple(dict.fromkeys(write.text for write in writes))
        yield at_written_cell(
            RULE,
            cell,
            writes,
            message=(
                f"{cell.symbol} is {held_by(cell)} that {who(writes, 'hand')} to {callees[0]}, "
                "which changes it: the next caller starts from the changed one"
            ),
            remedy=f"hand over a copy of `{cell.name}`, or let the function return what is new",
        )


RULE = Rule(
    code="HMS206",
    name="passed-to-mutator",
    severity=Severity.WARNING,
    default=True,
    doc=__doc__,
    check=check,
)
