"""Which locks do not do what they are there for?"""

from collections.abc import Iterable, Iterator, Mapping

from pystatelint.link.describe import describe
from pystatelint.link.guards import is_lock
from pystatelint.link.lock_registries import dropped_locks
from pystatelint.link.lock_releases import unreleased_locks
from pystatelint.link.objects import ExternalObject, LibraryInstance, Sid
from pystatelint.link.records import Phase
from pystatelint.link.records_locks import LockMisuse, Misuse
from pystatelint.link.stale_locks import stale_locks
from pystatelint.link.storage import contents
from pystatelint.link.suspension import suspending_lines
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, Guard, Result, Scope, ScopeKind
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span
from pystatelint.model.value_parts import parts_of

Phases = Mapping[Sid, frozenset[Phase]]

OF_THREADS = frozenset(
    {
        "multiprocessing.Lock",
        "multiprocessing.RLock",
        "threading.BoundedSemaphore",
        "threading.Condition",
        "threading.Lock",
        "threading.RLock",
        "threading.Semaphore",
    }
)
"""Locks that stop the whole thread of who waits for them, with every task on its loop."""

IN_PROCESS = OF_THREADS | {
    "anyio.Lock",
    "anyio.Semaphore",
    "asyncio.BoundedSemaphore",
    "asyncio.Condition",
    "asyncio.Lock",
    "asyncio.Semaphore",
    "trio.Lock",
    "trio.Semaphore",
}
"""Locks that are the object itself; others stand for a file or a row, as often as they are made."""

TAKING = frozenset({"acquire", "locked", "release"})
"""Methods of a lock that concern only who has it."""


def lock_misuses(
    world: World, phases: Phases, suspends: frozenset[Sid], others: Iterable[LockMisuse]
) -> tuple[LockMisuse, ...]:
    """Return the locks that do not do what they are there for, by path and span.

    Parameters:
        phases: when each function can run. suspends: the functions that can suspend.
        others: what was found out elsewhere.
    """
    found = (
        *_in_functions(world, phases, suspends),
        *dropped_locks(world, phases),
        *stale_locks(world, phases),
        *unreleased_locks(world, phases),
        *others,
    )
    return tuple(sorted(found, key=lambda each: (each.path, each.span)))


def _in_functions(world: World, phases: Phases, suspends: frozenset[Sid]) -> Iterator[LockMisuse]:
    """Yield what is wrong with the locks of functions that run at run time."""
    for sid, scope in world.scopes.items():
        if not scope.guards or scope.kind not in FUNCTIONS or world.modules[sid[0]].test:
            continue
        if Phase.RUN in phases[sid]:
            yield from _held_across_await(world, sid, scope, suspends)
            yield from _made_per_call(world, sid, scope)


FUNCTIONS = frozenset({ScopeKind.FUNCTION, ScopeKind.LAMBDA})


def _held_across_await(
    world: World, sid: Sid, scope: Scope, suspends: frozenset[Sid]
) -> Iterator[LockMisuse]:
    """Yield the locks of threads under which a function waits; the first await of each."""
    told: set[int] = set()
    lines = suspending_lines(world, sid, suspends) if scope.awaits else ()
    for each in scope.awaits:
        if each.line not in lines:
            continue
        for number in scope.contexts[each.context].guards:
            guard = scope.guards[number]
            if number in told or guard.asynchronous:
                continue
            dotted = _type_of_lock(world, sid, guard.value)
            if dotted in OF_THREADS and not isinstance(plain(guard.value), Result):
                told.add(number)
                yield _misuse(world, sid, guard, Misuse.HELD_ACROSS_AWAIT, dotted, each.line)


def _type_of_lock(world: World, sid: Sid, value: AnyValue) -> str:
    """Return the class of a lock, or nothing if the value is none."""
    for item in world.evaluate(sid, plain(value)):
        for content in contents(world, item):
            if isinstance(content, LibraryInstance) and (
                is_lock(content) or content.dotted in IN_PROCESS
            ):
                return content.dotted
    return ""


def _made_per_call(world: World, sid: Sid, scope: Scope) -> Iterator[LockMisuse]:
    """Yield the locks that a function makes, enters, and gives to nobody."""
    for guard in scope.guards:
        made = plain(guard.value)
        if isinstance(made, Result):
            dotted = _constructor(world, sid, scope, made)
            if dotted and not _is_used_otherwise(scope, made):
                yield _misuse(world, sid, guard, Misuse.MADE_PER_CALL, dotted, 0)


def _constructor(world: World, sid: Sid, scope: Scope, made: Result) -> str:
    """Return the class of lock that a call makes, or nothing."""
    for item in world.evaluate(sid, scope.calls[made.call].callee):
        if isinstance(item, ExternalObject) and item.dotted in IN_PROCESS:
            return item.dotted
    return ""


def _is_used_otherwise(scope: Scope, made: Result) -> bool:
    """Whether a function does more with a lock than take it and give it back."""
    return any(made in parts_of(value) for value in _other_values(scope))


def _other_values(scope: Scope) -> Iterator[AnyValue]:
    """Yield the expressions of a function, but for what is asked of a lock itself."""
    for call in scope.calls:
        if not isinstance(call.callee, Attr) or call.callee.name not in TAKING:
            yield call.callee
        yield from call.arguments
        yield from (value for _, value in call.keywords)
    for effect in scope.effects:
        yield from (each for each in (effect.target, effect.value, effect.key) if each is not None)
    yield from (binding.value for binding in scope.bindings if binding.value is not None)
    yield from (*scope.results, *scope.yields)


def _misuse(
    world: World, sid: Sid, guard: Guard, misuse: Misuse, dotted: str, waits: int
) -> LockMisuse:
    """Return one record.

    Parameters:
        waits: line of the await, 0 for none.
    """
    path = world.path(sid)
    step = Step(StepKind.READ, path, Span(waits, 0, waits, 0), "the coroutine waits here")
    return LockMisuse(
        misuse=misuse,
        lock=describe(world.scopes[sid], guard.value),
        dotted=dotted,
        function=world.symbol(sid),
        path=path,
        span=guard.span,
        steps=(step,) if waits else (),
    )
