"""Which references does a scope hand on: to calls, to other objects, to its caller?

Read once per link; phases ask it for functions, escapes for cells, construction for classes.
"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.heirs import is_open
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
        open: it is an attribute of something that may be of an heir.
    """

    kind: str
    found: Objects
    span: Span
    call: int
    open: bool = False


TRACKED = frozenset({FunctionObject, ClassObject, CellObject, MethodObject, PartObject})
LEAVES = frozenset({Param, Attr, Result, Name, Alias, Item, Truthy, Def})
HOLDERS = frozenset({Fresh, Union, Attr})
"""Bindings whose values hold references to other objects, or fetch one."""


def flows_of(world: World, sid: Sid, scope: Scope) -> tuple[Flow, ...]:
    """Return the flows of one scope."""
    found: list[Flow] = []
    for number, call in enumerate(scope.calls):
        # Most arguments are constants; the span is read only for the others.
        for value in call.arguments:
            if type(value) is not Const:
                _follow(world, sid, PASSED, value, call.span, number, found)
        for _, value in call.keywords:
            if type(value) is not Const:
                _follow(world, sid, PASSED, value, call.span, number, found)
    for effect in scope.effects:
        if effect.value is not None and effect.kind is not READ_ITEM:
            _follow(world, sid, STORED, effect.value, effect.span, -1, found)
    for value in scope.results:
        if type(value) is not Const:
            _follow(world, sid, RETURNED, value, scope.span, -1, found)
    for value in scope.yields:
        _follow(world, sid, YIELDED, value, scope.span, -1, found)
    if scope.bindings or scope.parameters:
        _follow_definitions(world, sid, scope, found)
    return tuple(found)


def _follow_definitions(world: World, sid: Sid, scope: Scope, flows: list[Flow]) -> None:
    """Add the flows of what a scope binds, and of the defaults of its parameters."""
    for binding in scope.bindings:
        if binding.value is not None and type(binding.value) in HOLDERS:
            _follow(world, sid, HELD, binding.value, binding.span, -1, flows)
    for parameter in scope.parameters:
        if parameter.default is not None and type(parameter.default) in LEAVES:
            outer = (sid[0], scope.parent)
            _follow(world, outer, DEFAULT, parameter.default, parameter.span, -1, flows)


READ_ITEM = EffectKind.READ_ITEM


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
    if type(value) in LEAVES:
        if type(value) is Name or not _leads_nowhere(world, sid, value):
            found = _tracked(world, world.evaluate(sid, value))
            if found:
                flows.append(Flow(kind, found, span, call, is_open(value)))
        return
    parts: tuple[AnyValue, ...] = ()
    if type(value) is Fresh:
        parts = value.parts
    elif type(value) is Union:
        parts = value.options
    elif type(value) is Typed:
        parts = (value.value,)
    for part in parts:
        if type(part) is not Const:
            _follow(world, sid, kind, part, span, call, flows)


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
    if type(value) is Param:
        return not _is_known(world, sid, value.index)
    if type(value) is not Result:
        return False
    for callee in world.callees(sid)[value.call]:
        if not _gives_nothing(world, callee, whole=whole):
            return False
    return True


def _gives_nothing(world: World, callee: Object, *, whole: bool) -> bool:
    """Whether a call gives nothing that is tracked; if not `whole`, also nothing inside it."""
    if type(callee) is ExternalObject:
        dotted, knowledge = callee.dotted, world.knowledge
        if dotted in SPECIAL or dotted in PAIRING:
            return False
        row = knowledge.pure.get(dotted)
        if row is not None:
            return whole and row.returns in MAKING
        return whole or dotted not in knowledge.immutable
    if type(callee) is MethodObject:
        receiver = callee.receiver
        if type(receiver) is ParameterObject:
            return not _has_default(world, receiver)
        return type(receiver) is LibraryInstance
    if type(callee) is FunctionObject and whole:
        found = world.results(callee)
        if not found:
            return world.scopes[callee.sid].returns is None
        return not any(type(each) in GIVEN for each in found)
    return type(callee) is ClassObject and whole


MAKING = frozenset({"constant", "deep", "fresh", "same"})
"""What a pure function returns that makes it, as the tables say it: nothing that was there."""

GIVEN = TRACKED | {ParameterObject}
"""What a call has to return for its result to be of interest."""


def _is_known(world: World, sid: Sid, index: int) -> bool:
    """Whether something is known of a parameter: by its annotation, its default or its class."""
    if index == 0 and sid in world.classes_by_scope:
        return True
    parameter = world.scopes[sid].parameters[index]
    if parameter.annotation is not None:
        return True
    return parameter.default is not None and type(parameter.default) is not Const


def _tracked(world: World, objects: Objects) -> Objects:
    """Return those of some objects of which somebody asks where they go.

    Of parameters these are only the ones with a default.
    """
    if len(objects) == 1 and type(objects[0]) in TRACKED:
        return objects
    found: Objects = ()
    for item in objects:
        if type(item) in TRACKED or _has_default(world, item):
            found += (item,)
    return found


def _has_default(world: World, item: Object) -> bool:
    """Whether an object is a parameter with a default that can change."""
    if type(item) is not ParameterObject:
        return False
    default = world.scopes[item.sid].parameters[item.index].default
    return default is not None and type(default) is not Const


def handed_over(flows: tuple[Flow, ...]) -> Iterator[Flow]:
    """Yield what is handed to somebody who may use it at any time: all but results."""
    for flow in flows:
        if flow.kind is not RETURNED and flow.kind is not DEFAULT:
            yield flow
