"""An object that is declared stateless keeps more than it is allowed to.

## What it finds

`self.x = ...` in a class that is declared stateless, where `x` is not on the list of
allowed attributes. A class is declared by the decorator `@stateless(allow={...})`, or by
a pattern in `[tool.statelint.stateless]`; the most specific pattern counts.

Under `strict`, classes without a list of their own may take their dependencies in the
constructor; reported are containers made there, attributes whose name holds one of the
`cache-names`, and anything that is bound later. Dataclasses and other records,
exceptions and tests are left alone.

## Why it hurts

An attribute that is bound after construction carries something from one call to the
next. As soon as two callers share the object, one of them reads the other's data.

## When it is fine

```python
from pystatelint.stateless import stateless


@stateless(allow={"session"})
class ToolExecutor:
    def __init__(self, session: object) -> None:
        self.session = session
```

Outside declared code the rule says nothing:

```python
class Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
```

## Example

```python
from pystatelint.stateless import stateless


@stateless(allow={"session"})
class ToolExecutor:
    def __init__(self, session: object) -> None:
        self.session = session
        self.results: dict[str, str] = {}  # expect: HMS113

    def execute(self, tool: str, user: str) -> None:
        self.user = user  # expect: HMS113
```

## Use instead

Return what the caller needs; pass in what the call needs.

```python
from pystatelint.stateless import stateless


@stateless(allow={"session"})
class ToolExecutor:
    def __init__(self, session: object) -> None:
        self.session = session

    def execute(self, tool: str, user: str) -> dict[str, str]:
        return {"tool": tool, "user": user}
```

## Options

- `stateless`: table of patterns and allowed attributes, such as
  `"app.tools.executor.ToolExecutor" = ["session"]`. Entries may be globs.
- `strict`: treat the whole project as declared stateless.
- `cache-names`: the words that `strict` looks for.

## Fix

By hand: make it a local variable or a result, or add the name to the list.

## References

- The twelve-factor app, [processes](https://12factor.net/processes)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import ClassInfo, InstanceBinding
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.contract import allows, class_allow_list, is_declared_class
from pystatelint.rules.evidence import Place, at_place
from pystatelint.rules.naming import promises_state
from pystatelint.rules.values import is_container

_EXCEPTIONS = frozenset(
    {"BaseException", "Exception", "builtins.BaseException", "builtins.Exception"}
)


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report instance attributes that the contract of their class does not allow."""
    for info in project.classes:
        for binding in _first_bindings(_breaches(info, project, options)):
            yield _finding(info, binding, class_allow_list(info, options))


def _breaches(info: ClassInfo, project: Project, options: Config) -> tuple[InstanceBinding, ...]:
    allowed = class_allow_list(info, options)
    if allowed is not None:
        return tuple(each for each in info.instance_bindings if not allows(allowed, each.name))
    if not is_declared_class(info, project, options) or _is_record(info):
        return ()
    return tuple(each for each in info.instance_bindings if _is_state(each, options))


def _is_record(info: ClassInfo) -> bool:
    """Return whether keeping data is what the class is for."""
    return info.kind != "" or info.declarative or not _EXCEPTIONS.isdisjoint(info.ancestors)


def _is_state(binding: InstanceBinding, options: Config) -> bool:
    made_here = is_container(binding.value) and binding.value.mutable is True
    return not binding.constructor or made_here or promises_state(binding.name, options)


def _first_bindings(bindings: tuple[InstanceBinding, ...]) -> tuple[InstanceBinding, ...]:
    first = {binding.name: binding for binding in reversed(bindings)}
    return tuple(binding for binding in bindings if first[binding.name] is binding)


def _finding(info: ClassInfo, binding: InstanceBinding, allowed: tuple[str, ...] | None) -> Finding:
    limits = "" if allowed is None else f" (allowed: {', '.join(sorted(allowed)) or 'nothing'})"
    return at_place(
        RULE,
        Place(binding.path, binding.span, f"{info.symbol}.{binding.name}"),
        message=(
            f"{info.symbol} is declared stateless but keeps self.{binding.name}{limits}: what one "
            "call leaves there, the next one finds"
        ),
        remedy=f"make `{binding.name}` a local variable or a result, or allow it by name",
        steps=(
            Step(StepKind.CELL, info.path, info.span, "declared stateless"),
            Step(StepKind.WRITE, binding.path, binding.span, f"bound here, in {binding.method}"),
        ),
    )


RULE = Rule(
    code="HMS113",
    name="undeclared-instance-attribute",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    contract=True,
    doc=__doc__,
    check=check,
)
