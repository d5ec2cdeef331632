"""A function made in a loop is called after it, and reads the last names.

## What it finds

A `lambda` or `def` in a loop or comprehension that reads a name which each iteration
binds anew, and that outlives its iteration: it is an element of the comprehension,
added to a list that was there before, stored under a key that differs, or handed to
something that calls it later, such as `executor.submit`, `call_later`,
`add_done_callback`, a signal or a decorator that registers it. Also a coroutine function
whose coroutine is handed to a task.

## Why it hurts

The function sees the variable, not the value it had. When it is called, the loop has
gone on or is over, and all of the functions see the same, latest value.

## When it is fine

A default argument binds the value, `functools.partial` does, and so does a function that
makes the function. A function that is called before the iteration ends reads what it
should: one that is called at once or by `sorted`, one whose result the loop waits for,
and one that is made before `break` or `return`.

```python
from collections.abc import Callable


def actions(names: list[str]) -> list[Callable[[], str]]:
    return [lambda name=name: name.title() for name in names]
```

## Example

```python
from collections.abc import Callable


def actions(names: list[str]) -> list[Callable[[], str]]:
    found = []
    for name in names:
        found.append(lambda: name.title())  # expect: HMS311
    return found


def table(names: list[str]) -> dict[str, Callable[[], str]]:
    return {name: lambda: name.title() for name in names}  # expect: HMS311
```

## Use instead

```python
from collections.abc import Callable
from functools import partial


def title(name: str) -> str:
    return name.title()


def actions(names: list[str]) -> list[Callable[[], str]]:
    return [partial(title, name) for name in names]
```

## Options

None.

## Fix

By hand: bind the value by a default, `lambda name=name: ...`.

## References

- Python FAQ, [why do lambdas defined in a loop all return the same result](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
- flake8-bugbear, [B023](https://github.com/PyCQA/flake8-bugbear#list-of-warnings)
"""

from collections.abc import Iterator

import msgspec

from pystatelint.config.schema import Config
from pystatelint.link.places import LateBinding
from pystatelint.link.project import Project
from pystatelint.model.finding import Confidence, Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import Place, at_place


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report functions of loops that outlive their iteration.

    Each is told once, of the innermost loop that it outlives. The others are reported with
    low confidence, as linters do that only see the capture.
    """
    seen: set[tuple[str, object]] = set()
    for late in sorted(project.late_bindings, key=_number_of_names):
        if late.kept is not None and (late.path, late.made.span) not in seen:
            seen.add((late.path, late.made.span))
            yield _finding(late, Severity.ERROR)
    for late in project.late_bindings:
        if (late.path, late.made.span) not in seen:
            seen.add((late.path, late.made.span))
            finding = _finding(late, Severity.INFO)
            yield msgspec.structs.replace(finding, confidence=Confidence.LOW)


def _number_of_names(late: LateBinding) -> int:
    """Return how many names are read too late: an outer loop binds those of the inner, too."""
    return len(late.names)


def _finding(late: LateBinding, severity: Severity) -> Finding:
    names = " and ".join(f"`{name}`" for name in late.names)
    return at_place(
        RULE,
        Place(late.path, late.span, late.function),
        message=(
            f"a function made in a loop of {late.function} reads {names} when it is called, not "
            "when it is made: after its iteration it sees the values of a later one"
        ),
        remedy=f"bind the value when the function is made: {late.names[0]}={late.names[0]}",
        steps=(late.made,) if late.kept is None else (late.made, late.kept),
        severity=severity,
    )


RULE = Rule(
    code="HMS311",
    name="late-binding-stored",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
    check=check,
)
