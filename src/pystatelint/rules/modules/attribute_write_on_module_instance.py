"""An attribute of a module-level object is set while the program runs.

## What it finds

`settings.debug = True`, `client.token = token` or `app.state.user = user` in a function
that runs after start-up, where the object is bound at module level and so lives as long
as the process. Containers inside the object count as well, and so does a method of the
object's own class: `tracker.observe(worker)` that appends to `self.workers`. Four and
more instances of one class that its own methods change are reported once, at the first.

## Why it hurts

It is a global variable with a dot in it. A token that one request sets on the common
client is sent with the next request of somebody else.

## When it is fine

Setting attributes while the process starts, and on objects of the call itself.

```python
class Settings:
    def __init__(self) -> None:
        self.debug = False


settings = Settings()
settings.debug = True


def is_debug() -> bool:
    return settings.debug
```

## Example

```python
class Settings:
    def __init__(self) -> None:
        self.debug = False


settings = Settings()  # expect: HMS214


def trace_next_call() -> None:
    settings.debug = True
```

```python
class Tracker:
    def __init__(self) -> None:
        self.workers: list[str] = []

    def observe(self, worker: str) -> None:
        self.workers.append(worker)


tracker = Tracker()  # expect: HMS214


def seen(worker: str) -> None:
    tracker.observe(worker)
```

## Use instead

```python
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Settings:
    debug: bool = False


settings = Settings()


def traced() -> Settings:
    return replace(settings, debug=True)
```

## Options

None.

## Fix

By hand: pass a changed copy, or keep the value with the request.

## References

- [CWE-488](https://cwe.mitre.org/data/definitions/488.html): data of one session exposed to another
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, Write
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import at_written_cell, who
from pystatelint.rules.exemption import TOLD_WITH_TWIN, Exemption
from pystatelint.rules.partition import reported_by
from pystatelint.rules.values import held_by


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report module-level objects whose attributes run time sets."""
    for cell, writes in reported_by(RULE, project, options):
        yield at_written_cell(
            RULE,
            cell,
            writes,
            message=(
                f"{cell.symbol} is {held_by(cell)} for the whole process{_twins(cell)} and "
                f"{who(writes, 'change')} its {_attributes(cell.name, writes)} at run time: all "
                "other callers see it"
            ),
            remedy=_remedy(writes),
        )


def _twins(cell: Cell) -> str:
    """Return how many more instances of its class share the fate of the first."""
    number = len(cell.twins)
    return f", as {number} more of that class {'is' if number == 1 else 'are'}," if number else ""


def _spares(cell: Cell, write: Write, _project: Project) -> Exemption | None:
    """Return why a write is not told here: it is told at another instance of the class."""
    return TOLD_WITH_TWIN if cell.told_with and write.by_own_method else None


def _remedy(writes: tuple[Write, ...]) -> str:
    """Return the cure: state that the object's own methods keep is meant to stay somewhere."""
    if all(write.by_own_method for write in writes):
        return "make one object per request, or keep what its methods store where it can be bounded"
    return "change a copy of the object, or keep the value with the request"


def _attributes(name: str, writes: tuple[Write, ...]) -> str:
    """Return the attribute if all writes name the same one, such as `settings.debug`."""
    paths = {write.inner[0] for write in writes if write.inner}
    return f"attribute `{name}{paths.pop()}`" if len(paths) == 1 else "attributes"


RULE = Rule(
    code="HMS214",
    name="attribute-write-on-module-instance",
    severity=Severity.WARNING,
    default=True,
    doc=__doc__,
    check=check,
    spares=_spares,
)
