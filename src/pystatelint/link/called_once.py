"""Is a function inside another called at most once per call of that one, and kept by nobody?

Its ``def`` runs anew with each call of the outer function, and makes new defaults.
"""

from collections.abc import Iterator

from pystatelint.link.objects import Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Def,
    Fresh,
    Result,
    Scope,
    ScopeKind,
    Union,
)
from pystatelint.model.self_stores import plain


def is_called_once(world: World, sid: Sid) -> bool:
    """Whether each object that the ``def`` of a function makes is called once at most.

    Only ``return inner(...)`` is sure to be the last call.
    """
    calls = inner_calls(world, sid)
    outer = world.scopes[(sid[0], world.scopes[sid].parent)]
    return calls is not None and all(_ends_the_outer(outer, number) for number in calls)


def inner_calls(world: World, sid: Sid) -> tuple[int, ...] | None:
    """Return the calls of a function inside another by that one; None if others may call it."""
    scope = world.scopes[sid]
    outer = world.scopes[(sid[0], scope.parent)]
    if outer.kind not in (ScopeKind.FUNCTION, ScopeKind.LAMBDA) or scope.decorators:
        return None
    own = Def(sid[1])
    if _is_seen_inside(world, sid, scope) or any(_holds(each, own) for each in _given(outer)):
        return None
    return tuple(number for number, call in enumerate(outer.calls) if plain(call.callee) == own)


def _is_seen_inside(world: World, sid: Sid, scope: Scope) -> bool:
    """Whether a function inside the outer one reads the name; itself, too."""
    name = (scope.name, scope.parent)
    return any(name in each.free for each in world.modules[sid[0]].facts.scopes)


def _given(scope: Scope) -> Iterator[AnyValue]:
    """Yield what a function hands on, keeps or gives back."""
    for call in scope.calls:
        yield from call.arguments
        yield from (value for _, value in call.keywords)
    for effect in scope.effects:
        if effect.value is not None:
            yield effect.value
    yield from scope.results
    yield from scope.yields


def _holds(value: AnyValue, own: Def) -> bool:
    """Whether a value is the function, or a display or choice that holds it."""
    match plain(value):
        case Fresh(parts=parts) | Union(options=parts):
            return any(_holds(part, own) for part in parts)
        case bare:
            return bare == own


def _ends_the_outer(scope: Scope, number: int) -> bool:
    """Whether ``return`` stands before a call, so that there is no next one."""
    return any(_is_result(value, number) for value in scope.results)


def _is_result(value: AnyValue, number: int) -> bool:
    """Whether a value is what a call gives, or one of several calls."""
    match plain(value):
        case Union(options=options):
            return any(_is_result(option, number) for option in options)
        case bare:
            return bare == Result(number)
