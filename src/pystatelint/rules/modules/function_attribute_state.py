"""A function keeps state in an attribute of its own, for the whole process.

## What it finds

`function.counter += 1`, `function.cache[key] = value` and the like at run time, where
the function is one that lives as long as the process: of a module, of a class, or a
wrapper that a decorator made at import and that writes to itself.

## Why it hurts

It is a global variable without the word `global`: one object for all callers, threads
and tests. No annotation says what it is, no type checker knows it, and whoever reads the
module's names does not find it.

## When it is fine

Attributes that are set while modules are imported: marks that decorators put on
functions, the options of an admin action. An attribute of a function that is made anew
by each call belongs to that call.

```python
from collections.abc import Callable


def on_start(function: Callable[[], None]) -> Callable[[], None]:
    function.on_start = True
    return function


def counter() -> Callable[[], int]:
    def count() -> int:
        return count.number

    count.number = 0
    return count
```

## Example

```python
def ticket() -> int:
    ticket.number += 1
    return ticket.number


ticket.number = 0  # expect: HMS212
```

## Use instead

```python
class Tickets:
    def __init__(self) -> None:
        self.number = 0

    def draw(self) -> int:
        self.number += 1
        return self.number
```

## Options

None.

## Fix

By hand: an object that its users are given; for a memory `functools.lru_cache`.

## References

- [PEP 232](https://peps.python.org/pep-0232/): function attributes
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import FunctionAttribute, Write
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place, who, write_steps
from pystatelint.rules.naming import is_dunder


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report attributes of functions that run time writes."""
    for attribute in project.function_attributes:
        if attribute.module in project.test_modules or is_dunder(attribute.name):
            continue
        writes = tuple(
            write
            for write in attribute.writes
            if write.at_run_time and write.module not in project.test_modules
        )
        if writes:
            yield _finding(attribute, writes)


def _finding(attribute: FunctionAttribute, writes: tuple[Write, ...]) -> Finding:
    place = _binding_of(attribute)
    return at_place(
        RULE,
        place,
        message=(
            f"{attribute.function} keeps state in its attribute `{attribute.name}`, which "
            f"{who(writes, 'change')} for the whole process"
        ),
        remedy="keep the state in an object that its users are given",
        steps=(Step(StepKind.CELL, place.path, place.span, "kept here"), *write_steps(writes)),
    )


def _binding_of(attribute: FunctionAttribute) -> Place:
    """Return where modules bind the attribute first, or the function if none does."""
    first = next((write for write in attribute.writes if not write.at_run_time), None)
    if first is None:
        return Place(attribute.path, attribute.span, attribute.symbol)
    return Place(first.path, first.span, attribute.symbol)


RULE = Rule(
    code="HMS212",
    name="function-attribute-state",
    severity=Severity.INFO,
    doc=__doc__,
    check=check,
)
