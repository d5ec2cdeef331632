"""Which locks are taken out of their registry while somebody may still wait for them?

Whoever waits has the old lock, whoever comes next makes a new one, and both get in.
"""

from collections.abc import Iterator, Mapping

from pystatelint.link.clocks import is_clock
from pystatelint.link.describe import describe
from pystatelint.link.guards import is_lock
from pystatelint.link.hierarchy import owner_of
from pystatelint.link.kinds import container_kinds
from pystatelint.link.objects import (
    CellObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    Sid,
)
from pystatelint.link.records import Phase
from pystatelint.link.records_locks import LockMisuse, Misuse
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    EffectKind,
    Item,
    Result,
    Scope,
    ScopeKind,
    Truthy,
    Typed,
    Union,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
DELETE_ITEM = EffectKind.DELETE_ITEM
FUNCTION = ScopeKind.FUNCTION

Phases = Mapping[Sid, frozenset[Phase]]

HOPS = 2
"""Functions between a registry and who takes a lock from it."""

LOOKING_UP = frozenset({"copy", "get", "items", "setdefault", "values"})
"""Methods of a container that give elements of it, or all of them."""

COPYING = frozenset({"builtins.list", "builtins.tuple", "list", "tuple"})
"""Functions that give the elements of their argument."""


def dropped_locks(world: World, phases: Phases) -> Iterator[LockMisuse]:
    """Yield where a lock is dropped that others may wait for.

    That is while it is held, and where it is only seen not to be locked: a lock is free
    between its release and the turn of who waits for it.
    """
    for sid, scope in world.scopes.items():
        if scope.kind is not FUNCTION or world.modules[sid[0]].test:
            continue
        asks = any(
            isinstance(call.callee, Attr) and call.callee.name == "locked" for call in scope.calls
        )
        if not (asks or scope.guards) or Phase.RUN not in phases[sid]:
            continue
        for container, context, span in removals(scope):
            if (asks or scope.contexts[context].guards) and _keeps(world, sid, container):
                yield from _dropped(world, sid, container, context, span)


def removals(scope: Scope) -> Iterator[tuple[AnyValue, int, Span]]:
    """Yield the containers that a function takes an element out of, in what context, and where."""
    for effect in scope.effects:
        if effect.kind is DELETE_ITEM:
            yield effect.target, effect.context, effect.span
    for call in scope.calls:
        if isinstance(call.callee, Attr) and call.callee.name == "pop" and call.arguments:
            yield call.callee.base, call.context, call.span


def _keeps(world: World, sid: Sid, container: AnyValue) -> bool:
    """Whether a container keeps what is in there by itself."""
    return not any(
        kind in WEAK
        for item in world.evaluate(sid, container)
        for kind in container_kinds(world, item)
    )


WEAK = frozenset({"weakkeydict", "weakvaluedict"})
"""Kinds of container that keep what somebody else still has."""


def _dropped(
    world: World, sid: Sid, container: AnyValue, context: int, span: Span
) -> Iterator[LockMisuse]:
    """Yield one removal, if it relies on the lock being held or seen to be free."""
    scope, registry = world.scopes[sid], place_of(world, sid, container)
    if not registry:
        return
    path = world.path(sid)
    for number in scope.contexts[context].guards:
        guard = scope.guards[number]
        known = registry in _registries(world, sid, guard.value, HOPS)
        if known and _is_lock(world, sid, guard.value, registry):
            step = Step(StepKind.READ, path, guard.span, "the lock is held since here")
            yield _record(world, sid, container, span, step)
            return
    asked = _asked_whether_locked(world, sid, registry)
    if asked is not None and not _goes_by_the_clock(world, sid):
        step = Step(StepKind.READ, path, asked, "nobody holds it here, but somebody may wait")
        yield _record(world, sid, container, span, step)


def _is_lock(world: World, sid: Sid, value: AnyValue, registry: str) -> bool:
    """Whether what a ``with`` enters is a lock: by its type, else by the name of its registry."""
    held = [each for item in world.evaluate(sid, value) for each in contents(world, item)]
    if any(is_lock(each) for each in held):
        return True
    return not held and "lock" in registry.rpartition(".")[2].lower()


def _record(world: World, sid: Sid, container: AnyValue, span: Span, step: Step) -> LockMisuse:
    return LockMisuse(
        misuse=Misuse.DROPPED,
        lock=describe(world.scopes[sid], container),
        dotted="",
        function=world.symbol(sid),
        path=world.path(sid),
        span=span,
        steps=(step,),
    )


def _asked_whether_locked(world: World, sid: Sid, registry: str) -> Span | None:
    """Return where a function asks a lock of a registry whether it is locked."""
    for call in world.scopes[sid].calls:
        if isinstance(call.callee, Attr) and call.callee.name == "locked":
            if registry in _registries(world, sid, call.callee.base, HOPS):
                return call.span
    return None


def _goes_by_the_clock(world: World, sid: Sid) -> bool:
    """Whether a function asks what time it is: what it drops has not been used for long."""
    return any(is_clock(world, sid, number) for number in range(len(world.scopes[sid].calls)))


def place_of(world: World, sid: Sid, container: AnyValue) -> str:
    """Return the qualified name of what keeps a container, or nothing."""
    for item in world.evaluate(sid, plain(container)):
        if isinstance(item, CellObject):
            return world.cell_symbol(item.cell)
    held = plain(container)
    if isinstance(held, Attr):
        for base in world.evaluate(sid, held.base):
            if isinstance(base, InstanceObject):
                owner = owner_of(world, base.sid, held.name) or base.sid
                return f"{world.symbol(owner)}.{held.name}"
    return ""


def _registries(world: World, sid: Sid, value: AnyValue, hops: int) -> Iterator[str]:
    """Yield the containers that a value is an element of.

    Parameters:
        hops: how many functions that give the value are looked into.
    """
    match value:
        case Alias(base=base) | Truthy(base=base) | Typed(value=base):
            yield from _registries(world, sid, base, hops)
        case Union(options=options):
            for option in options:
                yield from _registries(world, sid, option, hops)
        case Item(base=base):
            yield place_of(world, sid, base)
            yield from _registries(world, sid, base, hops)
        case Result(call=number):
            yield from _of_call(world, sid, number, hops)
        case _:
            pass


def _of_call(world: World, sid: Sid, number: int, hops: int) -> Iterator[str]:
    """Yield the containers that the result of a call is, or is an element of."""
    call = world.scopes[sid].calls[number]
    if isinstance(call.callee, Attr) and call.callee.name in LOOKING_UP:
        yield place_of(world, sid, call.callee.base)
        return
    for callee in world.callees(sid)[number]:
        if isinstance(callee, FunctionObject) and hops:
            for result in world.scopes[callee.sid].results:
                yield from _registries(world, callee.sid, result, hops - 1)
        elif isinstance(callee, ExternalObject) and callee.dotted in COPYING and call.arguments:
            yield place_of(world, sid, call.arguments[0])
            yield from _registries(world, sid, call.arguments[0], hops)
