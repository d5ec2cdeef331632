"""A cache gets an entry for every new key, and never loses one.

## What it finds

A dict of a module or class that a function looks a key up in and, on a miss, stores
under the same key; the key comes from a caller, an entry point of a framework (a
request, a task, an event) leads to the function, and nothing in the project ever takes
an entry out, clears or replaces the dict, or looks at its size. It is a warning; an
error if what is stored depends on other arguments than the key, because then callers
get what was made for somebody else.

## Why it hurts

Memory grows with every user, document or URL that was ever asked for, until the process
ends. And no entry is ever refreshed: what was true at the first question stays the
answer.

## When it is fine

A cache with a bound or a time to live, weak containers, and keys of which there are
finitely many: classes, functions, members of an enumeration, entries of a constant table,
names of modules or models that exist. Such a table is HMS201's case, as a remark.

```python
from functools import lru_cache

from flask import Flask

app = Flask(__name__)


@lru_cache(maxsize=1024)
def profile(user: str) -> dict[str, str]:
    return {"name": user}


@app.get("/profile/<user>")
def show(user: str) -> str:
    return profile(user)["name"]
```

## Example

```python
from flask import Flask

app = Flask(__name__)
profiles: dict[str, dict[str, str]] = {}  # expect: HMS202


def profile(user: str) -> dict[str, str]:
    if user not in profiles:
        profiles[user] = {"name": user}
    return profiles[user]


@app.get("/profile/<user>")
def show(user: str) -> str:
    return profile(user)["name"]
```

## Use instead

`functools.lru_cache(maxsize=...)` where the result depends on the arguments alone;
`cachetools.TTLCache` or an external store where it grows old:

```python
from functools import lru_cache


@lru_cache(maxsize=1024)
def profile(user: str) -> dict[str, str]:
    return {"name": user}
```

## Options

None.

## Fix

By hand.

## References

- Python documentation, [functools.lru_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache)
- [CWE-401](https://cwe.mitre.org/data/definitions/401.html): missing release of memory
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, Write
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import at_cell, graded_by_reach, who
from pystatelint.rules.partition import owned_by, table_behind


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report tables that entry points fill on a miss, and nobody empties."""
    for cell, writes in owned_by(RULE.code, project, options):
        table = table_behind(cell, writes, project)
        yield _finding(cell, writes, mixed=table is not None and table.mixed)


def _finding(cell: Cell, writes: tuple[Write, ...], *, mixed: bool) -> Finding:
    shared = (
        "; and what it keeps depends on more than the key, so that callers get what was made "
        "for another"
    )
    return at_cell(
        RULE,
        cell,
        message=(
            f"{who(writes, 'store')} an entry in {cell.symbol} for every new key that callers "
            "pass, and nothing ever takes one out: it grows as long as the process lives"
            f"{shared if mixed else ''}"
        ),
        remedy="give the cache a bound or a time to live, such as functools.lru_cache(maxsize=...)",
        writes=writes,
        severity=graded_by_reach(cell, writes) if mixed else RULE.severity,
    )


RULE = Rule(
    code="HMS202",
    name="unbounded-cache",
    severity=Severity.WARNING,
    default=True,
    doc=__doc__,
    check=check,
)
