"""A class attribute can change; here is what is known of it.

## What it finds

Every mutable class attribute, with its verdict: written at run time and by whom, filled
at import, never written, or out of sight. Off by default; it is the inventory for those
who want to see all of it. In code that is declared stateless every entry is an error,
because there the contract is that no such attribute exists.

## Why it hurts

It need not. A list that nobody changes is a constant with square brackets. The ledger
shows how many there are, and which of them could be made immutable.

## When it is fine

Immutable values, and what a framework reads from the class body once.

```python
from dataclasses import dataclass, field
from enum import Enum


class Role(Enum):
    USER = "user"


@dataclass
class Message:
    roles: tuple[str, ...] = ("user", "assistant")
    parts: list[str] = field(default_factory=list)
```

## Example

```python
class Chat:
    roles = ["user", "assistant"]  # expect: HMS190
```

## Use instead

```python
class Chat:
    roles = ("user", "assistant")
```

## Options

- `stateless`, `strict`: which code is declared stateless.

## Fix

By hand: tuple for list, frozenset for set, `types.MappingProxyType` for dict.

## References

- Python documentation, [MappingProxyType](https://docs.python.org/3/library/types.html#types.MappingProxyType)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import CellKind
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.ledger import ledger_findings


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report every class attribute that can change."""
    remedy = "make it immutable, or bind it per instance"
    return ledger_findings(RULE, CellKind.CLASS, remedy, project, options)


RULE = Rule(
    code="HMS190",
    name="class-cell-ledger",
    severity=Severity.INFO,
    scope=Scope.MODULE,
    contract=True,
    doc=__doc__,
    check=check,
)
