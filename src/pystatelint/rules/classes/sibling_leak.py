"""A subclass changes a container that its base class owns.

## What it finds

A mutable attribute bound in a base class that only subclasses change, through `self` or
`cls`. Each subclass believes that it has its own; all of them, and the base, have one.

## Why it hurts

Attribute lookup walks up to the base and finds the one object that stands there. What
the reader of one kind of file registers, the reader of another kind then offers too.

## When it is fine

When each subclass binds an object of its own, or when the base's name is written out
because the common object is meant.

```python
class Reader:
    warnings: list[str] = []


class CsvReader(Reader):
    def __init__(self) -> None:
        self.warnings = []

    def warn(self, text: str) -> None:
        self.warnings.append(text)
```

## Example

```python
class Reader:
    warnings: list[str] = []  # expect: HMS105


class CsvReader(Reader):
    def warn(self, text: str) -> None:
        self.warnings.append(text)


class XmlReader(Reader):
    pass
```

## Use instead

```python
class Reader:
    def __init__(self) -> None:
        self.warnings: list[str] = []


class CsvReader(Reader):
    def warn(self, text: str) -> None:
        self.warnings.append(text)
```

Where the container shall be one per subclass, give each its own in `__init_subclass__`.

## Options

None.

## Fix

By hand: bind the container per instance, or per subclass.

## References

- Python reference, [customising class creation](https://docs.python.org/3/reference/datamodel.html#object.__init_subclass__)
- [CWE-567](https://cwe.mitre.org/data/definitions/567.html): unsynchronised access to shared data
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import at_written_cell, who
from pystatelint.rules.partition import owned_by
from pystatelint.rules.values import held_by


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report containers of a base class that subclasses change."""
    for cell, writes in owned_by(RULE.code, project, options):
        yield at_written_cell(
            RULE,
            cell,
            writes,
            message=(
                f"all subclasses of {cell.owner} share {held_by(cell)} in `{cell.name}`: what "
                f"{who(writes, 'change')}, its siblings and the base see"
            ),
            remedy=f"bind `{cell.name}` in __init__, or per subclass in __init_subclass__",
        )


RULE = Rule(
    code="HMS105",
    name="sibling-leak",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
