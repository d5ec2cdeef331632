"""Which of its parameters does a function itself change?"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.callgraph import Foreign
from pystatelint.link.derive import from_parameter
from pystatelint.link.describe import describe
from pystatelint.link.guards import guards_of
from pystatelint.link.hierarchy import instance_bindings
from pystatelint.link.index import is_constructor
from pystatelint.link.interest import WRITES
from pystatelint.link.objects import ExternalObject, MethodObject, Object, ParameterObject, Sid
from pystatelint.link.origins import Origin, origins
from pystatelint.link.records import Action
from pystatelint.link.world import World
from pystatelint.model.facts import (
    NONE,
    AnyValue,
    Attr,
    Call,
    Const,
    ContextFlag,
    Effect,
    EffectKind,
    Param,
    Scope,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

CALLED = "()"
"""The last step of a path that a function calls: a bound method of a container changes it."""


class ParameterWrite(msgspec.Struct, frozen=True, kw_only=True):
    """A change of what a caller passed.

    Attributes:
        path: what is changed, below the argument.
        action: as in `pystatelint.link.records.Write`.
        method: name of the mutator, if a method call changes it.
        place: where it is changed.
        hops: the calls on the way there, outermost first: calling scope and number.
        from_parameter: what is stored comes from a parameter, too.
    """

    path: tuple[str, ...]
    action: Action
    method: str
    place: "Place"
    hops: tuple[tuple[Sid, int], ...] = ()
    from_parameter: bool = False


class Place(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The statement of scope `sid` that changes `target`, or an attribute of it.

    Most such changes concern no cell and are never shown; so only those that do are put into
    words. `suffix`: what stands behind the target in the text.
    """

    sid: Sid
    span: Span
    context: int
    target: AnyValue
    suffix: str = ""


def way_to(world: World, write: ParameterWrite) -> tuple[Step, ...]:
    """Return the calls that hand a parameter on, outermost first, and the place changing it."""
    place = write.place
    what = f"{describe(world.scopes[place.sid], place.target)}{place.suffix}"
    text = f"{what} is changed here, in {world.symbol(place.sid)}"
    step = Step(StepKind.WRITE, world.path(place.sid), place.span, text)
    return (*(_hop(world, caller, number) for caller, number in write.hops), step)


def _hop(world: World, caller: Sid, number: int) -> Step:
    """Return the step that shows a call that hands an object on."""
    scope = world.scopes[caller]
    call = scope.calls[number]
    text = f"handed on here to {describe(scope, call.callee)}()"
    return Step(StepKind.ALIAS, world.path(caller), call.span, text)


def locks_on_way(world: World, write: ParameterWrite) -> tuple[str, ...]:
    """Return the locks held at the calls that hand a parameter on, and at the place."""
    held = [(sid, world.scopes[sid].calls[number].context) for sid, number in write.hops]
    held.append((write.place.sid, write.place.context))
    return tuple(lock for sid, context in held for lock in guards_of(world, sid, context))


def own_writes(
    world: World, sid: Sid, scope: Scope, foreign: tuple[Foreign, ...]
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the changes of parameters that stand in a function itself."""
    for effect in scope.effects:
        action = EFFECTS.get(effect.kind)
        if action is not None and (found := origins(effect.target)):
            yield from _effect(world, sid, scope, effect, found)
    for each in foreign:
        if each.bits & WRITES:
            yield from _mutator(world, sid, scope.calls[each.number], each.callee)


EFFECTS = {
    EffectKind.SET_ITEM: Action.ITEM,
    EffectKind.DELETE_ITEM: Action.ITEM,
    EffectKind.AUGMENT_ITEM: Action.ITEM,
    EffectKind.SET_ATTRIBUTE: Action.ATTRIBUTE,
    EffectKind.DELETE_ATTRIBUTE: Action.ATTRIBUTE,
    EffectKind.AUGMENT_ATTRIBUTE: Action.ATTRIBUTE,
    EffectKind.AUGMENT: Action.AUGMENTED,
}
"""What each effect does to its target."""


def _effect(
    world: World,
    sid: Sid,
    scope: Scope,
    effect: Effect,
    found: tuple[Origin, ...],
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the parameters that an assignment changes.

    Parameters:
        found: on which parameters its target hangs.
    """
    action = EFFECTS[effect.kind]
    if effect.kind is SET_ATTRIBUTE and _is_first_value(world, sid, scope, effect):
        return
    path = (f".{effect.name}",) if action is Action.ATTRIBUTE else ()
    place = Place(sid, effect.span, effect.context, effect.target, "".join(path))
    given = from_parameter(world, sid, effect.value) or from_parameter(world, sid, effect.key)
    for origin in found:
        yield (
            origin,
            ParameterWrite(
                path=(*origin.path, *path),
                action=action,
                method=effect.method if action is Action.AUGMENTED else "",
                place=place,
                from_parameter=given,
            ),
        )


SET_ATTRIBUTE = EffectKind.SET_ATTRIBUTE
FIRST = Param(0)


def _is_first_value(world: World, sid: Sid, scope: Scope, effect: Effect) -> bool:
    """Whether a method gives an attribute of its instance the value that construction put off.

    What ``__init__`` binds, and what is worked out once where it bound None, is no change.
    """
    owner = world.classes_by_scope.get(sid)
    if owner is None or plain(effect.target) != FIRST:
        return False
    if is_constructor(world, owner, scope.name):
        return True
    in_branch = scope.contexts[effect.context].flags & ContextFlag.BRANCH
    return (
        bool(in_branch)
        and not from_parameter(world, sid, effect.value)
        and all(
            binding.method == sid or binding.value == NONE
            for binding in instance_bindings(world, owner, effect.name)
        )
    )


def _mutator(
    world: World, sid: Sid, call: Call, callee: Object
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the parameters that a mutator method or a library function changes."""
    if type(callee) is MethodObject:
        target = plain(call.callee)
        if type(target) is Attr:
            yield from _changed(world, sid, call, target.base, callee.name)
    elif type(callee) is ExternalObject:
        row = world.knowledge.writers.get(callee.dotted)
        if row is not None:
            for value in [call.arguments[i] for i in row.positions if i < len(call.arguments)]:
                yield from _changed(world, sid, call, value, "")
        elif callee.dotted == "setattr":
            yield from _set_by_name(world, sid, call)
    elif type(callee) is ParameterObject and callee.sid == sid and not callee.path:
        place = Place(sid, call.span, call.context, call.callee, "()")
        write = ParameterWrite(path=(CALLED,), action=Action.METHOD, method="", place=place)
        yield Origin(callee.index), write


def _changed(
    world: World, sid: Sid, call: Call, value: AnyValue, method: str
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the parameters that a call changes which changes `value`."""
    found = origins(value)
    if not found:
        return
    given = any(from_parameter(world, sid, each) for each in call.arguments)
    place = Place(sid, call.span, call.context, value)
    for origin in found:
        yield (
            origin,
            ParameterWrite(
                path=origin.path,
                action=Action.METHOD,
                method=method,
                place=place,
                from_parameter=given,
            ),
        )


def _set_by_name(world: World, sid: Sid, call: Call) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the parameters that ``setattr(x, "name", value)`` changes."""
    match call.arguments:
        case (target, Const(kind="str", text=name), value):
            place = Place(sid, call.span, call.context, target, f".{name}")
            for origin in origins(target):
                yield (
                    origin,
                    ParameterWrite(
                        path=(*origin.path, f".{name}"),
                        action=Action.ATTRIBUTE,
                        method="",
                        place=place,
                        from_parameter=from_parameter(world, sid, value),
                    ),
                )
        case _:
            return
