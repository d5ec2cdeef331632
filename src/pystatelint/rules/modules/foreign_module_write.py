"""A function reaches into another module and changes what is bound there.

## What it finds

`settings.timeout = 5`, `settings.limits["daily"] = 10` or `setattr(settings, ...)` at
run time, where `settings` is a module of the project. Each such line is reported.

## Why it hurts

The module that owns the name cannot know that it changes. Whoever reads it gets a value
that depends on which requests came before, and a search in the owning module finds no
writer.

## When it is fine

Setting things up while modules are imported or the process starts, and tests.

```python
# file: app/settings.py
timeout = 30

# file: app/client.py
from app import settings


def fetch(address: str) -> tuple[str, int]:
    return address, settings.timeout
```

## Example

```python
# file: app/settings.py
timeout = 30

# file: app/client.py
from app import settings


def fetch_slowly(address: str) -> None:
    settings.timeout = 300  # expect: HMS207
```

## Use instead

```python
# file: app/settings.py
timeout = 30

# file: app/client.py
from app import settings


def fetch(address: str, timeout: int = settings.timeout) -> tuple[str, int]:
    return address, timeout
```

If it must change, let the owning module offer a function for it.

## Options

None.

## Fix

By hand: pass the value as an argument.

## References

- Python FAQ, [sharing global variables across modules](https://docs.python.org/3/faq/programming.html#how-do-i-share-global-variables-across-modules)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Action, Cell, Write
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import at_act, eased
from pystatelint.rules.exemption import Exemption
from pystatelint.rules.partition import is_foreign, reported_by
from pystatelint.rules.writes import by_function

OWN_MODULE = Exemption("own-module", "it does not reach into another module")
TOLD_BY_READER = Exemption(
    "told-by-reader", "an import keeps the value from before it, and HMS208 tells that"
)
OWN_METHOD = Exemption("own-method", "a method of the object does it, as its module may intend")


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report each function that changes another module's state at run time."""
    for cell, writes in reported_by(RULE, project, options):
        for group in by_function(writes):
            yield at_act(
                RULE,
                cell,
                message=(
                    f"{group[0].function} changes {cell.symbol}, which belongs to the module "
                    f"{cell.module}: every reader of it in the process sees the change"
                ),
                remedy=f"pass the value on, or let {cell.module} offer a function that sets it",
                writes=group,
                severity=eased(cell, RULE.severity),
            )


def _spares(cell: Cell, write: Write, project: Project) -> Exemption | None:
    if write.by_own_method:
        return OWN_METHOD
    if write.action is Action.REBIND and not write.inner and _is_kept(cell, project):
        return TOLD_BY_READER
    return None if is_foreign(write) else OWN_MODULE


def _is_kept(cell: Cell, project: Project) -> bool:
    """Return whether a module outside tests keeps what the cell held when it imported it."""
    return any(
        stale.cell == cell.symbol and stale.reads and stale.module not in project.test_modules
        for stale in project.stale_imports
    )


RULE = Rule(
    code="HMS207",
    name="foreign-module-write",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
    spares=_spares,
)
