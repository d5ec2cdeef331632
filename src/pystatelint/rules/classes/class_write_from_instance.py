"""A call replaces an attribute of the class, and so for every instance.

## What it finds

`ClassName.x = ...`, `type(self).x = ...`, `self.__class__.x = ...` and `cls.x = ...` at
run time. It is an error when the new value comes from a parameter of something that a
request, a task or an event reaches, because then one caller's data becomes everybody's;
otherwise a warning.

## Why it hurts

The attribute is one slot for the whole process. With two requests under way, the
second one overwrites what the first one is about to read.

## When it is fine

Setting it once from what the class knows by itself, and setting it while the program
is imported or starts.

```python
import re


class Tokens:
    _pattern: re.Pattern[str] | None = None

    @classmethod
    def pattern(cls) -> re.Pattern[str]:
        if cls._pattern is None:
            cls._pattern = re.compile(r"[a-z]+")
        return cls._pattern
```

## Example

```python
class Audit:
    user: str = ""

    def begin(self, user: str) -> None:
        type(self).user = user  # expect: HMS103


class Counter:
    calls = 0

    @classmethod
    def count(cls) -> None:
        cls.calls += 1  # expect: HMS103
```

## Use instead

```python
class Audit:
    def __init__(self) -> None:
        self.user = ""

    def begin(self, user: str) -> None:
        self.user = user
```

For data of one request that many functions need, use a `contextvars.ContextVar`.

## Options

None.

## Fix

By hand: write to the instance, or pass the value on.

## References

- [CWE-488](https://cwe.mitre.org/data/definitions/488.html): data of one session exposed to another
- Python documentation, [contextvars](https://docs.python.org/3/library/contextvars.html)
"""

from collections.abc import Iterator, Sequence

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, Write
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import at_act, graded_by_reach
from pystatelint.rules.exemption import MADE_BEFORE, OWN_ATTRIBUTE, Exemption
from pystatelint.rules.partition import reported_by
from pystatelint.rules.writes import by_function, through_instance

WORKED_OUT_ONCE = Exemption(
    "worked-out-once", "it replaces None by a value that no caller passes in"
)

MOST_SHOWN = 3
"""Attributes of one class that one function replaces, reported one by one."""

Replaced = tuple[Cell, tuple[Write, ...]]


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report each function that replaces a class attribute at run time.

    A function that replaces many attributes of one class is one finding.
    """
    for replaced in _by_function_and_class(project, options).values():
        if len(replaced) > MOST_SHOWN:
            yield _finding(*replaced[0], others=len(replaced) - 1)
        else:
            yield from (_finding(cell, writes, others=0) for cell, writes in replaced)


def _by_function_and_class(
    project: Project, options: Config
) -> dict[tuple[str, str], list[Replaced]]:
    """Return what each function replaces of each class, in order of the cells."""
    found: dict[tuple[str, str], list[Replaced]] = {}
    for cell, writes in reported_by(RULE, project, options):
        for group in by_function(writes):
            ordered = tuple(sorted(group, key=lambda write: not write.from_parameter))
            found.setdefault((group[0].function, cell.owner), []).append((cell, ordered))
    return found


def _spares(cell: Cell, write: Write, project: Project) -> Exemption | None:
    if write.binds_first and not write.from_parameter:
        return WORKED_OUT_ONCE
    if _marks_construction(cell, write):
        return MADE_BEFORE
    return OWN_ATTRIBUTE if through_instance(write) else None


def _marks_construction(cell: Cell, write: Write) -> bool:
    """Return whether a constructor sets a flag: it sets the same one every time."""
    constant = write.value is not None and write.value.kind == cell.value.kind == "constant"
    counts = write.text.endswith("op= ...")
    return constant and not counts and write.function.rpartition(".")[2] in _CONSTRUCTORS


_CONSTRUCTORS = frozenset({"__init__", "__new__", "__setstate__"})


def _finding(cell: Cell, writes: Sequence[Write], *, others: int) -> Finding:
    leaks = any(write.from_parameter for write in writes)
    whose = "what one caller passes in" if leaks else "the new value"
    more = f" and {others} other attributes of {cell.owner}" if others else ""
    return at_act(
        RULE,
        cell,
        message=(
            f"{writes[0].function} replaces {cell.symbol}{more} for the whole process: "
            f"{whose} is what every other caller reads"
        ),
        remedy=f"keep `{cell.name}` on the instance, or pass the value to who needs it",
        writes=writes,
        severity=graded_by_reach(cell, writes),
    )


RULE = Rule(
    code="HMS103",
    name="class-write-from-instance",
    severity=Severity.WARNING,
    default=True,
    doc=__doc__,
    check=check,
    spares=_spares,
)
