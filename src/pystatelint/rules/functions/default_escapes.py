"""A default argument outlives the call: it is returned, yielded or kept.

## What it finds

A list, dict, set or another container that is made as the default of a parameter, and
that the function returns, yields, or keeps without a copy in `self`, in another object
that it was given, or in a module or class. A default that is seen to be changed is HMS301.

## Why it hurts

The object is made once, when `def` runs. All callers that leave the argument out get
that one object, and all instances that keep it share it. The first one who adds to it
adds for everybody.

## When it is fine

Copies, defaults that cannot change, and parameters or results whose annotation offers
no way to change them, such as `Sequence` and `Mapping`. What all the code that gets at it
only reads, as far as that can be followed, is told with low confidence.

```python
from collections.abc import Sequence


class Report:
    def __init__(self, columns: Sequence[str] = ("name",), notes: list[str] = []) -> None:
        self.columns = columns
        self.notes = list(notes)


def words(text: str, also: list[str] = []) -> list[str]:
    return text.split() + also
```

## Example

```python
class Report:
    def __init__(self, notes: list[str] = []) -> None:  # expect: HMS303
        self.notes = notes


def options(given: dict[str, str] = {}) -> dict[str, str]:  # expect: HMS303
    return given
```

## Use instead

```python
class Report:
    def __init__(self, notes: list[str] | None = None) -> None:
        self.notes = [] if notes is None else notes


def options(given: dict[str, str] | None = None) -> dict[str, str]:
    return {} if given is None else given
```

## Options

None.

## Fix

By hand: default to `None` and make the object in the body, or copy what is kept.

## References

- Python FAQ, [why default values are shared](https://docs.python.org/3/faq/programming.html#why-are-default-values-shared-between-objects)
- [Sonar S5717](https://rules.sonarsource.com/python/RSPEC-5717/): defaults should not be
  modified or assigned
"""

from collections.abc import Iterator

import msgspec

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell
from pystatelint.link.records_functions import DefaultEscape
from pystatelint.model.finding import Confidence, Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import Place, at_place, cell_steps
from pystatelint.rules.exemption import Exemption
from pystatelint.rules.naming import parameter_name
from pystatelint.rules.partition import owners
from pystatelint.rules.values import held_by, noun_of
from pystatelint.rules.ways_out import ways_out


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report defaults that get out of their functions unchanged so far.

    Those that nobody changes afterwards are reported with low confidence.
    """
    written = {cell.symbol for cell, _, owner in owners(project, options) if isinstance(owner, str)}
    for cell in project.cells:
        ways = ways_out(cell, project)
        if not isinstance(ways, Exemption) and cell.symbol not in written:
            told = tuple(way for way in ways if not way.left_alone)
            finding = _finding(cell, told or ways)
            yield finding if told else _as_opinion(finding)


def _as_opinion(finding: Finding) -> Finding:
    return msgspec.structs.replace(finding, severity=Severity.INFO, confidence=Confidence.LOW)


def _finding(cell: Cell, ways: tuple[DefaultEscape, ...]) -> Finding:
    return at_place(
        RULE,
        Place(cell.path, cell.span, cell.symbol),
        message=(
            f"the default of `{parameter_name(cell)}` is {held_by(cell)} for all calls of "
            f"{cell.owner}, which {_act(ways[0])}: whoever changes it changes the calls to come"
        ),
        remedy=f"default to None and make the {noun_of(cell.value)} in the body",
        steps=(*cell_steps(cell), *dict.fromkeys(way.step for way in ways)),
    )


def _act(way: DefaultEscape) -> str:
    match way.how:
        case "kept":
            return f"keeps it in {way.target}"
        case "yielded":
            return "yields it"
        case _:
            return "returns it"


RULE = Rule(
    code="HMS303",
    name="default-escapes",
    severity=Severity.WARNING,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
