"""A class sees to it by hand that there is only one object of it.

## What it finds

A class that keeps an object of itself and hands that out: in `__new__`, in a class
method such as `get_instance`, by a metaclass or a decorator that stores what the class
makes, or by giving all objects one `__dict__`. It is information; a warning if the
constructor takes arguments; an error if the object holds a request, a user, a session
or a connection.

## Why it hurts

Whatever the object holds is shared by the whole process, and nothing at the call says
so: `Service()` looks like a new object. Arguments of the constructor are those of one
caller, and all the others live with them. Tests cannot get a fresh object.

## When it is fine

An object without attributes, such as a marker for a missing value; a class that tests
reset; and an object that is made once where the program is put together.

```python
class Missing:
    _instance: "Missing | None" = None

    def __new__(cls) -> "Missing":
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __bool__(self) -> bool:
        return False
```

## Example

```python
class Connections:  # expect: HMS104
    _instance: "Connections | None" = None

    def __init__(self) -> None:
        self.open: list[str] = []

    @classmethod
    def get_instance(cls) -> "Connections":
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance
```

## Use instead

A plain class, and one cached function that makes the object. The function shows that it
is shared, has `cache_clear` for tests, and can be replaced by dependency injection.

```python
from functools import lru_cache


class Connections:
    def __init__(self) -> None:
        self.open: list[str] = []


@lru_cache(maxsize=1)
def connections() -> Connections:
    return Connections()
```

## Options

None.

## Fix

By hand.

## References

- Python FAQ, [how to share global variables across modules](https://docs.python.org/3/faq/programming.html#how-do-i-share-global-variables-across-modules)
- [CWE-543](https://cwe.mitre.org/data/definitions/543.html): singleton without synchronization
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.places import Singleton
from pystatelint.link.project import Project
from pystatelint.link.records import ClassInfo, InstanceBinding
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.contract import classes_by_symbol
from pystatelint.rules.evidence import Place, at_place
from pystatelint.rules.values import is_live_session


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report handwritten singletons that have a state."""
    classes = classes_by_symbol(project)
    for singleton in project.singletons:
        state = tuple(_state(singleton, classes))
        if state and not singleton.reset_by_tests:
            yield _finding(singleton, state, project)


def _state(singleton: Singleton, classes: dict[str, ClassInfo]) -> Iterator[InstanceBinding]:
    """Yield what methods bind on self, in the class and in its bases."""
    info = classes.get(singleton.symbol)
    for symbol in (singleton.symbol, *info.ancestors) if info is not None else ():
        if symbol in classes:
            yield from classes[symbol].instance_bindings


def _finding(singleton: Singleton, state: tuple[InstanceBinding, ...], project: Project) -> Finding:
    private = next((each for each in state if _is_private(each, project)), None)
    if private is not None:
        severity = Severity.ERROR
        harm = f"self.{private.name} is a {private.value.dotted} of one caller, kept for all"
    elif singleton.arguments:
        severity = Severity.WARNING
        names = ", ".join(singleton.arguments)
        harm = f"what one caller passes for {names} holds for all"
    else:
        severity = Severity.INFO
        harm = "nothing at the call says so, and tests get no fresh one"
    return at_place(
        RULE,
        Place(singleton.path, singleton.span, singleton.symbol),
        message=f"all of the process shares one object of {singleton.symbol}: {harm}",
        remedy="make it in one cached function, or where the program is put together",
        steps=(singleton.keeper,),
        severity=severity,
    )


def _is_private(binding: InstanceBinding, project: Project) -> bool:
    value = binding.value
    asked = value.kind == "instance" and value.dotted in project.request_types
    return asked or is_live_session(value, project)


RULE = Rule(
    code="HMS104",
    name="handwritten-singleton",
    severity=Severity.INFO,
    doc=__doc__,
    check=check,
)
