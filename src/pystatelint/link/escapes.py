"""Where does a reference to a cell leave our sight?

An escape is no evidence of a write; it only blocks the proof that there is none.
"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ExternalObject,
    MadeObject,
    MethodObject,
    Object,
    PartObject,
    Sid,
)
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Call,
    Const,
    EffectKind,
    Fresh,
    Item,
    Name,
    Scope,
    Truthy,
    Typed,
    Union,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.span import Span


class Escape(msgspec.Struct, frozen=True):
    """A reference to a cell, or to something inside it, that goes out of sight."""

    cell: CellKey
    step: Step


def escapes_of(world: World, sid: Sid, scope: Scope) -> Iterator[Escape]:
    """Yield the escapes in one scope."""
    for call in scope.calls:
        if not keeps_nothing(world, sid, call):
            for value in (*call.arguments, *(item for _, item in call.keywords)):
                yield from _escaping(world, sid, value, call.span, "passed to a call")
    for effect in scope.effects:
        if effect.value is not None and effect.kind is not EffectKind.READ_ITEM:
            yield from _escaping(world, sid, effect.value, effect.span, "stored elsewhere")
    for value in scope.results:
        yield from _escaping(world, sid, value, scope.span, f"returned by {world.symbol(sid)}")
    for value in scope.yields:
        yield from _escaping(world, sid, value, scope.span, f"yielded by {world.symbol(sid)}")
    for binding in scope.bindings:
        if isinstance(binding.value, (Fresh, Union)):
            yield from _escaping(world, sid, binding.value, binding.span, "held by another object")
    outer = (sid[0], scope.parent)
    for parameter in scope.parameters:
        if parameter.default is not None and not isinstance(parameter.default, (Const, Fresh)):
            yield from _escaping(world, outer, parameter.default, parameter.span, "a default")


def keeps_nothing(world: World, sid: Sid, call: Call) -> bool:
    """Whether a call neither keeps nor changes its arguments, as far as tables know."""
    found = world.evaluate(sid, call.callee)
    return bool(found) and all(_is_pure(world, item) for item in found)


def _is_pure(world: World, item: Object) -> bool:
    """Whether one callee is known to keep nothing."""
    match item:
        case ExternalObject(dotted):
            return dotted in world.knowledge.pure or dotted in world.knowledge.immutable
        case MethodObject(MadeObject(shape="constant" | "string"), _):
            return True
        case _:
            return False


def _escaping(world: World, sid: Sid, value: AnyValue, span: Span, text: str) -> Iterator[Escape]:
    """Yield the escapes of every reference that a value carries."""
    match value:
        case Const():
            return
        case Fresh(parts=parts) | Union(options=parts):
            for part in parts:
                yield from _escaping(world, sid, part, span, text)
        case Typed(value=inner):
            yield from _escaping(world, sid, inner, span, text)
        case Name() | Attr() | Item() | Alias() | Truthy():
            for item in world.evaluate(sid, value):
                match item:
                    case CellObject(cell):
                        yield Escape(cell, Step(StepKind.ESCAPE, world.path(sid), span, text))
                    case PartObject(cell, _, content) if content is None or not _is_constant(
                        content
                    ):
                        yield Escape(cell, Step(StepKind.ESCAPE, world.path(sid), span, text))
                    case _:
                        pass
        case _:
            return


def _is_constant(content: Object) -> bool:
    """Whether a part can never change."""
    return isinstance(content, MadeObject) and content.shape in {"constant", "string"}


def vetoes_of(world: World, sid: Sid, scope: Scope) -> Iterator[str]:
    """Yield the attribute names that somebody writes into through an unknown receiver.

    ``<?>.NAME[...] = x`` and ``<?>.NAME.append(x)`` may concern any cell called NAME.
    """
    for effect in scope.effects:
        if effect.kind in CONTENT_EFFECTS:
            yield from _unknown_name(world, sid, effect.target)
    for call in scope.calls:
        if isinstance(call.callee, Attr) and call.callee.name in world.knowledge.all_mutators:
            yield from _unknown_name(world, sid, call.callee.base)


CONTENT_EFFECTS = frozenset(
    {
        EffectKind.SET_ITEM,
        EffectKind.DELETE_ITEM,
        EffectKind.AUGMENT_ITEM,
        EffectKind.AUGMENT,
        EffectKind.AUGMENT_ATTRIBUTE,
    }
)


def _unknown_name(world: World, sid: Sid, target: AnyValue) -> Iterator[str]:
    """Yield the last attribute name of a target that leads nowhere."""
    while isinstance(target, (Alias, Truthy, Item)):
        target = target.base
    if isinstance(target, Attr) and not any(
        isinstance(item, (CellObject, PartObject, MadeObject))
        for item in world.evaluate(sid, target)
    ):
        yield target.name
