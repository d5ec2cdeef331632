"""Which references does a scope hand on: to calls, to other objects, to its caller?

Read once per link; phases ask it for functions, escapes for cells, construction for classes.
"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.invoke import PAIRING, SPECIAL
from pystatelint.link.objects import (
    CellObject,
    ClassObject,
    ExternalObject,
    FunctionObject,
    LibraryInstance,
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


TRACKED = frozenset({FunctionObject, ClassObject, CellObject, MethodObject, PartObject})
LEAVES = frozenset({Param, Attr, Result, Name, Alias, Item, Truthy, Def})
HOLDERS = frozenset({Fresh, Union, Attr})
"""Bindings whose values hold references to other objects, or fetch one."""


def flows_of(world: World, sid: Sid, scope: Scope) -> tuple[Flow, ...]:
    """Return the flows of one scope."""
    found: list[Flow] = []
    for number, call in enumerate(scope.calls):
        for value in call.arguments:
            _follow(world, sid, PASSED, value, call.span, number, found)
        for _, value in call.keywords:
            _follow(world, sid, PASSED, value, call.span, number, found)
    for effect in scope.effects:
        if effect.value is not None and effect.kind is not EffectKind.READ_ITEM:
            _follow(world, sid, STORED, effect.value, effect.span, -1, found)
    for value in scope.results:
        _follow(world, sid, RETURNED, value, scope.span, -1, found)
    for value in scope.yields:
        _follow(world, sid, YIELDED, value, scope.span, -1, found)
    for binding in scope.bindings:
        if binding.value is not None and type(binding.value) in HOLDERS:
            _follow(world, sid, HELD, binding.value, binding.span, -1, found)
    outer = (sid[0], scope.parent)
    for parameter in scope.parameters:
        if parameter.default is not None and type(parameter.default) in LEAVES:
            _follow(world, outer, DEFAULT, parameter.default, parameter.span, -1, found)
    return tuple(found)


def _follow(
    world: World,
    sid: Sid,
    kind: str,
    value: AnyValue,
    span: Span,
    call: int,
    flows: list[Flow],
) -> None:
    """Add the flow of what a value stands for, or of what a display holds."""
    if type(value) is Const:
        return
    if type(value) in LEAVES:
        if not _leads_nowhere(world, sid, value):
            objects = world.evaluate(sid, value)
            found = tuple([item for item in objects if _is_tracked(world, item)])
            if found:
                flows.append(Flow(kind, found, span, call))
        return
    match value:
        case Fresh(parts=parts) | Union(options=parts):
            for part in parts:
                _follow(world, sid, kind, part, span, call, flows)
        case Typed(value=inner):
            _follow(world, sid, kind, inner, span, call, flows)
        case _:
            return


def _leads_nowhere(world: World, sid: Sid, value: AnyValue) -> bool:
    """Whether a value plainly stands for nothing that is tracked.

    It hangs on what a caller passed, of which nothing is known, or on a call that gives
    nothing of interest. This costs less than finding out what it does stand for.
    """
    whole = True
    while True:
        if type(value) is Attr or type(value) is Item:
            whole, value = False, value.base
        elif type(value) is Alias or type(value) is Truthy:
            value = value.base
        else:
            break
    if type(value) is Result:
        callees = world.callees(sid)[value.call]
        return all(_gives_nothing(world, each, whole=whole) for each in callees)
    if type(value) is not Param:
        return False
    known = world.known_parameters.get(sid)
    if known is None:
        known = world.known_parameters[sid] = _known_parameters(world, sid)
    return value.index not in known


def _gives_nothing(world: World, callee: Object, *, whole: bool) -> bool:
    """Whether a call gives nothing that is tracked; if not `whole`, also nothing inside it."""
    if type(callee) is ExternalObject:
        dotted, knowledge = callee.dotted, world.knowledge
        handing = dotted in SPECIAL or dotted in PAIRING or dotted in knowledge.pure
        return not handing and (whole or dotted not in knowledge.immutable)
    if type(callee) is MethodObject:
        return type(callee.receiver) is ParameterObject or type(callee.receiver) is LibraryInstance
    if type(callee) is FunctionObject and whole:
        found = world.results(callee)
        if not found:
            return world.scopes[callee.sid].returns is None
        return not any(type(each) in GIVEN for each in found)
    return type(callee) is ClassObject and whole


GIVEN = TRACKED | {ParameterObject}
"""What a call has to return for its result to be of interest."""


def _known_parameters(world: World, sid: Sid) -> frozenset[int]:
    """Return the numbers of the parameters of which something is known."""
    return frozenset(
        index
        for index, each in enumerate(world.scopes[sid].parameters)
        if each.annotation is not None
        or (index == 0 and sid in world.classes_by_scope)
        or has_default(world, sid, index)
    )


def _is_tracked(world: World, item: Object) -> bool:
    """Whether somebody asks where an object goes; of parameters only those with a default."""
    if type(item) is ParameterObject:
        return has_default(world, item.sid, item.index)
    return type(item) in TRACKED


def has_default(world: World, sid: Sid, index: int) -> bool:
    """Whether a parameter has a default that can change: else nobody asks where it goes."""
    default = world.scopes[sid].parameters[index].default
    return default is not None and type(default) is not Const


def handed_over(flows: tuple[Flow, ...]) -> Iterator[Object]:
    """Yield what is handed to somebody who may use it at any time: all but results."""
    for flow in flows:
        if flow.kind is not RETURNED and flow.kind is not DEFAULT:
            yield from flow.found
