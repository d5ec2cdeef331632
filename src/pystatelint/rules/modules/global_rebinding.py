"""A function gives a module-level name another value.

## What it finds

`global x` and then `x = ...`, `x += ...` or `del x` in a function that runs after
import. It is information by default, and a warning if the value comes from a parameter
or changes with every call. Off by default: the rules that report shared containers are
the sharper ones.

## Why it hurts

The name is one slot for the whole process. Two threads or tasks that set it overwrite
each other, tests inherit it, and `from module import x` keeps the old value (HMS208).

## When it is fine

Module `__getattr__` hooks, values that are worked out once under a lock, start-up code
and the part of a script that runs under `if __name__ == "__main__"`.

```python
import threading

_lock = threading.Lock()
_words: frozenset[str] | None = None


def words() -> frozenset[str]:
    global _words
    with _lock:
        if _words is None:
            _words = frozenset({"a", "the"})
        return _words
```

## Example

```python
current_user = ""  # expect: HMS203


def log_in(name: str) -> None:
    global current_user
    current_user = name
```

## Use instead

```python
from contextvars import ContextVar

current_user: ContextVar[str] = ContextVar("current_user", default="")


def log_in(name: str) -> None:
    current_user.set(name)
```

## Options

None.

## Fix

By hand: pass the value, or use a `ContextVar` for what belongs to one request.

## References

- Python documentation, [contextvars](https://docs.python.org/3/library/contextvars.html)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Action, Cell, Verdict, Write
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import at_cell, who
from pystatelint.rules.exemption import Exemption
from pystatelint.rules.partition import reported_by

LAZY_UNDER_LOCK = Exemption(
    "lazy-under-lock", "it works out a constant at first use, and holds a lock meanwhile"
)


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report module-level names that functions rebind at run time."""
    for cell, writes in reported_by(RULE, project, options):
        yield at_cell(
            RULE,
            cell,
            message=(
                f"{who(writes, 'rebind')} {cell.symbol} for the whole process: every other caller "
                "reads the value of the last one"
            ),
            remedy="pass the value on, or use a ContextVar for what belongs to one request",
            writes=writes,
            severity=_severity(writes),
        )


def _spares(cell: Cell, write: Write, project: Project) -> Exemption | None:
    guarded = cell.verdict is Verdict.GUARDED or write.guarded != ()
    lazy = write.binds_first and guarded and not write.from_parameter
    return LAZY_UNDER_LOCK if lazy else None


def _severity(writes: tuple[Write, ...]) -> Severity:
    changing = any(write.from_parameter or write.action is Action.AUGMENTED for write in writes)
    return Severity.WARNING if changing else Severity.INFO


RULE = Rule(
    code="HMS203",
    name="global-rebinding",
    severity=Severity.INFO,
    doc=__doc__,
    check=check,
    spares=_spares,
)
