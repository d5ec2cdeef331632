"""A constant, by its name or by Final, is changed while the program runs.

## What it finds

A container whose name is written in capitals, or anything that is annotated `Final`,
that a function changes or replaces at run time. Names that speak of a cache, buffer or
registry promise no constant; HMS201 reports those. Nor does the name of an object with
attributes: `bus: Final = Bus()` says that there is one bus; HMS214 reports what is set on it.
A set that is asked first and then added to, as one of warnings that were given, holds nothing
that readers could take for something else: that is a warning.

## Why it hurts

Readers trust the name: they cache what they computed from it, hand it out without a
copy, and read it without a lock. `Final` stops a type checker from accepting a new
binding, yet it does not freeze the content.

## When it is fine

Filling the table while the module is imported.

```python
CODES: dict[str, int] = {}

for _number, _name in enumerate(("ok", "late", "lost")):
    CODES[_name] = _number


def code_of(name: str) -> int:
    return CODES[name]
```

## Example

```python
DEFAULT_HEADERS = {"accept": "text/html"}  # expect: HMS210


def headers_for(token: str) -> dict[str, str]:
    DEFAULT_HEADERS["authorization"] = token
    return DEFAULT_HEADERS
```

## Use instead

```python
from types import MappingProxyType

DEFAULT_HEADERS = MappingProxyType({"accept": "text/html"})


def headers_for(token: str) -> dict[str, str]:
    return {**DEFAULT_HEADERS, "authorization": token}
```

## Options

- `cache-names`: names that hold one of these words are no constants.

## Fix

By hand: freeze it (tuple, frozenset, `MappingProxyType`) and change copies.

## References

- [PEP 591](https://peps.python.org/pep-0591/): what Final states
- [PEP 8](https://peps.python.org/pep-0008/#constants): names of constants
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import at_cell, eased, who
from pystatelint.rules.partition import owned_by


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report constants that run time changes."""
    for cell, writes in owned_by(RULE.code, project, options):
        yield at_cell(
            RULE,
            cell,
            writes=writes,
            severity=eased(cell, Severity.WARNING if cell.remembers else RULE.severity),
            message=(
                f"{cell.symbol} is a constant by its {_promise(cell)}, but {who(writes, 'change')} "
                f"it at run time: {_consequence(cell)}"
            ),
            remedy="freeze it and change a copy, or give it the name and the owner of state",
        )


def _consequence(cell: Cell) -> str:
    return "it remembers what was met before" if cell.remembers else "readers trust it to stay"


def _promise(cell: Cell) -> str:
    return "annotation Final" if cell.final else "name"


RULE = Rule(
    code="HMS210",
    name="constant-mutated",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
