"""The default of a field is one object that all instances share.

## What it finds

A mutable default of a dataclass, attrs, `NamedTuple`, pydantic, msgspec or SQLModel
field that the framework hands out as it is. The frameworks differ: attrs and
`NamedTuple` share everything; pydantic copies what has no hash and shares other
objects; msgspec copies empty containers and shares objects; `dataclasses` refuses
lists, dicts and sets while the class is made, so that the module cannot be imported,
and shares all the rest. A tuple that holds a list counts as mutable.

## Why it hurts

Every instance that does not say otherwise refers to the same object. Changing it on one
changes it on all.

## When it is fine

Defaults that cannot change, and those that the framework copies.

```python
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    daily: int = 10


@dataclass
class Account:
    limits: Limits = Limits()
    tags: tuple[str, ...] = ()
```

## Example

```python
from dataclasses import dataclass


class Limits:
    def __init__(self) -> None:
        self.daily = 10

    def raise_to(self, daily: int) -> None:
        self.daily = daily


@dataclass
class Account:
    limits: Limits = Limits()  # expect: HMS106
```

```python
import attrs


@attrs.define
class Basket:
    lines: list[str] = []  # expect: HMS106
```

## Use instead

```python
import attrs


@attrs.define
class Basket:
    lines: list[str] = attrs.field(factory=list)
```

`dataclasses.field(default_factory=list)`, `pydantic.Field(default_factory=list)` and
`msgspec.field(default_factory=list)` do the same.

## Options

None.

## Fix

By hand: turn the default into a factory.

## References

- Python documentation, [mutable default values](https://docs.python.org/3/library/dataclasses.html#mutable-default-values)
- attrs documentation, [defaults](https://www.attrs.org/en/stable/init.html#defaults)
"""

from collections.abc import Iterator

import msgspec

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import ClassInfo, Field, Value
from pystatelint.model.finding import Confidence, Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule, Scope
from pystatelint.models.classes import CopySemantics
from pystatelint.models.row import by_name
from pystatelint.rules.defaults import fate_of
from pystatelint.rules.evidence import Place, at_place
from pystatelint.rules.values import maker_of, named_value, noun_of

_FACTORIES = frozenset({"attr.Factory", "attrs.Factory"})


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report field defaults that instances share or that the framework refuses.

    A shared container that nobody in sight changes is reported with low confidence.
    """
    table = by_name(project.copy_semantics)
    descriptors = frozenset(
        each.symbol.removesuffix(".__get__")
        for each in project.functions
        if each.symbol.endswith(".__get__")
    )
    for info in project.classes:
        semantics = table.get(info.kind)
        if semantics is not None:
            for field in info.fields:
                default = _default_of(field, project)
                if default is not None and default.dotted not in descriptors:
                    yield from _findings(info, field, default, semantics, project)


def _findings(
    info: ClassInfo, field: Field, default: Value, semantics: CopySemantics, project: Project
) -> Iterator[Finding]:
    match fate_of(default, semantics, project):
        case "shared":
            finding = _finding(info, field, default, _shared(info, field, default))
            yield _as_opinion(finding) if field.left_alone else finding
        case "rejected":
            yield _finding(info, field, default, _rejected(info, field, default))


def _as_opinion(finding: Finding) -> Finding:
    return msgspec.structs.replace(finding, severity=Severity.INFO, confidence=Confidence.LOW)


def _default_of(field: Field, project: Project) -> Value | None:
    """Return the default, if the name is a field of the class at all."""
    if field.class_var or field.default is None or not (field.annotated or field.maker):
        return None
    value = named_value(field.default, project)
    return None if value.dotted in _FACTORIES else value


def _shared(info: ClassInfo, field: Field, default: Value) -> str:
    return (
        f"all instances of {info.symbol} that leave out `{field.name}` share one "
        f"{noun_of(default)}: changing it on one changes it on all"
    )


def _rejected(info: ClassInfo, field: Field, default: Value) -> str:
    return (
        f"the default of {info.symbol}.{field.name} is one {noun_of(default)}, which {info.kind} "
        "refuses: the class cannot be made, and its module not imported"
    )


def _finding(info: ClassInfo, field: Field, default: Value, message: str) -> Finding:
    return at_place(
        RULE,
        Place(field.path, field.span, f"{info.symbol}.{field.name}"),
        message=message,
        remedy=_remedy(info, default),
        steps=(Step(StepKind.CELL, field.path, field.span, "made here, once"),),
    )


def _remedy(info: ClassInfo, default: Value) -> str:
    if info.kind == "namedtuple":
        return "use an immutable default, or a dataclass with field(default_factory=...)"
    keyword = "factory" if info.kind == "attrs" else "default_factory"
    return (
        f"pass something to call, so that each instance has its own: {keyword}={maker_of(default)}"
    )


RULE = Rule(
    code="HMS106",
    name="field-default-shared",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
