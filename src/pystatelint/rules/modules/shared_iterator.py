"""A module or class keeps one iterator, and everybody takes the next element.

## What it finds

An iterator or generator bound in a module or class body, `count()`, `cycle(...)`,
`iter(...)`, `open_rows()`, that functions advance with `next()` or `send()` at run time.

It is a warning if the iterator ends, and information if it never does.

## Why it hurts

An iterator is a position, and this one is shared by the whole process. What the first
caller takes, the next does not get; when it is used up, it stays so until the process
starts anew. A generator that two threads advance at once raises `ValueError: generator
already executing`. Numbers from `itertools.count` differ from run to run of the tests,
and repeat in every worker process.

## When it is fine

An iterator that a function or an instance makes for itself, and one that only the
import of the module advances. `next(counter)` of an `itertools.count` is one step, safe
between threads: a counter that need only be unique in its process may stay.

```python
import itertools
from collections.abc import Iterator


class Tickets:
    def __init__(self) -> None:
        self._numbers: Iterator[int] = itertools.count(1)

    def draw(self) -> int:
        return next(self._numbers)
```

## Example

```python
COLOURS = iter(["red", "green", "blue"])  # expect: HMS211


def colour() -> str:
    return next(COLOURS)
```

## Use instead

```python
COLOURS = ("red", "green", "blue")


def colour(position: int) -> str:
    return COLOURS[position % len(COLOURS)]
```

## Options

None.

## Fix

By hand: keep the elements in a tuple, or let each user have an iterator.

## References

- Python documentation, [iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
- Python documentation, [generator.__next__](https://docs.python.org/3/reference/expressions.html#generator.__next__)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import SharedIterator, Write
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place, who, write_steps


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report iterators of modules and classes that run time advances."""
    for iterator in project.shared_iterators:
        if iterator.module not in project.test_modules:
            advances = _advances(iterator, project)
            if advances:
                yield _finding(iterator, advances)


def _advances(iterator: SharedIterator, project: Project) -> tuple[Write, ...]:
    return tuple(
        write
        for write in iterator.writes
        if write.at_run_time and write.module not in project.test_modules
    )


def _finding(iterator: SharedIterator, advances: tuple[Write, ...]) -> Finding:
    users = who(advances, "take")
    if iterator.endless:
        effect = "what one caller gets depends on all the calls before, in this process"
        remedy = "give each owner a counter of its own, or take the value from where it is kept"
    else:
        effect = "what one caller takes, the others do not get"
        remedy = "keep the elements in a tuple, and make an iterator where they are used"
    return at_place(
        RULE,
        Place(iterator.path, iterator.span, iterator.symbol),
        message=(
            f"{iterator.symbol} is one {_noun(iterator)} for the whole process, from which "
            f"{users} the next element: {effect}"
        ),
        remedy=remedy,
        steps=(
            Step(StepKind.CELL, iterator.path, iterator.span, "made once, here"),
            *write_steps(advances),
        ),
        severity=Severity.INFO if iterator.endless else Severity.WARNING,
    )


def _noun(iterator: SharedIterator) -> str:
    return "generator" if iterator.maker == "generator" else f"{iterator.maker}()"


RULE = Rule(
    code="HMS211",
    name="shared-iterator",
    severity=Severity.WARNING,
    doc=__doc__,
    check=check,
)
