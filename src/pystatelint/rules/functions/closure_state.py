"""A variable of a function lives on in an inner one, and changes at run time.

## What it finds

A function that another one has made changes a variable of that one: by `nonlocal`, or by
changing the container that it holds. Reported is what lives as long as the process: the
inner function decorates a function or class of a module, is kept by a module or class, or
a framework was told to call it.

What collects something is a warning: containers, numbers that count up, values that
callers bring. A name that is only bound anew otherwise is information, and so is what is
worked out once by functions without parameters.

## Why it hurts

It is a module-level variable that does not look like one. No test can reset it, no
reader of the module sees it, and all threads and tasks that call the function share it.
A handwritten memo grows for as long as the process lives.

## When it is fine

Variables of a function that is made and dropped in one call, and tables that are filled
while functions are decorated. For memos there is `functools.lru_cache`, which can be
bounded, emptied and looked into.

```python
from collections.abc import Callable
from functools import lru_cache

known = {}


def command(function: Callable[[str], str]) -> Callable[[str], str]:
    known[function.__name__] = function
    return function


@lru_cache(maxsize=1024)
def shout(text: str) -> str:
    return text.upper()


def longest(words: list[str]) -> int:
    most = 0

    def look(word: str) -> None:
        nonlocal most
        most = max(most, len(word))

    for word in words:
        look(word)
    return most
```

## Example

```python
from collections.abc import Callable


def memo(function: Callable[[str], str]) -> Callable[[str], str]:
    results: dict[str, str] = {}  # expect: HMS310

    def wrapper(text: str) -> str:
        if text not in results:
            results[text] = function(text)
        return results[text]

    return wrapper


@memo
def shout(text: str) -> str:
    return text.upper()
```

## Use instead

```python
from functools import lru_cache


@lru_cache(maxsize=1024)
def shout(text: str) -> str:
    return text.upper()
```

## Options

None.

## Fix

By hand: `functools.lru_cache` for memos; for anything else an object that its owner
makes, passes on and can drop.

## References

- Python tutorial,
  [scopes and namespaces](https://docs.python.org/3/tutorial/classes.html#python-scopes-and-namespaces)
- [PEP 3104](https://peps.python.org/pep-3104/): access to names in outer scopes
"""

from collections.abc import Iterator, Sequence

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import Action, Cell, Write
from pystatelint.link.records_functions import KeptClosure
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.rules.evidence import Place, at_place, cell_steps, eased, who, write_steps
from pystatelint.rules.partition import owned_by
from pystatelint.rules.values import is_container, noun_of
from pystatelint.rules.writes import changes_content


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report variables of functions that kept inner functions change."""
    closures = {(each.cell, each.path): each for each in project.kept_closures}
    for cell, writes in owned_by(RULE.code, project, options):
        yield _finding(cell, writes, closures[cell.symbol, cell.path])


def _finding(cell: Cell, writes: Sequence[Write], closure: KeptClosure) -> Finding:
    held = f"one {noun_of(cell.value)}" if is_container(cell.value) else "a variable"
    return at_place(
        RULE,
        Place(cell.path, cell.span, cell.symbol),
        message=(
            f"`{cell.name}` of {cell.owner} is {held} that {who(writes, 'change')} at run time, "
            "in a closure that lives as long as the process: what one call leaves there, all "
            "later calls see"
        ),
        remedy="use functools.lru_cache for a memo, or keep it in an object that can be dropped",
        steps=(*cell_steps(cell), closure.keeper, *write_steps(writes)),
        severity=eased(cell, _severity(cell, writes, closure)),
    )


def _severity(cell: Cell, writes: Sequence[Write], closure: KeptClosure) -> Severity:
    """Return warning if the variable collects something; information if it is only bound anew.

    Also for what is worked out once, and then stays what it is.
    """
    if closure.constant:
        return Severity.INFO
    collects = any(
        changes_content(cell, write) or write.action is Action.AUGMENTED or write.from_parameter
        for write in writes
    )
    return Severity.WARNING if collects else Severity.INFO


RULE = Rule(
    code="HMS310",
    name="closure-state",
    severity=Severity.WARNING,
    scope=Scope.PROJECT,
    default=True,
    doc=__doc__,
    check=check,
)
