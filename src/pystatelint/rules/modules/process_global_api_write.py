"""Run-time code changes something that the process has only once.

## What it finds

Writes of `os.environ`, `os.chdir`, `os.umask`, `locale.setlocale`, seeds of random
numbers, warning filters, signal handlers, `socket.setdefaulttimeout`, the configuration
of logging, `sys.path`, `sys.modules`, the standard streams and the like, after the
program has started.

It is a warning. It is information for what programs usually set as they start (signal
handlers, logging, the user they run as), unless a request, task or event leads there.

## Why it hurts

There is one working directory, one environment, one seed. Whoever changes it for a
request or a job changes it for all the others that run at the same time, and for all
that come later; where they run, nothing tells them. Two at once undo each other's
restoring as well.

## When it is fine

While modules are imported and the program starts, in its `main` function and in tests.
Where the code around the change puts it back: `try` and `finally`, a context manager of
the library or of the project, a callback that is left for the end. And between `fork`
or `exec` and the end of a process of its own.

```python
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def working_in(folder: str) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def quiet() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        print("done")


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    quiet()
```

## Example

```python
import os
import subprocess


def build(folder: str, target: str) -> None:
    os.chdir(folder)  # expect: HMS209
    os.environ["TARGET"] = target  # expect: HMS209
    subprocess.run(["make"], check=True)
```

## Use instead

```python
import os
import subprocess


def build(folder: str, target: str) -> None:
    subprocess.run(["make"], check=True, cwd=folder, env={**os.environ, "TARGET": target})
```

## Options

None.

## Fix

By hand: hand the value over as an argument, or put it back in a `finally` block.

## References

- Python documentation, [contextlib.chdir](https://docs.python.org/3/library/contextlib.html#contextlib.chdir)
- Python documentation, [warnings and concurrency](https://docs.python.org/3/library/warnings.html#warnings.catch_warnings)
"""

from collections.abc import Iterator, Sequence

from pystatelint.config.schema import Config
from pystatelint.link.places import ProcessWrite
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule
from pystatelint.models.processes import ProcessState
from pystatelint.models.row import by_name
from pystatelint.rules.evidence import SHOWN_WRITES, Place, at_place


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report changes of the process's state that nothing puts back, one per function and state."""
    states = by_name(project.process_states)
    groups: dict[tuple[str, str], list[ProcessWrite]] = {}
    for write in project.process_writes:
        if not write.put_back and write.module not in project.test_modules:
            groups.setdefault((write.function, write.state), []).append(write)
    for writes in groups.values():
        yield _finding(writes, states[writes[0].state])


def _finding(writes: Sequence[ProcessWrite], state: ProcessState) -> Finding:
    first = writes[0]
    return at_place(
        RULE,
        Place(first.path, first.span, first.name),
        message=(
            f"{first.function} changes {state.text} at run time (`{first.text}`) and "
            f"{_end_of(first)}: whatever else runs in this process gets it too"
        ),
        remedy=state.remedy,
        steps=tuple(_steps(writes)),
        severity=_severity(writes, state),
    )


def _severity(writes: Sequence[ProcessWrite], state: ProcessState) -> Severity:
    """Return info for what may well be the start of the program: nothing shows that it is not."""
    reached = any(write.reached_from is not None for write in writes)
    return Severity.INFO if state.startup and not reached else Severity.WARNING


def _end_of(write: ProcessWrite) -> str:
    return "puts it back only if nothing fails" if write.undone else "does not put it back"


def _steps(writes: Sequence[ProcessWrite]) -> Iterator[Step]:
    for write in writes[:SHOWN_WRITES]:
        yield Step(StepKind.WRITE, write.path, write.span, f"{write.text} in {write.function}")
    if writes[0].reached_from is not None:
        yield writes[0].reached_from


RULE = Rule(
    code="HMS209",
    name="process-global-api-write",
    severity=Severity.WARNING,
    doc=__doc__,
    check=check,
)
