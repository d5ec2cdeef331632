"""A lock that each object has for itself guards what all objects share.

## What it finds

A write to a name of a module, or to an attribute of a class, under a lock that instances
keep, where something shows that calls have objects of their own: the framework makes one
for each call, or a function that serves requests, tasks or events does.

## Why it hurts

Each object brings its own lock. Two requests have two objects, hold two locks, and are
inside at the same time.

## When it is fine

The lock lives where the state lives; or there is one object.

```python
import threading


class Counter:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.totals: dict[str, int] = {}

    def count(self, name: str) -> None:
        with self.lock:
            self.totals[name] = self.totals.get(name, 0) + 1
```

## Example

```python
import threading

from flask import Flask

app = Flask(__name__)


class Counter:
    total = 0

    def __init__(self) -> None:
        self.lock = threading.Lock()

    def count(self) -> None:
        with self.lock:
            Counter.total += 1  # expect: HMS507


@app.get("/")
def index() -> str:
    Counter().count()
    return "counted"
```

## Use instead

```python
import threading

from flask import Flask

app = Flask(__name__)


class Counter:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.total = 0

    def count(self) -> None:
        with self.lock:
            self.total += 1


@app.get("/")
def index() -> str:
    counter = Counter()
    counter.count()
    return str(counter.total)
```

## Options

None.

## Fix

By hand: move the lock to the module or class that has the state, or the state to one object.

## References

- SEI CERT Java, LCK06-J: do not use an instance lock to protect shared static data
- [CWE-667](https://cwe.mitre.org/data/definitions/667.html): improper locking
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records_locks import Misuse
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report locks of one object that should guard what all objects share."""
    for each in project.lock_misuses:
        if each.misuse is Misuse.OF_ONE_OBJECT:
            yield at_place(
                RULE,
                Place(each.path, each.span, each.subject),
                message=(
                    f"{each.subject} is one for all and is changed under {each.lock}, which each "
                    "object has for itself: calls with objects of their own do not wait for each "
                    "other"
                ),
                remedy=f"keep the lock where {each.subject} is",
                steps=each.steps,
            )


RULE = Rule(
    code="HMS507",
    name="wrong-scope-lock",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
