"""Can the keys that callers give be ever new ones, or are they drawn from a closed set?"""

from pystatelint.link.derive import from_parameter
from pystatelint.link.fields import class_kind
from pystatelint.link.objects import ClassObject, ExternalObject, FunctionObject, ModuleObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Const,
    Fresh,
    Generic,
    Item,
    Name,
    Param,
    Result,
    Truthy,
    Typed,
    Union,
)

DEFINITIONS = (ClassObject, FunctionObject, ModuleObject)
"""There are as many of them as the program defines."""

NAMES_OF_DEFINITIONS = frozenset({"__class__", "__module__", "__name__", "__qualname__"})
CLOSED_CALLS = frozenset({"bool", "callable", "isinstance", "issubclass", "type"})
CLOSED_TYPES = frozenset(
    {
        "bool",
        "collections.abc.Callable",
        "type",
        "types.FunctionType",
        "types.ModuleType",
        "typing.Callable",
        "typing.Literal",
        "typing.Type",
    }
)


def is_open(world: World, sid: Sid, key: AnyValue) -> bool:
    """Whether a key, read in scope `sid`, comes from a caller and can be ever new.

    Classes, functions, modules, truth values and members of enumerations are finitely many.
    """
    return from_parameter(world, sid, key) and not _is_closed(world, sid, key)


def _is_closed(world: World, sid: Sid, key: AnyValue) -> bool:
    """Whether a key is one of finitely many."""
    match key:
        case Const():
            return True
        case Attr(name=name) if name in NAMES_OF_DEFINITIONS:
            return True
        case Alias(base=base) | Truthy(base=base) | Typed(value=base):
            return _is_closed(world, sid, base)
        case Fresh(parts=parts) | Union(options=parts):
            return all(_is_closed(world, sid, part) for part in parts)
        case Result(call=number):
            found = world.callees(sid)[number]
            return any(isinstance(c, ExternalObject) and c.dotted in CLOSED_CALLS for c in found)
        case Param(index=index):
            annotation = world.scopes[sid].parameters[index].annotation
            outer = (sid[0], world.scopes[sid].parent)
            if annotation is not None and _is_closed_type(world, outer, annotation):
                return True
        case _:
            pass
    found = world.evaluate(sid, key)
    return bool(found) and all(isinstance(item, DEFINITIONS) for item in found)


def _is_closed_type(world: World, sid: Sid, annotation: AnyValue) -> bool:
    """Whether a type, read in scope `sid`, has finitely many values."""
    match annotation:
        case Const():
            return True
        case Union(options=options):
            return all(_is_closed_type(world, sid, option) for option in options)
        case Generic(base=base):
            return _is_closed_type(world, sid, base)
        case Name() | Attr() | Item():
            found = world.evaluate(sid, annotation)
            return bool(found) and all(_has_few_values(world, item) for item in found)
        case _:
            return False


def _has_few_values(world: World, item: object) -> bool:
    """Whether a class has finitely many instances, by the tables or as an enumeration."""
    match item:
        case ExternalObject(dotted):
            return dotted in CLOSED_TYPES
        case ClassObject(sid):
            return class_kind(world, sid).kind == "enum"
        case _:
            return False
