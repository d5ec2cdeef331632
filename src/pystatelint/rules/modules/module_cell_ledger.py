"""A module-level object can change; here is what is known of it.

## What it finds

Every mutable object bound at module level, with its verdict: written at run time and by
whom, filled at import, never written, or out of sight. Off by default; it is the
inventory for those who want to see all of it. In code that is declared stateless every
entry is an error.

## Why it hurts

It need not. Most module-level dicts are tables that nobody changes. The ledger shows
how many there are and which few of them are state.

## When it is fine

Immutable values, functions, classes, loggers, locks and other objects made for sharing.

```python
import logging
import re

logger = logging.getLogger(__name__)
WORD = re.compile(r"[a-z]+")
ROLES = ("user", "assistant")
```

## Example

```python
ROLES = ["user", "assistant"]  # expect: HMS290
```

## Use instead

```python
ROLES = ("user", "assistant")
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
    """Report every module-level object that can change."""
    remedy = "make it immutable, or give it to an object that owns it"
    return ledger_findings(RULE, CellKind.MODULE, remedy, project, options)


RULE = Rule(
    code="HMS290",
    name="module-cell-ledger",
    severity=Severity.INFO,
    scope=Scope.MODULE,
    contract=True,
    doc=__doc__,
    check=check,
)
