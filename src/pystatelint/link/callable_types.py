"""Does an annotation ask for a function or a class?"""

from pystatelint.link.hierarchy import class_member
from pystatelint.link.objects import CellObject, ClassObject, ExternalObject, FunctionObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, Fresh, Generic, Item, Name, Result, Union

CALLABLE = frozenset({"collections.abc.Callable", "type", "typing.Callable", "typing.Type"})
"""Types of definitions."""

WRAPPING = frozenset({"typing.Annotated", "typing.Optional", "typing.Union"})
"""Types that stand for what is in their brackets."""

VARIABLE = frozenset({"typing.TypeVar", "typing_extensions.TypeVar"})
"""What makes a type variable (PEP 484)."""

DEPTH = 6
"""How many aliases, unions and bounds are followed."""


def asks_for_definition(world: World, sid: Sid, annotation: AnyValue, depth: int = DEPTH) -> bool:
    """Return whether an annotation, read in scope `sid`, asks for a function or a class.

    Also by an alias, a type variable with such a bound, or a protocol with ``__call__``.
    """
    if depth == 0:
        return False
    match annotation:
        case Union(options=parts) | Fresh(shape="operation", parts=parts):
            return any(asks_for_definition(world, sid, each, depth - 1) for each in parts)
        case Generic(base=base, arguments=arguments):
            parts = arguments if _is_any(world, sid, base, WRAPPING) else (base,)
            return any(asks_for_definition(world, sid, each, depth - 1) for each in parts)
        case Item(base=base):
            return asks_for_definition(world, sid, base, depth - 1)
        case Result(call=number):
            return _is_bound_to_definition(world, sid, number, depth)
        case Name() | Attr():
            return _names_definition(world, sid, annotation, depth)
        case _:
            return False


def _is_any(world: World, sid: Sid, value: AnyValue, names: frozenset[str]) -> bool:
    """Whether a value is a library object of one of some names."""
    found = world.evaluate(sid, value)
    return any(type(each) is ExternalObject and each.dotted in names for each in found)


def _is_bound_to_definition(world: World, sid: Sid, number: int, depth: int) -> bool:
    """Whether a call makes a type variable for functions or classes."""
    call = world.scopes[sid].calls[number]
    if not _is_any(world, sid, call.callee, VARIABLE):
        return False
    bounds = [value for name, value in call.keywords if name == "bound"]
    return any(
        asks_for_definition(world, sid, each, depth - 1) for each in (*bounds, *call.arguments[1:])
    )


def _names_definition(world: World, sid: Sid, value: AnyValue, depth: int) -> bool:
    """Whether a name stands for a type of definitions, or for an alias of one."""
    for item in world.evaluate(sid, value):
        match item:
            case ExternalObject(dotted) if dotted in CALLABLE:
                return True
            case ClassObject(inner):
                called = class_member(world, inner, "__call__")
                if any(isinstance(each, FunctionObject) for each in called):
                    return True
            case CellObject(cell):
                for binding in world.bindings(cell):
                    if binding.value is not None:
                        if asks_for_definition(world, cell.owner, binding.value, depth - 1):
                            return True
            case _:
                pass
    return False
