"""An instance attribute is a shared object by another name, and is then changed.

## What it finds

`self.options = DEFAULTS` and later `self.options["retries"] = 5`. The assignment copies
nothing; it makes the attribute one more name for the module's or the class's object,
and the write goes there. A default argument that is kept in this way is HMS301.

## Why it hurts

The defaults of every other instance change, including those that are made later.

## When it is fine

Copying first, or only reading.

```python
DEFAULTS = {"retries": 3}


class Client:
    def __init__(self) -> None:
        self.options = dict(DEFAULTS)

    def set_retries(self, retries: int) -> None:
        self.options["retries"] = retries
```

## Example

```python
DEFAULTS = {"retries": 3}


class Client:
    def __init__(self) -> None:
        self.options = DEFAULTS  # expect: HMS111

    def set_retries(self, retries: int) -> None:
        self.options["retries"] = retries
```

## Use instead

```python
DEFAULTS = {"retries": 3}


class Client:
    def __init__(self) -> None:
        self.options = {**DEFAULTS}

    def set_retries(self, retries: int) -> None:
        self.options["retries"] = retries
```

A shallow copy still shares what is nested; use `copy.deepcopy` if that is changed too.

## Options

None.

## Fix

By hand: copy where the attribute is bound.

## References

- Python documentation, [copy](https://docs.python.org/3/library/copy.html)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, ClassInfo, InstanceBinding, Write
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import Place, at_place, cell_steps, eased, write_steps
from pystatelint.rules.partition import bindings_behind, owned_by
from pystatelint.rules.writes import went_through


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report attributes that alias a shared object and are written through."""
    for cell, writes in owned_by(RULE.code, project, options):
        for info, binding in bindings_behind(cell, writes, project):
            through = tuple(each for each in writes if went_through(each, info.symbol, binding))
            yield _finding(cell, info, binding, through)


def _finding(
    cell: Cell, info: ClassInfo, binding: InstanceBinding, writes: tuple[Write, ...]
) -> Finding:
    alias = Step(
        StepKind.ALIAS,
        binding.path,
        binding.span,
        f"self.{binding.name} is the same object from here on",
    )
    later = tuple(step for step in write_steps(writes) if step.span != binding.span)
    return at_place(
        RULE,
        Place(binding.path, binding.span, cell.symbol),
        message=(
            f"self.{binding.name} of {info.symbol} is {cell.symbol} itself, not a copy: what one "
            "instance changes there, all instances and all other readers see"
        ),
        remedy=f"copy it: self.{binding.name} = copy.copy({cell.name})",
        steps=(*cell_steps(cell), alias, *later),
        severity=eased(cell, RULE.severity),
    )


RULE = Rule(
    code="HMS111",
    name="instance-alias-of-shared",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
