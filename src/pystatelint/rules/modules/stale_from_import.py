"""An imported name keeps the old value when its module binds a new one.

## What it finds

`from state import pool`, while functions of `state` bind `pool` anew at run time, or at
start-up, when the importing module is loaded already. The import copied the value that the
name had then; functions that read the copy never see the new one.

## Why it hurts

Before start-up the value is typically `None`, so that the reader works with `None` for
ever, or with a pool that was closed long ago. It depends on the order of imports
whether that is noticed.

## When it is fine

Importing the module and reading the name through it, names that are bound once, and modules
that are imported by the start-up itself, after the binding.

```python
# file: app/state.py
pool: list[str] | None = None


def start() -> None:
    global pool
    pool = ["connection"]


# file: app/views.py
from app import state


def show() -> int:
    return len(state.pool or [])
```

## Example

```python
# file: app/state.py
pool: list[str] | None = None


def start() -> None:
    global pool
    pool = ["connection"]


# file: app/views.py
from app.state import pool  # expect: HMS208


def show() -> int:
    return len(pool or [])
```

## Use instead

```python
# file: app/state.py
_pool: list[str] | None = None


def start() -> None:
    global _pool
    _pool = ["connection"]


def pool() -> list[str]:
    return _pool or []


# file: app/views.py
from app.state import pool


def show() -> int:
    return len(pool())
```

## Options

None.

## Fix

By hand: import the module and write `state.pool` where the name is read.

## References

- Python reference, [the import statement](https://docs.python.org/3/reference/simple_stmts.html#the-import-statement)
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.places import StaleImport
from pystatelint.link.project import Project
from pystatelint.link.records import Action, Cell, Phase, Write
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place, cell_steps, write_steps

_EARLY = frozenset({Phase.INIT, Phase.MAIN})
_SHOWN_READS = 3
_MOST_IMPORTS = 3
"""Stale imports of one cell that are reported one by one; more have one cause, and one cure."""


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report imports of names that their module binds anew later."""
    cells = {cell.symbol: cell for cell in project.cells}
    for symbol, stale in _by_cell(project).items():
        writes = _rebindings(cells[symbol], stale[0], project) if symbol in cells else ()
        if not writes:
            continue
        if len(stale) > _MOST_IMPORTS:
            yield _finding(stale[0], cells[symbol], writes, others=len(stale) - 1)
        else:
            yield from (_finding(each, cells[symbol], writes, others=0) for each in stale)


def _by_cell(project: Project) -> dict[str, list[StaleImport]]:
    """Return the imports outside tests that are read, by the cell that they copy."""
    found: dict[str, list[StaleImport]] = {}
    for stale in project.stale_imports:
        if stale.reads and stale.module not in project.test_modules:
            found.setdefault(stale.cell, []).append(stale)
    return found


def _rebindings(cell: Cell, stale: StaleImport, project: Project) -> tuple[Write, ...]:
    writes = cell.run_writes
    if stale.early:
        writes = tuple(each for each in cell.writes if not _EARLY.isdisjoint(each.phases))
    return tuple(
        write
        for write in writes
        if write.action in (Action.REBIND, Action.AUGMENTED, Action.UNBIND)
        and not write.inner
        and write.module not in project.test_modules
    )


def _finding(stale: StaleImport, cell: Cell, writes: tuple[Write, ...], *, others: int) -> Finding:
    owner = cell.module.rpartition(".")[2]
    more = f" (and {others} other imports)" if others else ""
    return at_place(
        RULE,
        Place(stale.path, stale.span, cell.symbol),
        message=(
            f"`{stale.name}` in {stale.module}{more} keeps the value that {cell.symbol} had at "
            f"import, while {writes[0].function} binds a new one: readers here never see it"
        ),
        remedy=f"import the module and read {owner}.{cell.name}",
        steps=(*cell_steps(cell), *write_steps(writes), *stale.reads[:_SHOWN_READS]),
    )


RULE = Rule(
    code="HMS208",
    name="stale-from-import",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
