"""Is a function plainly made to decorate?"""

from pystatelint.link.objects import Sid
from pystatelint.link.world import World
from pystatelint.model.facts import Attr, Def, Generic, Name, Param, Scope, ScopeFlag


def is_decorator(scope: Scope, world: World, sid: Sid) -> bool:
    """Whether a function is plainly made to decorate: it returns the definition it is given.

    Also one that returns such a function (``def register(name): def deco(f): ...``), or
    the inner one itself.
    """
    if sid in world.classes_by_scope and not scope.flags & ScopeFlag.STATIC:
        return _gives_decorator(world, sid, scope)
    if _returns_definition(scope):
        return _takes_definition(scope) or world.scopes[(sid[0], scope.parent)].results == (
            Def(sid[1]),
        )
    return _gives_decorator(world, sid, scope)


def _gives_decorator(world: World, sid: Sid, scope: Scope) -> bool:
    """Whether a returned value is a nested function that returns its own parameter."""
    for value in scope.results:
        if type(value) is Def and _returns_definition(world.scopes[(sid[0], value.scope)]):
            return True
    return False


def _returns_definition(scope: Scope) -> bool:
    """Whether a function returns its own first parameter as it got it."""
    return bool(scope.parameters) and FIRST in scope.results


FIRST = Param(0)


DEFINITION_ATTRIBUTES = frozenset({"__doc__", "__module__", "__name__", "__qualname__"})
"""Attributes that functions and classes have, and ordinary data lacks."""


def _takes_definition(scope: Scope) -> bool:
    """Whether the first parameter is used or annotated as a function or class."""
    annotation = scope.parameters[0].annotation
    if isinstance(annotation, Generic):
        annotation = annotation.base
    match annotation:
        case Name(name="Callable" | "type" | "Type") | Attr(name="Callable" | "Type"):
            return True
        case _:
            pass
    used = [value for effect in scope.effects for value in (effect.key, effect.value)]
    used.extend(value for call in scope.calls for value in (call.callee, *call.arguments))
    return any(
        isinstance(value, Attr) and value.base == FIRST and value.name in DEFINITION_ATTRIBUTES
        for value in used
    )
