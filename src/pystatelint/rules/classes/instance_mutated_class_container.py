"""A container of the class is changed through an instance.

## What it finds

A list, dict, set or other mutable object that is bound in a class body and then
changed through `self`, or through another instance, after the program has started.
The writer may stand in the class, in a function elsewhere, or in another module.

## Why it hurts

The class body runs once. Its objects belong to the class, not to the instances, and
reading `self.messages` finds them there. What one instance appends, every other
instance sees: the messages of one user turn up in the conversation of another, and
tests pass or fail by the order in which they run.

Where some method other than the constructor binds an object of the instance's own, it is a
warning: who writes before that method ran still writes into the shared one.

## When it is fine

Giving every instance its own object before the first change makes the class attribute
a mere default. Tables that are only read are silent as well.

```python
class Chat:
    roles = ["user", "assistant"]
    messages: list[str] = []

    def __init__(self) -> None:
        self.messages = []

    def send(self, text: str) -> None:
        self.messages.append(text)
```

## Example

```python
class Chat:
    messages: list[str] = []  # expect: HMS101

    def send(self, text: str) -> None:
        self.messages.append(text)
```

The writer can be far away:

```python
# file: shop/basket.py
class Basket:
    lines = {}  # expect: HMS101


# file: shop/views.py
from shop.basket import Basket


def add_line(basket: Basket, article: str) -> None:
    basket.lines[article] = 1
```

## Use instead

```python
class Chat:
    def __init__(self) -> None:
        self.messages: list[str] = []

    def send(self, text: str) -> None:
        self.messages.append(text)
```

If all instances shall share the object on purpose, say so: annotate it with `ClassVar`
and write through the class. HMS102 then reports it as what it is, state of the process.

## Options

None.

## Fix

By hand: bind the attribute in `__init__`, and keep the annotation there.

## References

- Python tutorial, [class and instance variables](https://docs.python.org/3/tutorial/classes.html#class-and-instance-variables)
- [CWE-567](https://cwe.mitre.org/data/definitions/567.html): unsynchronised access to shared data
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import at_cell, eased, who
from pystatelint.rules.partition import owned_by
from pystatelint.rules.values import held_by


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report class containers that instances change."""
    for cell, writes in owned_by(RULE.code, project, options):
        yield at_cell(
            RULE,
            cell,
            message=(
                f"every instance of {cell.owner} shares {held_by(cell)} in `{cell.name}`"
                f"{_until(cell)}: what {who(writes, 'change')} through one instance, all the "
                "others see"
            ),
            remedy=f"bind self.{cell.name} in __init__, so that each instance has its own",
            writes=writes,
            severity=eased(cell, Severity.WARNING if cell.shadows else RULE.severity),
        )


def _until(cell: Cell) -> str:
    """Return how an instance may come to have its own, if some method binds one."""
    return " until it gets its own" if cell.shadows else ""


RULE = Rule(
    code="HMS101",
    name="instance-mutated-class-container",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
