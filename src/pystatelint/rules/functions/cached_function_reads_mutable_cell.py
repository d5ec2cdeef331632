"""A cached function reads something that changes, and keeps its old result.

## What it finds

A function under `functools.cache`, `lru_cache` or a decorator like them reads a name,
attribute or container of a module or class that other functions change at run time. A
name that is bound anew counts however it is read; a container or object that changes
counts where the function looks into it, not where it only hands it on.

## Why it hurts

The cache goes by the arguments. What was worked out before the change is returned after
it, for those arguments that somebody has asked for before, and the new result for the
others: the answer depends on who asked for what, and when.

## When it is fine

What changes while modules are imported only, a name that is bound on first use, what the
function itself changes, and functions whose cache is emptied somewhere by `cache_clear()`.

```python
from functools import cache

rate = 1.0


@cache
def price(amount: float) -> float:
    return amount * rate


def set_rate(new: float) -> None:
    global rate
    rate = new
    price.cache_clear()
```

## Example

```python
from functools import cache

rate = 1.0


@cache
def price(amount: float) -> float:  # expect: HMS308
    return amount * rate


def set_rate(new: float) -> None:
    global rate
    rate = new
```

## Use instead

```python
from functools import cache


@cache
def price(amount: float, rate: float) -> float:
    return round(amount * rate, 2)
```

## Options

None.

## Fix

By hand: make what is read an argument, or empty the cache where it changes.

## References

- Python documentation, [functools.lru_cache](https://docs.python.org/3/library/functools.html#functools.lru_cache)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, FunctionInfo, Write
from pystatelint.link.records_functions import CachedRead
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import Place, at_place, cell_steps, who, write_steps
from pystatelint.rules.naming import promises_memo
from pystatelint.rules.partition import owners
from pystatelint.rules.values import is_container
from pystatelint.rules.writes import changes_content, sets_attribute


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report cached functions that read what run time changes."""
    reads: dict[str, list[CachedRead]] = {}
    once = frozenset(each.symbol for each in project.functions if _runs_once(each))
    for read in project.cached_reads:
        if read.function in once:
            continue
        reads.setdefault(read.cell, []).append(read)
    memos = frozenset(table.cell for table in project.unbounded_tables)
    for cell, writes, owner in owners(project, options):
        if isinstance(owner, str) and cell.symbol not in memos and not promises_memo(cell.name):
            for function in dict.fromkeys(read.function for read in reads.get(cell.symbol, ())):
                of_function = [each for each in reads[cell.symbol] if each.function == function]
                yield from _findings(cell, writes, of_function)


def _runs_once(function: FunctionInfo) -> bool:
    """Return whether a decorated function gives nothing back: its cache lets it run once."""
    return bool(function.decorators) and not function.returns and not function.generator


def _findings(cell: Cell, writes: tuple[Write, ...], reads: list[CachedRead]) -> Iterator[Finding]:
    """Yield the finding on one function that reads a cell, if a change makes its results old."""
    felt = {write: read for read in reads for write in writes if _makes_old(cell, write, read)}
    if felt:
        changes = tuple(write for write in writes if write in felt)
        read = felt[changes[0]]
        yield at_place(
            RULE,
            Place(read.path, read.span, read.function),
            message=(
                f"the cache of {read.function} keeps what it made of {cell.symbol}, which "
                f"{who(changes, 'change')} at run time: the same arguments go on giving the old "
                "result"
            ),
            remedy=f"make `{cell.name}` an argument, or empty the cache where it changes",
            steps=(*cell_steps(cell), read.read, *write_steps(changes)),
        )


def _makes_old(cell: Cell, write: Write, read: CachedRead) -> bool:
    """Return whether a write changes something that a function has read."""
    if write.function == read.function or write.binds_first:
        return False
    if not changes_content(cell, write):
        return True
    if sets_attribute(write) or read.inner[:1] not in ((), ("[]",)):
        return read.inner[:1] == write.inner[:1]
    if not is_container(cell.value) or _is_other_key(write, read):
        return False
    return read.content


def _is_other_key(write: Write, read: CachedRead) -> bool:
    """Return whether a write is under a key that the function does not look at."""
    return bool(write.key and read.keys) and not write.inner and write.key not in read.keys


RULE = Rule(
    code="HMS308",
    name="cached-function-reads-mutable-cell",
    severity=Severity.WARNING,
    scope=Scope.PROJECT,
    default=True,
    doc=__doc__,
    check=check,
)
