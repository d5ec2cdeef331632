"""A lock that is taken by hand stays taken when something goes wrong.

## What it finds

`lock.acquire()` and `lock.release()` in one function, with calls between them, where no
`release` stands in a `finally`.

## Why it hurts

An exception, or the cancellation of a task, skips the `release`. From then on everybody
who wants the lock waits forever.

## When it is fine

`with lock:`; `try` and `finally`; and functions that only take the lock, or only give it
back, because somebody else does the rest.

```python
import threading

_lock = threading.Lock()


def write(path: str) -> None:
    _lock.acquire()
    try:
        open(path).close()
    finally:
        _lock.release()
```

## Example

```python
import threading

_lock = threading.Lock()


def write(path: str) -> None:
    _lock.acquire()  # expect: HMS514
    open(path).close()
    _lock.release()
```

## Use instead

```python
import threading

_lock = threading.Lock()


def write(path: str) -> None:
    with _lock:
        open(path).close()
```

## Options

None.

## Fix

By hand: `with lock:`, or `async with` for a lock of `asyncio`.

## References

- Python documentation, [locks in the with statement](https://docs.python.org/3/library/threading.html)
- [CWE-772](https://cwe.mitre.org/data/definitions/772.html): missing release of a resource
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records_locks import Misuse
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report locks that are not given back in every case."""
    for each in project.lock_misuses:
        if each.misuse is Misuse.NOT_GIVEN_BACK:
            yield at_place(
                RULE,
                Place(each.path, each.span, each.function),
                message=(
                    f"{each.function} takes {each.lock} and gives it back only if nothing in "
                    "between raises an exception: otherwise it stays taken for good"
                ),
                remedy=f"use with {each.lock}, or release it in a finally",
            )


RULE = Rule(
    code="HMS514",
    name="acquire-without-release",
    severity=Severity.WARNING,
    doc=__doc__,
    check=check,
)
