"""Which references does a scope hand on: to calls, to other objects, to its caller?

Read once per link; phases ask it for functions, escapes for cells, construction for classes.
"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.objects import (
    CellObject,
    ClassObject,
    FunctionObject,
    MethodObject,
    Object,
    Objects,
    ParameterObject,
    PartObject,
    Sid,
)
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Const,
    Def,
    EffectKind,
    Fresh,
    Item,
    Name,
    Param,
    Result,
    Scope,
    Truthy,
    Typed,
    Union,
)
from pystatelint.model.span import Span

PASSED = "passed to a call"
STORED = "stored elsewhere"
RETURNED = "returned"
YIELDED = "yielded"
HELD = "held by another object"
DEFAULT = "the default of a parameter"


class Flow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """References that leave an expression.

    Attributes:
        kind: one of the constants above.
        found: functions, classes, cells, parts of cells and methods; nothing else.
        span: where.
        call: number of the call that gets it, -1 if none.
    """

    kind: str
    found: Objects
    span: Span
    call: int


TRACKED = (FunctionObject, ClassObject, CellObject, MethodObject, PartObject)
LEAVES = (Name, Param, Attr, Item, Alias, Truthy, Def, Result)


def flows_of(world: World, sid: Sid, scope: Scope) -> Iterator[Flow]:
    """Yield the flows of one scope."""
    for number, call in enumerate(scope.calls):
        for value in call.arguments:
            yield from _flow(world, sid, PASSED, value, call.span, number)
        for _, value in call.keywords:
            yield from _flow(world, sid, PASSED, value, call.span, number)
    for effect in scope.effects:
        if effect.value is not None and effect.kind is not EffectKind.READ_ITEM:
            yield from _flow(world, sid, STORED, effect.value, effect.span, -1)
    for value in scope.results:
        yield from _flow(world, sid, RETURNED, value, scope.span, -1)
    for value in scope.yields:
        yield from _flow(world, sid, YIELDED, value, scope.span, -1)
    for binding in scope.bindings:
        if isinstance(binding.value, (Fresh, Union, Attr)):
            yield from _flow(world, sid, HELD, binding.value, binding.span, -1)
    outer = (sid[0], scope.parent)
    for parameter in scope.parameters:
        if isinstance(parameter.default, LEAVES):
            yield from _flow(world, outer, DEFAULT, parameter.default, parameter.span, -1)


def _flow(
    world: World, sid: Sid, kind: str, value: AnyValue, span: Span, call: int
) -> Iterator[Flow]:
    """Yield the flow of what a value stands for, or of what a display holds."""
    if isinstance(value, Param) and not _has_default(world, sid, value):
        return
    if isinstance(value, LEAVES):
        found = tuple(item for item in world.evaluate(sid, value) if _is_tracked(world, item))
        if found:
            yield Flow(kind, found, span, call)
        return
    match value:
        case Fresh(parts=parts) | Union(options=parts):
            for part in parts:
                yield from _flow(world, sid, kind, part, span, call)
        case Typed(value=inner):
            yield from _flow(world, sid, kind, inner, span, call)
        case _:
            return


def _is_tracked(world: World, item: Object) -> bool:
    """Whether somebody asks where an object goes; of parameters only those with a default."""
    if isinstance(item, ParameterObject):
        return _has_default(world, item.sid, Param(item.index))
    return isinstance(item, TRACKED)


def _has_default(world: World, sid: Sid, value: Param) -> bool:
    """Whether a parameter has a default that can change: else nobody asks where it goes."""
    default = world.scopes[sid].parameters[value.index].default
    return default is not None and not isinstance(default, Const)


def handed_over(flows: tuple[Flow, ...]) -> Iterator[Object]:
    """Yield what is handed to somebody who may use it at any time: all but results."""
    for flow in flows:
        if flow.kind is not RETURNED and flow.kind is not DEFAULT:
            yield from flow.found
