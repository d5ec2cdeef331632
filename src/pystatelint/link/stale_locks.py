"""Which locks run out by the clock, and are then given back by somebody who no longer has them?

``table[key] = time.monotonic()`` says that a lock is taken and since when, not by whom. The
holder that was too slow deletes the entry of the one that took over.
"""

import re
from collections.abc import Iterator, Mapping

from pystatelint.link.clocks import is_clock
from pystatelint.link.describe import describe
from pystatelint.link.lock_registries import place_of, removals
from pystatelint.link.objects import Sid
from pystatelint.link.records import Phase
from pystatelint.link.records_locks import LockMisuse, Misuse
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, Effect, EffectKind, Result, Scope, ScopeKind
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
SET_ITEM = EffectKind.SET_ITEM
RUN = Phase.RUN
FUNCTION = ScopeKind.FUNCTION

Phases = Mapping[Sid, frozenset[Phase]]

OF_LOCKS = re.compile(r"lock|lease|mutex|acquire|reserv", re.IGNORECASE)
"""What homemade locks are called; nothing but a name tells them from a rate limit."""

GIVING_BACK = re.compile(r"release|unlock|free|give_?back|finish|leave|done", re.IGNORECASE)
"""What functions are called that give a lock back."""


def stale_locks(world: World, phases: Phases) -> Iterator[LockMisuse]:
    """Yield where a lock that times out is taken, if it is given back without a look at the owner.

    Parameters:
        phases: when each function can run.
    """
    taken = list(_taken(world, phases))
    if not taken:
        return
    returned = dict(_given_back(world, phases))
    for sid, effect, place in taken:
        if place in returned:
            yield LockMisuse(
                misuse=Misuse.WITHOUT_OWNER,
                lock=describe(world.scopes[sid], effect.target),
                dotted="",
                function=world.symbol(sid),
                path=world.path(sid),
                span=effect.span,
                steps=(returned[place],),
            )


def _taken(world: World, phases: Phases) -> Iterator[tuple[Sid, Effect, str]]:
    """Yield where a function looks an entry up and then sets it to the present time."""
    for sid, scope in _functions(world, phases):
        for effect in scope.effects:
            made = None if effect.value is None else plain(effect.value)
            if effect.kind is not SET_ITEM or not isinstance(made, Result):
                continue
            if not is_clock(world, sid, made.call) or made in map(plain, scope.results):
                continue
            place = place_of(world, sid, effect.target)
            if OF_LOCKS.search(place) or OF_LOCKS.search(scope.name):
                if _looks_up(world, sid, scope, place):
                    yield sid, effect, place


def _given_back(world: World, phases: Phases) -> Iterator[tuple[str, Step]]:
    """Yield the containers from which a function takes an entry without a look at it."""
    for sid, scope in _functions(world, phases):
        if not GIVING_BACK.search(scope.name):
            continue
        for container, _, span in removals(scope):
            place = place_of(world, sid, container)
            if place and not _looks_up(world, sid, scope, place):
                text = f"{world.symbol(sid)} gives it back, whoever has it by now"
                yield place, Step(StepKind.WRITE, world.path(sid), span, text)


def _functions(world: World, phases: Phases) -> Iterator[tuple[Sid, Scope]]:
    """Yield the functions that run at run time, tests left out."""
    for sid, scope in world.scopes.items():
        if scope.kind is FUNCTION and not world.modules[sid[0]].test:
            if RUN in phases[sid]:
                yield sid, scope


def _looks_up(world: World, sid: Sid, scope: Scope, place: str) -> bool:
    """Whether a function reads an element of a container."""
    return any(place_of(world, sid, container) == place for container, _ in _read(scope))


def _read(scope: Scope) -> Iterator[tuple[AnyValue, Span]]:
    """Yield the containers of which a function reads elements."""
    for effect in scope.effects:
        if effect.kind is EffectKind.READ_ITEM:
            yield effect.target, effect.span
    for call in scope.calls:
        if isinstance(call.callee, Attr) and call.callee.name == "get":
            yield call.callee.base, call.span
