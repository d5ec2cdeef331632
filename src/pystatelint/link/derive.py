"""Does a value come from a parameter of the function?"""

from pystatelint.link.objects import FunctionObject, InstanceObject, Object, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Call,
    Const,
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
    while value is not None and depth <= DEPTH:
        if type(value) is Param:
            return not (value.index == 0 and is_receiver(world, sid))
        if type(value) is Result:
            return _from_arguments(world, sid, world.scopes[sid].calls[value.call], depth + 1)
        if type(value) is Fresh:
            return _from_any(world, sid, value.parts, depth + 1)
        if type(value) is Union:
            return _from_any(world, sid, value.options, depth + 1)
        value = base_of(value)
        depth += 1
    return False


def base_of(value: AnyValue) -> AnyValue | None:
    """Return what a value is taken from, or is another view of; None if it stands for itself."""
    # A look at the class costs a quarter of a failing class pattern; this is asked often.
    if type(value) is Attr or type(value) is Alias or type(value) is Item:
        return value.base
    if type(value) is Truthy or type(value) is Slice or type(value) is Entered:
        return value.base
    return value.value if type(value) is Typed else None


def _from_arguments(world: World, sid: Sid, call: Call, depth: int) -> bool:
    """Whether what a caller passed flows into a call: its arguments or its receiver."""
    if _from_any(world, sid, call.arguments, depth):
        return True
    if any(from_parameter(world, sid, value, depth) for _, value in call.keywords):
        return True
    callee = call.callee
    return type(callee) is Attr and from_parameter(world, sid, callee.base, depth)


def _from_any(world: World, sid: Sid, values: tuple[AnyValue, ...], depth: int) -> bool:
    """Whether what a caller passed flows into one of some values."""
    for value in values:
        if type(value) is not Const and from_parameter(world, sid, value, depth):
            return True
    return False


def is_receiver(world: World, sid: Sid) -> bool:
    """Whether the first parameter is self or cls."""
    return sid in world.classes_by_scope and not (
        world.scopes[sid].flags & ScopeFlag.STATIC and world.scopes[sid].name != "__new__"
    )


def gives_self(world: World, function: FunctionObject, each: Object) -> bool:
    """Whether a result of a method is the instance it runs on: maybe one of a subclass."""
    if type(each) is not InstanceObject or each.sid != world.classes_by_scope.get(function.sid):
        return False
    return Param(0) in world.scopes[function.sid].results
