"""A session is kept by something that lives as long as the process.

## What it finds

A live database session, connection, cursor or transaction that run-time or start-up
code stores in a module-level name, a class attribute or an attribute of a module-level
object; that an object with a module-level instance keeps on `self`; or that a cached
function returns.

## Why it hurts

The session outlives the request that opened it. The next request continues in the same
transaction, reads what the first one loaded, and commits what it left unfinished. Used
by two at a time, the session breaks; after a lost connection it stays broken.

## When it is fine

Keeping engines, pools and session makers, and objects that get their session per
request.

```python
from functools import lru_cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session


@lru_cache(maxsize=1)
def engine() -> Engine:
    return create_engine("sqlite://")


class Orders:
    def __init__(self, session: Session) -> None:
        self.session = session
```

## Example

```python
from functools import lru_cache

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

_session: Session | None = None


def connect() -> None:
    global _session
    _session = Session(create_engine("sqlite://"))  # expect: HMS402


@lru_cache(maxsize=1)
def shared_session() -> Session:  # expect: HMS402
    return Session(create_engine("sqlite://"))
```

A service with one instance for the whole process hands its session on as well:

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import Session


class Orders:
    def __init__(self) -> None:
        self.session = Session(create_engine("sqlite://"))  # expect: HMS402


orders = Orders()
```

## Use instead

```python
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

new_session = sessionmaker(create_engine("sqlite://"))


class Orders:
    def place(self, article: str) -> None:
        with new_session.begin() as session:
            session.add(article)


orders = Orders()
```

## Options

None.

## Fix

By hand: keep the session maker, and open a session per unit of work.

## References

- SQLAlchemy documentation, [is the session thread-safe](https://docs.sqlalchemy.org/en/20/orm/session_basics.html#is-the-session-thread-safe-is-asyncsession-safe-to-share-in-concurrent-tasks)
- [CWE-488](https://cwe.mitre.org/data/definitions/488.html): data of one session exposed to another
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import (
    Cell,
    ClassInfo,
    FunctionInfo,
    InstanceBinding,
    Phase,
    Verdict,
    Write,
)
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule
from pystatelint.models.row import by_name
from pystatelint.rules.evidence import Place, at_act, at_place
from pystatelint.rules.exemption import (
    OUTSIDE_RUN_TIME,
    OWN_ATTRIBUTE,
    SAFE_HOLDER,
    TEST_CODE,
    Exemption,
)
from pystatelint.rules.values import is_live_session
from pystatelint.rules.writes import stores_session, through_instance

NO_SESSION = Exemption("no-session", "it stores no live session")
_REMEDY = "keep the session maker instead, and open a session per unit of work"


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report sessions in names, classes, singletons and caches of the process."""
    for cell in project.cells:
        for write in cell.writes:
            if _spares(cell, write, project) is None:
                yield _stored(cell, write)
    for info in project.classes:
        if info.instances and info.module not in project.test_modules:
            yield from (_bound(info, binding) for binding in _session_bindings(info, project))
    yield from (_cached(function) for function in _caching_functions(project))


def _spares(cell: Cell, write: Write, project: Project) -> Exemption | None:
    if not stores_session(write, project):
        return NO_SESSION
    if cell.verdict is Verdict.SAFE:
        return SAFE_HOLDER  # it keeps a session of its own for each thread or task
    if write.module in project.test_modules:
        return TEST_CODE
    if Phase.RUN not in write.phases and Phase.INIT not in write.phases:
        return OUTSIDE_RUN_TIME
    return OWN_ATTRIBUTE if write.inner == () and through_instance(write) else None


def _stored(cell: Cell, write: Write) -> Finding:
    where = f"{cell.symbol}{''.join(write.inner)}"
    return at_act(
        RULE,
        cell,
        message=(
            f"{write.function} keeps a live {_dotted(write)} in {where}, which lives as long as "
            "the process: the next request goes on in its transaction"
        ),
        remedy=_REMEDY,
        writes=(write,),
        severity=RULE.severity,
    )


def _dotted(write: Write) -> str:
    return write.value.dotted if write.value is not None else "session"


def _session_bindings(info: ClassInfo, project: Project) -> tuple[InstanceBinding, ...]:
    """Return where the class keeps a session on `self`, unless HMS401 shows who opened it."""
    kept = tuple(each for each in info.instance_bindings if is_live_session(each.value, project))
    if kept and all(_is_made_with_session(holder, project) for holder in info.instances):
        return tuple(each for each in kept if each.value.literal)
    return kept


def _is_made_with_session(holder: str, project: Project) -> bool:
    """Return whether a session is opened where the module-level object is made."""
    lines = {
        (cell.path, line)
        for cell in project.cells
        if cell.symbol == holder
        for line in range(cell.span.line, cell.span.end_line + 1)
    }
    return any(
        call.dotted in project.session_types and (call.path, call.span.line) in lines
        for call in project.library_calls
    )


def _bound(info: ClassInfo, binding: InstanceBinding) -> Finding:
    holder = info.instances[0]
    return at_place(
        RULE,
        Place(binding.path, binding.span, f"{info.symbol}.{binding.name}"),
        message=(
            f"self.{binding.name} of {info.symbol} is a live {binding.value.dotted}, and {holder} "
            "keeps that object as long as the process: all requests share one transaction"
        ),
        remedy=_REMEDY,
        steps=(Step(StepKind.CELL, binding.path, binding.span, f"kept here, and by {holder}"),),
    )


def _caching_functions(project: Project) -> Iterator[FunctionInfo]:
    """Yield the functions whose cache, in this process, keeps a live session."""
    caches = frozenset(
        name
        for name, row in by_name(project.cache_decorators).items()
        if row.bound not in ("external", "instance")
    )
    tests = {path for module, path in project.modules if module in project.test_modules}
    for function in project.functions:
        cached = any(decorator.dotted in caches for decorator in function.decorators)
        if cached and function.path not in tests:
            if any(is_live_session(value, project) for value in function.returns):
                yield function


def _cached(function: FunctionInfo) -> Finding:
    return at_place(
        RULE,
        Place(function.path, function.span, function.symbol),
        message=(
            f"{function.symbol} hands out one live session from its cache for the life of the "
            "process: all callers share one transaction"
        ),
        remedy=_REMEDY,
        steps=(Step(StepKind.CELL, function.path, function.span, "its result is kept here"),),
    )


RULE = Rule(
    code="HMS402",
    name="session-kept-by-process-object",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
    spares=_spares,
)
