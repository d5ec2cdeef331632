"""A function returns the container of a module or class, and a caller changes it.

## What it finds

`return _limits` or `yield _limits`, where `_limits` is a list, dict or another container
of the module or class, or `return _limits[name]` where one lies in it, and a caller that
changes what it got. Reported are containers that are changed in no other way, unless
their names speak of a cache or a buffer (HMS201).

Without a caller that changes it, nothing is reported; `strict` tells such functions as
information.

## Why it hurts

The caller believes to hold a value of its own and changes it. The module has lost
control of its state: nothing in it says that the limits are not what they were.

## When it is fine

Returning a copy or an immutable view.

```python
from collections.abc import Mapping
from types import MappingProxyType

_limits = {"page": 20}


def limits() -> Mapping[str, int]:
    return MappingProxyType(_limits)


def own_limits() -> dict[str, int]:
    return dict(_limits)


def search(page: int) -> int:
    wanted = own_limits()
    wanted["page"] = page
    return min(wanted["page"], limits()["page"])
```

## Example

```python
_limits = {"page": 20}  # expect: HMS204


def limits() -> dict[str, int]:
    return _limits


def search(page: int) -> int:
    wanted = limits()
    wanted["page"] = page
    return wanted["page"]
```

## Use instead

```python
_limits = {"page": 20}


def limits() -> dict[str, int]:
    return dict(_limits)


def search(page: int) -> int:
    wanted = limits()
    wanted["page"] = page
    return wanted["page"]
```

## Options

- `cache-names`: names that hold one of these words are left to HMS201.
- `strict`: tell also what nobody is seen to change, unless the function is annotated
  with a type that offers no way to change it, such as `Mapping` or `Sequence`.

## Fix

By hand: return a copy, or a `MappingProxyType`.

## References

- [CWE-374](https://cwe.mitre.org/data/definitions/374.html): passing mutable objects to
  an untrusted method
- Python documentation,
  [types.MappingProxyType](https://docs.python.org/3/library/types.html#types.MappingProxyType)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.places import HandedOut
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.model.wording import counted
from pystatelint.rules.evidence import at_cell, at_written_cell, who
from pystatelint.rules.givers import givers_of, open_givers
from pystatelint.rules.partition import owned_by
from pystatelint.rules.values import held_by


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report containers that callers of functions change, and in strict code those they may."""
    for cell, writes in owned_by(RULE.code, project, options):
        yield at_written_cell(
            RULE,
            cell,
            writes,
            message=(
                f"{cell.symbol} is {held_by(cell)} that {_givers(givers_of(cell, project))} "
                f"by reference and {who(writes, 'change')}: every other caller gets the changed "
                "one"
            ),
            remedy=(
                f"return a copy of `{cell.name}` or a read-only view, and change it by its own "
                "name where it is meant to change"
            ),
        )
    for cell in project.cells:
        openly = open_givers(cell, project, options)
        if openly:
            yield at_cell(
                RULE,
                cell,
                message=(
                    f"{cell.symbol} is {held_by(cell)} that {_givers(openly)} by reference: "
                    "whoever calls can change it"
                ),
                remedy=f"return a copy of `{cell.name}`, or a read-only view",
                severity=Severity.INFO,
            )


def _givers(given: tuple[HandedOut, ...]) -> str:
    """Return who returns it, for a sentence: ``app.limits returns``."""
    first, *others = dict.fromkeys(each.function for each in given) or ("a function",)
    if not others:
        return f"{first} returns"
    return f"{first} and {counted(len(others), 'other function')} return"


RULE = Rule(
    code="HMS204",
    name="mutable-returned-by-reference",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
