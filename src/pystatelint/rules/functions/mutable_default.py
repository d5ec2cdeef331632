"""A default argument is a container, which anybody could change.

## What it finds

A parameter whose default is a list, dict, set or another container: made by a display,
a comprehension or a call, held by a name, or inside a tuple. It reports what HMS301,
HMS302 and HMS303 do not: nothing is seen to change it or to let it out. The rule is off
by default.

## Why it hurts

The object is made once, when `def` runs, and all calls share it. As long as nobody
changes it, that is harmless; the rule is for those who want to rule it out.

## When it is fine

Defaults that cannot change, and markers that a framework replaces (`Depends()`,
`Query()`, `typer.Option()`).

```python
def total(prices: tuple[int, ...] = (), currency: str = "EUR") -> str:
    return f"{sum(prices)} {currency}"
```

## Example

```python
def total(prices: list[int] = []) -> int:  # expect: HMS304
    return sum(prices)
```

## Use instead

```python
from collections.abc import Sequence


def total(prices: Sequence[int] = ()) -> int:
    return sum(prices)
```

## Options

None.

## Fix

By hand: a tuple, a frozenset or `None`.

## References

- Python FAQ, [why default values are shared](https://docs.python.org/3/faq/programming.html#why-are-default-values-shared-between-objects)
- The same in other linters: B006 of flake8-bugbear and ruff, W0102 of pylint
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import CellKind, Value
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import at_cell
from pystatelint.rules.exemption import Exemption
from pystatelint.rules.naming import parameter_name
from pystatelint.rules.partition import owners
from pystatelint.rules.values import holds_container, noun_of
from pystatelint.rules.ways_out import ways_out


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report the mutable defaults that no other rule reports."""
    reported = {
        cell.symbol for cell, _, owner in owners(project, options) if isinstance(owner, str)
    }
    for cell in project.cells:
        if (
            cell.kind is CellKind.DEFAULT
            and cell.symbol not in reported
            and holds_container(cell.value)
            and isinstance(ways_out(cell, project), Exemption)
        ):
            yield at_cell(
                RULE,
                cell,
                message=(
                    f"the default of `{parameter_name(cell)}` is {_made(cell.value)} for all "
                    f"calls of {cell.owner}: whoever changes it changes the calls to come"
                ),
                remedy="use a tuple, a frozenset, or None and make the object in the body",
            )


def _made(value: Value) -> str:
    if value.kind == "cell" and value.parts:
        return f"{value.dotted}, one {noun_of(value.parts[0])}"
    return f"one {noun_of(value)}"


RULE = Rule(
    code="HMS304",
    name="mutable-default",
    severity=Severity.INFO,
    scope=Scope.MODULE,
    doc=__doc__,
    check=check,
)
