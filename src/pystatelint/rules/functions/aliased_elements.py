"""All places of a list or dict hold one and the same object.

## What it finds

`[[]] * n` and `dict.fromkeys(keys, [])`, where a list, dict, set or the like is made
once and put at every place. It is an error where an element is changed, in the function
itself, in a method of the class that keeps it, or through the name of a module or class;
a warning where the result is stored or returned, and for `dict.fromkeys`. Everything
else of that form is reported with low confidence (`min-confidence = "low"`).

## Why it hurts

There is one inner object. What is added at one place appears at all of them, and nobody
notices as long as only one place is used.

## When it is fine

Immutable elements; places that get objects of their own before anything is added; a
repetition that is read at once and dropped; and one iterator that is repeated on
purpose, to be taken from in turn.

```python
def grid(rows: int, columns: int) -> list[list[int]]:
    return [[0] * columns for _ in range(rows)]


def pairs(values: list[int]) -> list[tuple[int, ...]]:
    return list(zip(*[iter(values)] * 2, strict=False))
```

## Example

```python
def count_by_day(days: list[str], visits: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = dict.fromkeys(days, [])  # expect: HMS314
    for day, name in visits:
        found[day].append(name)
    return found


class Board:
    def __init__(self, size: int) -> None:
        self.fields = [[" "] * size] * size  # expect: HMS314

    def play(self, row: int, column: int, sign: str) -> None:
        self.fields[row][column] = sign
```

## Use instead

A comprehension makes a new object for each place:

```python
def count_by_day(days: list[str], visits: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {day: [] for day in days}
    for day, name in visits:
        found[day].append(name)
    return found


class Board:
    def __init__(self, size: int) -> None:
        self.fields = [[" "] * size for _ in range(size)]
```

## Options

None.

## Fix

By hand.

## References

- Python FAQ, [how do I create a multidimensional list](https://docs.python.org/3/faq/programming.html#how-do-i-create-a-multidimensional-list)
- ruff, [RUF024](https://docs.astral.sh/ruff/rules/mutable-fromkeys-value/)
"""

from collections.abc import Iterator

import msgspec

from pystatelint.config.schema import Config
from pystatelint.link.places import AliasedElements
from pystatelint.link.project import Project
from pystatelint.model.finding import Confidence, Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import Place, at_place


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report repetitions of one object that is changed, or that others may change.

    The others are reported with low confidence, as linters do that only see the expression.
    """
    for each in project.aliased_elements:
        if each.write is not None and not each.replaced:
            yield _finding(each, Severity.ERROR)
        elif each.kind and (each.by_key or each.kept) and not each.replaced:
            yield _finding(each, Severity.WARNING)
        elif each.kind:
            finding = _finding(each, Severity.INFO)
            yield msgspec.structs.replace(finding, confidence=Confidence.LOW)


def _finding(each: AliasedElements, severity: Severity) -> Finding:
    places = "keys" if each.by_key else "places"
    what = each.kind or "object"
    return at_place(
        RULE,
        Place(each.path, each.span, each.function),
        message=(
            f"all {places} of this {'dict' if each.by_key else 'sequence'} hold one {what}: what "
            "is changed at one of them is changed at all"
        ),
        remedy=f"make a new {what} for each of the {places}, in a comprehension",
        steps=(each.write,) if each.write is not None else (),
        severity=severity,
    )


RULE = Rule(
    code="HMS314",
    name="aliased-elements",
    severity=Severity.WARNING,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
