"""A default argument serves as the function's memory.

## What it finds

A mutable default that the function changes and whose parameter says, by `memo` or
`cache` in its name, that it is meant to last from call to call. A default that is
changed under any other name is HMS301, which takes it for a mistake.

It is information; a warning if a request, task or event fills it under keys of its own
and nothing ever takes an entry out.

## Why it hurts

It works, but nobody can see how much it holds, bound it or empty it: tests share it,
and it grows for as long as the process lives. A caller who passes a dictionary of their
own by mistake turns the memory off.

## When it is fine

Always, if the keys are few and the results stay right. A decorator says the same in
one line, and has `cache_clear` and `cache_info`.

```python
from functools import lru_cache


@lru_cache(maxsize=1024)
def fibonacci(number: int) -> int:
    return number if number < 2 else fibonacci(number - 1) + fibonacci(number - 2)
```

## Example

```python
def fibonacci(number: int, memo: dict[int, int] = {}) -> int:  # expect: HMS302
    if number not in memo:
        memo[number] = number if number < 2 else fibonacci(number - 1) + fibonacci(number - 2)
    return memo[number]
```

## Use instead

`functools.lru_cache` as above, or a memo that lives as long as one computation:

```python
def paths(start: str, links: dict[str, list[str]]) -> int:
    memo: dict[str, int] = {}

    def count(place: str) -> int:
        if place not in memo:
            memo[place] = sum(count(near) for near in links[place]) or 1
        return memo[place]

    return count(start)
```

## Options

None.

## Fix

By hand: `functools.lru_cache` with a bound.

## References

- Python FAQ, [why default values are shared](https://docs.python.org/3/faq/programming.html#why-are-default-values-shared-between-objects)
- Python documentation, [functools.lru_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache)
"""

from collections.abc import Iterator, Sequence

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Action, Write
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import at_cell, who
from pystatelint.rules.naming import parameter_name
from pystatelint.rules.partition import owned_by
from pystatelint.rules.values import held_by

_EVICTIONS = (".clear()", ".discard()", ".pop()", ".popitem()", ".popleft()", ".remove()")


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report defaults that are meant to remember."""
    for cell, writes in owned_by(RULE.code, project, options):
        yield at_cell(
            RULE,
            cell,
            message=(
                f"the default of `{parameter_name(cell)}` is {held_by(cell)} that "
                f"{who(writes, 'fill')} for the life of the process"
            ),
            remedy="use functools.lru_cache, which can be bounded, emptied and looked into",
            writes=writes,
            severity=_severity(writes),
        )


def _severity(writes: Sequence[Write]) -> Severity:
    """Return warning if work from outside fills it without end."""
    filled = any(write.reached_from is not None and write.from_parameter for write in writes)
    emptied = any(write.action is Action.UNBIND or _evicts(write) for write in writes)
    return Severity.WARNING if filled and not emptied else Severity.INFO


def _evicts(write: Write) -> bool:
    return write.text.endswith(_EVICTIONS) or write.text.startswith("del ")


RULE = Rule(
    code="HMS302",
    name="default-as-memo",
    severity=Severity.INFO,
    scope=Scope.MODULE,
    doc=__doc__,
    check=check,
)
