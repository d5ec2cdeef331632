"""An attribute of a module-level object is set while the program runs.

## What it finds

`settings.debug = True`, `client.token = token` or `app.state.user = user` in a function
that runs after start-up, where the object is bound at module level and so lives as long
as the process. Containers inside the object count as well.

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
from pystatelint.link.records import Project, Write
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import at_written_cell, who
from pystatelint.rules.partition import owned_by
from pystatelint.rules.values import held_by


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report module-level objects whose attributes run time sets."""
    for cell, writes in owned_by(RULE.code, project, options):
        yield at_written_cell(
            RULE,
            cell,
            writes,
            message=(
                f"{cell.symbol} is {held_by(cell)} for the whole process and "
                f"{who(writes, 'change')} its {_attributes(cell.name, writes)} at run time: all "
                "other callers see it"
            ),
            remedy="change a copy of the object, or keep the value with the request",
        )


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
)
