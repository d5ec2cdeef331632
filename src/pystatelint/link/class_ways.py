"""How does a function know the class that it stores to: as ``cls``, or as that of an object?"""

import enum

import msgspec

from pystatelint.link.derive import base_of, is_receiver
from pystatelint.link.objects import ClassObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, Name, Param, Result
from pystatelint.model.self_stores import plain


class Known(enum.Enum):
    """What the class is to the function."""

    CLASS = "the class that a method runs on"
    SELF = "the class of the instance that a method runs on"
    OBJECT = "the class of an object that is passed"


class Way(msgspec.Struct, frozen=True):
    """How a function knows a class.

    Attributes:
        known: what it is to the function.
        method: the function, or the method around it whose ``self`` or ``cls`` it uses.
        value: the object of whose class it is; for `Known.OBJECT` only.
    """

    known: Known
    method: Sid
    value: AnyValue | None = None


def way_to_class(world: World, sid: Sid, value: AnyValue) -> Way | None:
    """Return how scope `sid` knows the class that a value stands for.

    None if it is known in another way, such as by its name.
    """
    value = plain(value)
    method = _method_of(world, sid, value)
    if method is not None:
        on_class = any(type(each) is ClassObject for each in world.evaluate(method, Param(0)))
        return Way(Known.CLASS, method) if on_class else None
    held = _held_by_type(world, sid, value)
    if held is None:
        return None
    method = _method_of(world, sid, held)
    if method is not None:
        return Way(Known.SELF, method)
    return Way(Known.OBJECT, sid, held) if is_passed(held) else None


def _method_of(world: World, sid: Sid, value: AnyValue) -> Sid | None:
    """Return the method whose first parameter a value is, here or in an enclosing function."""
    if type(value) is Param:
        return sid if value.index == 0 and is_receiver(world, sid) else None
    if type(value) is Name:
        for name, owner in world.scopes[sid].free:
            if name == value.name:
                outer = (sid[0], owner)
                parameters = world.scopes[outer].parameters
                first = bool(parameters) and parameters[0].name == name
                return outer if first and is_receiver(world, outer) else None
    return None


def _held_by_type(world: World, sid: Sid, value: AnyValue) -> AnyValue | None:
    """Return x of ``type(x)`` and ``x.__class__``."""
    if type(value) is Attr and value.name == "__class__":
        return plain(value.base)
    if type(value) is Result:
        call = world.scopes[sid].calls[value.call]
        if call.callee == Name("type") and len(call.arguments) == 1:
            return plain(call.arguments[0])
    return None


def is_passed(value: AnyValue) -> bool:
    """Return whether a value is something that a caller passes, or stands inside that."""
    inner: AnyValue | None = value
    while inner is not None:
        if type(inner) is Param:
            return True
        inner = base_of(inner)
    return False
