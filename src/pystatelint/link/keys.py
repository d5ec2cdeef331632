"""Can the keys that callers give be ever new ones, or are they drawn from a closed set?"""

from collections.abc import Container

from pystatelint.link.arguments import parameters_of
from pystatelint.link.called_once import inner_calls
from pystatelint.link.carried import carries
from pystatelint.link.derive import from_parameter
from pystatelint.link.fields import class_kind
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ClassObject,
    ExternalObject,
    FunctionObject,
    MadeObject,
    ModuleObject,
    Sid,
)
from pystatelint.link.storage import contents
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


def is_open(world: World, sid: Sid, key: AnyValue, changed: Container[CellKey] = ()) -> bool:
    """Whether a key, read in scope `sid`, comes from a caller and can be ever new.

    Classes, functions, modules, truth values, members of enumerations and what constant tables
    hold are finitely many.

    Parameters:
        changed: cells that somebody writes: tables that are not constant.
    """
    if not from_parameter(world, sid, key) or _is_closed(world, sid, key, changed):
        return False
    calls = inner_calls(world, sid)
    return calls is None or _is_open_to_callers(world, sid, key, calls, changed)


def _is_open_to_callers(
    world: World, sid: Sid, key: AnyValue, calls: tuple[int, ...], changed: Container[CellKey]
) -> bool:
    """Whether one of the calls passes something open for what flows into a key."""
    outer = (sid[0], world.scopes[sid].parent)
    function = FunctionObject(sid)
    return any(
        carries(world, sid, key, frozenset({index})) and is_open(world, outer, value, changed)
        for number in calls
        for index, value in parameters_of(world, world.scopes[outer].calls[number], function)
    )


MOST_HOPS = 6
"""Results of functions followed back to find out whether they are one of finitely many."""


def _is_closed(
    world: World, sid: Sid, key: AnyValue, changed: Container[CellKey], hops: int = 0
) -> bool:
    """Whether a key is one of finitely many."""
    match key:
        case Const():
            return True
        case Attr(name=name) if name in NAMES_OF_DEFINITIONS:
            return True
        case Alias(base=base) | Truthy(base=base) | Typed(value=base):
            return _is_closed(world, sid, base, changed, hops)
        case Item(base=base) if _is_constant_table(world, sid, base, changed):
            return True
        case Fresh(parts=parts) | Union(options=parts):
            return all(_is_closed(world, sid, part, changed, hops) for part in parts)
        case Result(call=number):
            return _is_closed_result(world, sid, number, changed, hops)
        case Param(index=index):
            annotation = world.scopes[sid].parameters[index].annotation
            outer = (sid[0], world.scopes[sid].parent)
            if annotation is not None and _is_closed_type(world, outer, annotation):
                return True
        case _:
            pass
    found = world.evaluate(sid, key)
    return bool(found) and all(isinstance(item, DEFINITIONS) for item in found)


def _is_closed_result(
    world: World, sid: Sid, number: int, changed: Container[CellKey], hops: int
) -> bool:
    """Whether a call gives one of finitely many: always the same few, or an entry of a table."""
    call = world.scopes[sid].calls[number]
    found = world.callees(sid)[number]
    if any(isinstance(each, ExternalObject) and each.dotted in CLOSED_CALLS for each in found):
        return True
    if isinstance(call.callee, Attr) and call.callee.name == "get":
        others = call.arguments[1:]
        if _is_constant_table(world, sid, call.callee.base, changed):
            return all(_is_closed(world, sid, each, changed, hops) for each in others)
    return (
        bool(found)
        and hops < MOST_HOPS
        and all(
            isinstance(each, FunctionObject) and _gives_few(world, each.sid, changed, hops + 1)
            for each in found
        )
    )


def _gives_few(world: World, sid: Sid, changed: Container[CellKey], hops: int) -> bool:
    """Whether all that a function returns is one of finitely many."""
    results = world.scopes[sid].results
    return bool(results) and all(_is_closed(world, sid, each, changed, hops) for each in results)


def _is_constant_table(
    world: World, sid: Sid, value: AnyValue, changed: Container[CellKey]
) -> bool:
    """Whether a value is a display of constants that has a name, and that nobody changes."""
    found = world.evaluate(sid, value)
    return bool(found) and all(
        type(each) is CellObject and each.cell not in changed and _holds_constants(world, each)
        for each in found
    )


def _holds_constants(world: World, item: CellObject) -> bool:
    """Whether a cell holds a display of constants."""
    held = contents(world, item)
    return bool(held) and all(
        type(each) is MadeObject
        and type(each.value) is Fresh
        and each.value.leaves
        and not each.value.empty
        for each in held
    )


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
