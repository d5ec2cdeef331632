"""A descriptor keeps on itself what belongs to one of the objects that have it.

## What it finds

`self.x = ...` in `__get__`, `__set__` or `__delete__`, or in a method that they call,
where the value comes from the object or from what is set on it; in `__set__` and
`__delete__` also a constant, such as a flag.

## Why it hurts

A descriptor stands in the body of a class: there is one for all objects of the class and
of its subclasses. What is set on one object is what all the others read, and the last
object that was touched stays alive.

## When it is fine

A store in the object, under the descriptor's name; a `WeakKeyDictionary` whose keys are
the objects; what the descriptor learns in `__init__` and `__set_name__`; and what it
finds out once for the class.

```python
from typing import Any
from weakref import WeakKeyDictionary


class Positive:
    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type) -> int:
        return instance.__dict__[self.name]

    def __set__(self, instance: Any, value: int) -> None:
        instance.__dict__[self.name] = max(value, 0)


class Color:
    def __init__(self) -> None:
        self.values: WeakKeyDictionary[Any, str] = WeakKeyDictionary()

    def __get__(self, instance: Any, owner: type) -> str:
        return self.values[instance]

    def __set__(self, instance: Any, value: str) -> None:
        self.values[instance] = value
```

## Example

```python
from typing import Any


class Positive:
    def __init__(self) -> None:
        self.value = 0

    def __get__(self, instance: Any, owner: type) -> int:
        return self.value

    def __set__(self, instance: Any, value: int) -> None:
        self.value = max(value, 0)  # expect: HMS108


class Account:
    balance = Positive()
```

## Use instead

```python
from typing import Any


class Positive:
    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type) -> int:
        return instance.__dict__.get(self.name, 0)

    def __set__(self, instance: Any, value: int) -> None:
        instance.__dict__[self.name] = max(value, 0)


class Account:
    balance = Positive()
```

## Options

None.

## Fix

By hand.

## References

- Python documentation, [descriptor guide](https://docs.python.org/3/howto/descriptor.html)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.places import DescriptorStore
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import Place, at_place


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report each attribute that the accessors of a descriptor fill, once."""
    seen: set[tuple[str, str]] = set()
    for store in project.descriptor_stores:
        if (store.owner, store.name) not in seen:
            seen.add((store.owner, store.name))
            yield _finding(store)


def _finding(store: DescriptorStore) -> Finding:
    return at_place(
        RULE,
        Place(store.path, store.span, f"{store.owner}.{store.name}"),
        message=(
            f"self.{store.name} is one slot of the descriptor {store.owner} for all objects that "
            f"have it: what {store.accessor} keeps there for one, all the others read"
        ),
        remedy="keep it in the object's __dict__, or in a WeakKeyDictionary with the object as key",
        steps=(
            Step(StepKind.REACH, store.accessor_path, store.accessor_span, "runs for each object"),
            Step(StepKind.WRITE, store.path, store.span, f"kept here on self, in {store.method}"),
        ),
    )


RULE = Rule(
    code="HMS108",
    name="descriptor-owner-state",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
