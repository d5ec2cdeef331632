"""Does a value come from a parameter of the function?"""

from pystatelint.link.objects import FunctionObject, InstanceObject, Object, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Entered,
    Fresh,
    Item,
    Param,
    Result,
    ScopeFlag,
    Slice,
    Truthy,
    Typed,
    Union,
)

DEPTH = 6
"""How far calls and attributes are followed back."""


def from_parameter(world: World, sid: Sid, value: AnyValue | None, depth: int = 0) -> bool:
    """Whether what a caller passed (self and cls excepted) flows into a value."""
    if value is None or depth > DEPTH:
        return False
    match value:
        case Param(index=index):
            return not (index == 0 and is_receiver(world, sid))
        case (
            Alias(base=base)
            | Attr(base=base)
            | Item(base=base)
            | Slice(base=base)
            | Truthy(base=base)
            | Entered(base=base)
        ):
            return from_parameter(world, sid, base, depth + 1)
        case Typed(value=inner):
            return from_parameter(world, sid, inner, depth + 1)
        case Union(options=parts) | Fresh(parts=parts):
            return any(from_parameter(world, sid, part, depth + 1) for part in parts)
        case Result(call=number):
            call = world.scopes[sid].calls[number]
            given = (*call.arguments, *(item for _, item in call.keywords))
            receiver = call.callee.base if isinstance(call.callee, Attr) else None
            return any(from_parameter(world, sid, item, depth + 1) for item in (*given, receiver))
        case _:
            return False


def is_receiver(world: World, sid: Sid) -> bool:
    """Whether the first parameter is self or cls."""
    return sid in world.classes_by_scope and not (
        world.scopes[sid].flags & ScopeFlag.STATIC and world.scopes[sid].name != "__new__"
    )


def gives_self(world: World, function: FunctionObject, each: Object) -> bool:
    """Whether a result of a method is the instance it runs on: maybe one of a subclass."""
    owner = world.classes_by_scope.get(function.sid)
    says_self = Param(0) in world.scopes[function.sid].results
    return says_self and owner is not None and each == InstanceObject(owner)
