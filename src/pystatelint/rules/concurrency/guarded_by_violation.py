"""Something is got at without the lock that is declared to guard it.

## What it finds

A read or write of an attribute or a name that is annotated
`Annotated[T, GuardedBy("_lock")]`, outside `with` of that lock. Helpers with a leading
underscore that are only called under the lock are guarded by their callers. Reads are seen
where something is called with them or stored from them.

`GuardedBy` comes from `pystatelint.guarded`; one of your own of that name will do.

## Why it hurts

A lock works when everybody takes it. One place that does not sees half of a change, or
loses one.

## When it is fine

While the object is made (`__init__`), shown (`__repr__`) or taken down (`__del__`), and
in functions whose name ends in `_locked`, which leave the lock to their callers.

```python
import threading
from typing import Annotated

from pystatelint.guarded import GuardedBy


class Totals:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._total: Annotated[int, GuardedBy("_lock")] = 0

    def add(self, number: int) -> None:
        with self._lock:
            self._add(number)

    def _add(self, number: int) -> None:
        self._total += number
```

## Example

```python
import threading
from typing import Annotated

from pystatelint.guarded import GuardedBy


class Totals:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._total: Annotated[int, GuardedBy("_lock")] = 0

    def add(self, number: int) -> None:
        with self._lock:
            self._total += number

    def reset(self) -> None:
        self._total = 0  # expect: HMS512
```

## Use instead

```python
import threading
from typing import Annotated

from pystatelint.guarded import GuardedBy


class Totals:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._total: Annotated[int, GuardedBy("_lock")] = 0

    def add(self, number: int) -> None:
        with self._lock:
            self._total += number

    def reset(self) -> None:
        with self._lock:
            self._total = 0
```

## Options

None.

## Fix

By hand: take the lock.

## References

- Goetz et al., "Java Concurrency in Practice", 2006, appendix A: `@GuardedBy`
- Clang, [thread safety analysis](https://clang.llvm.org/docs/ThreadSafetyAnalysis.html)
- [CWE-820](https://cwe.mitre.org/data/definitions/820.html): missing synchronization
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records_locks import Misuse
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report accesses without the declared lock."""
    for each in project.lock_misuses:
        if each.misuse is Misuse.UNGUARDED:
            yield at_place(
                RULE,
                Place(each.path, each.span, each.function),
                message=(
                    f"{each.function} gets at {each.subject} without {each.lock}, which is "
                    "declared to guard it"
                ),
                remedy=f"hold {each.lock} here",
                steps=each.steps,
            )


RULE = Rule(
    code="HMS512",
    name="guarded-by-violation",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
