"""A container of the class is changed through the class while the program runs.

## What it finds

A mutable class attribute that is changed through `cls`, `type(self)` or the name of the
class at run time; and one that is annotated `ClassVar` or `Final` and changed in any
way. `ClassVar` says that the sharing is meant, not that it is safe; `Final` says that
nobody changes it, and only type checkers hold you to it, for the name alone.

## Why it hurts

The attribute is process-wide state that looks like a detail of one class. It survives
the request that filled it, grows without bound, differs from worker to worker, and is
not reset between tests.

## When it is fine

Filling it while modules are imported, under a lock that guards every write, or in a
container that lets go of its keys by itself.

```python
from weakref import WeakValueDictionary


class Plugin:
    by_name: dict[str, type["Plugin"]] = {}

    def __init_subclass__(cls) -> None:
        Plugin.by_name[cls.__name__] = cls


class Icon:
    loaded: WeakValueDictionary[str, "Icon"] = WeakValueDictionary()

    @classmethod
    def load(cls, path: str) -> "Icon":
        icon = cls()
        cls.loaded[path] = icon
        return icon
```

## Example

```python
from typing import ClassVar


class Rates:
    seen: ClassVar[dict[str, float]] = {}  # expect: HMS102

    @classmethod
    def remember(cls, currency: str, rate: float) -> None:
        cls.seen[currency] = rate
```

## Use instead

Make the owner of the state an object that somebody creates, passes on and drops.

```python
class Rates:
    def __init__(self) -> None:
        self.seen: dict[str, float] = {}

    def remember(self, currency: str, rate: float) -> None:
        self.seen[currency] = rate
```

## Options

None.

## Fix

By hand: move the container into an instance, a cache with a bound, or a store.

## References

- [PEP 526](https://peps.python.org/pep-0526/#class-and-instance-variable-annotations)
- [CWE-567](https://cwe.mitre.org/data/definitions/567.html): unsynchronised access to shared data
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, Verdict, Write
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import at_cell, who
from pystatelint.rules.exemption import Exemption
from pystatelint.rules.partition import reported_by
from pystatelint.rules.values import held_by

ONE_LOCK = Exemption("one-lock", "every write holds the same lock")


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report class state that run time changes without a common lock."""
    for cell, writes in reported_by(RULE, project, options):
        yield at_cell(
            RULE,
            cell,
            message=(
                f"{cell.symbol} is {held_by(cell)} for the whole process{_contradiction(cell)} and "
                f"{who(writes, 'change')} it at run time: it outlives the call that filled it"
            ),
            remedy="keep it on an instance that the caller owns, or guard and bound it",
            writes=writes,
        )


def _spares(cell: Cell, write: Write, project: Project) -> Exemption | None:
    return ONE_LOCK if cell.verdict is Verdict.GUARDED else None


def _contradiction(cell: Cell) -> str:
    return ", declared Final," if cell.final else ""


RULE = Rule(
    code="HMS102",
    name="class-state-written-at-run-time",
    severity=Severity.WARNING,
    default=True,
    doc=__doc__,
    check=check,
    spares=_spares,
)
