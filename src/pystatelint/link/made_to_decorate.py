"""Is a function plainly made to decorate?"""

from pystatelint.link.callable_types import asks_for_definition
from pystatelint.link.objects import ExternalObject, FunctionObject, PartialObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Attr,
    Def,
    Param,
    ParameterKind,
    Result,
    Scope,
    ScopeFlag,
    Union,
)


def is_decorator(scope: Scope, world: World, sid: Sid) -> bool:
    """Whether a function is plainly made to decorate: it returns the definition it is given.

    Also one that returns such a function (``def register(name): def deco(f): ...``), the
    inner one itself, or one that returns a `functools.partial` of itself until it gets all.
    """
    if _returns_definition(world, sid, scope):
        if _takes_definition(world, sid, scope) or _is_given_back(world, sid, scope):
            return True
    return _gives_decorator(world, sid, scope) or _gives_rest_of_itself(world, sid, scope)


def _is_given_back(world: World, sid: Sid, scope: Scope) -> bool:
    """Whether a function is all that the function around it returns."""
    return world.scopes[(sid[0], scope.parent)].results == (Def(sid[1]),)


def _gives_decorator(world: World, sid: Sid, scope: Scope) -> bool:
    """Whether a returned value is a nested function that returns its own parameter."""
    for value in scope.results:
        if type(value) is Def:
            inner = (sid[0], value.scope)
            if _returns_definition(world, inner, world.scopes[inner]):
                return True
    return False


def _gives_rest_of_itself(world: World, sid: Sid, scope: Scope) -> bool:
    """Whether a function returns itself with some arguments given, for a decorator."""
    return any(
        type(value) is Result and makes_rest_of_itself(world, sid, value.call)
        for value in scope.results
    )


def makes_rest_of_itself(world: World, sid: Sid, number: int) -> bool:
    """Return whether call `number` of a function makes a partial of it that it returns."""
    made = Result(number)
    return (
        number >= 0
        and made in world.scopes[sid].results
        and PARTIAL in world.callees(sid)[number]
        and any(
            type(item) is PartialObject
            and type(item.function) is FunctionObject
            and item.function.sid == sid
            for item in world.evaluate(sid, made)
        )
    )


PARTIAL = ExternalObject("functools.partial")


def _given(world: World, sid: Sid, scope: Scope) -> int:
    """Return the number of the first parameter that a caller gives."""
    return 1 if sid in world.classes_by_scope and not scope.flags & ScopeFlag.STATIC else 0


def _returns_definition(world: World, sid: Sid, scope: Scope) -> bool:
    """Whether a function may return the first thing that it is given, as it got it."""
    first = _given(world, sid, scope)
    return len(scope.parameters) > first and any(
        value == Param(first) or (type(value) is Union and Param(first) in value.options)
        for value in scope.results
    )


DEFINITION_ATTRIBUTES = frozenset({"__doc__", "__module__", "__name__", "__qualname__"})
"""Attributes that functions and classes have, and ordinary data lacks."""

DEFINITION_NAMES = frozenset(
    {
        "class_",
        "cls",
        "decorated",
        "fn",
        "func",
        "function",
        "klass",
        "meth",
        "method",
        "wrapped",
    }
)
"""What a parameter for a function or class is called."""


def _takes_definition(world: World, sid: Sid, scope: Scope) -> bool:
    """Whether the first thing given is named, annotated or used as a function or class."""
    number = _given(world, sid, scope)
    parameter = scope.parameters[number]
    if parameter.kind is not ParameterKind.POSITIONAL:
        return False
    if parameter.name in DEFINITION_NAMES:
        return True
    declared = parameter.annotation
    if declared is not None and asks_for_definition(world, (sid[0], scope.parent), declared):
        return True
    first = Param(number)
    used = [value for effect in scope.effects for value in (effect.key, effect.value)]
    used.extend(value for call in scope.calls for value in (call.callee, *call.arguments))
    return any(
        isinstance(value, Attr) and value.base == first and value.name in DEFINITION_ATTRIBUTES
        for value in used
    )
