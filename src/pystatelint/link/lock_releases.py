"""Which locks that are taken by hand stay taken when something goes wrong?"""

import re
from collections.abc import Iterator, Mapping

from pystatelint.link.describe import describe
from pystatelint.link.guards import is_lock, lock_symbol
from pystatelint.link.objects import LibraryInstance, Sid
from pystatelint.link.records import Phase
from pystatelint.link.records_locks import LockMisuse, Misuse
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import Attr, Call, ContextFlag, Scope, ScopeKind
from pystatelint.model.self_stores import plain

Phases = Mapping[Sid, frozenset[Phase]]


HANDING_ON = re.compile(r"acquire|__a?enter__")
"""How functions are called that hand a lock on to their caller, if all goes well."""


def unreleased_locks(world: World, phases: Phases) -> Iterator[LockMisuse]:
    """Yield the calls of ``lock.acquire()`` after which an exception leaves the lock taken.

    Silent where another function gives the lock back, and where none does: then the lock is
    handed on, as by a class that is a lock itself.

    Parameters:
        phases: when each function can run.
    """
    for sid, scope in world.scopes.items():
        if scope.kind is not ScopeKind.FUNCTION or world.modules[sid[0]].test:
            continue
        if HANDING_ON.search(scope.name):
            continue
        taken = [call for call in scope.calls if _is_call_of(call, "acquire")]
        if taken and Phase.RUN in phases[sid]:
            yield from _unreleased(world, sid, scope, taken)


def _is_call_of(call: Call, method: str) -> bool:
    return isinstance(call.callee, Attr) and call.callee.name == method


def _unreleased(world: World, sid: Sid, scope: Scope, taken: list[Call]) -> Iterator[LockMisuse]:
    """Yield the locks of one function that it gives back, but not in every case."""
    given_back: dict[str, list[Call]] = {}
    for call in scope.calls:
        if _is_call_of(call, "release"):
            given_back.setdefault(_text(scope, call), []).append(call)
    for call in taken:
        assert isinstance(call.callee, Attr)
        released = given_back.get(_text(scope, call), [])
        if not released or any(_always_runs(scope, each) for each in released):
            continue
        if _is_known_lock(world, sid, call.callee) and _something_between(scope, call, released):
            yield LockMisuse(
                misuse=Misuse.NOT_GIVEN_BACK,
                lock=describe(scope, call.callee.base),
                dotted="",
                function=world.symbol(sid),
                path=world.path(sid),
                span=call.span,
            )


def _text(scope: Scope, call: Call) -> str:
    assert isinstance(call.callee, Attr)
    return describe(scope, call.callee.base)


def _always_runs(scope: Scope, call: Call) -> bool:
    """Whether a call stands in a ``finally``."""
    return bool(scope.contexts[call.context].flags & ContextFlag.FINALLY)


def _something_between(scope: Scope, taken: Call, released: list[Call]) -> bool:
    """Whether a call between taking and giving back can raise an exception."""
    last = max(each.span.line for each in released)
    return any(taken.span.line < each.span.line < last for each in scope.calls)


def _is_known_lock(world: World, sid: Sid, callee: Attr) -> bool:
    """Whether what ``acquire`` is called on is a lock by its type."""
    held = [
        each
        for item in world.evaluate(sid, plain(callee.base))
        for each in contents(world, item)
        if isinstance(each, LibraryInstance)
    ]
    return any(is_lock(each) for each in held) or bool(lock_symbol(world, sid, callee.base))
