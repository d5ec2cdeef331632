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
        step: the place that changes it.
        hops: the calls on the way there, outermost first.
        guarded: locks held at the place and at the calls on the way.
        from_parameter: what is stored comes from a parameter, too.
    """

    path: tuple[str, ...]
    action: Action
    method: str
    step: Step
    hops: tuple[Step, ...] = ()
    guarded: tuple[str, ...] = ()
    from_parameter: bool = False


def own_writes(
    world: World, sid: Sid, scope: Scope, foreign: tuple[Foreign, ...]
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the changes of parameters that stand in a function itself."""
    for effect in scope.effects:
        action = EFFECTS.get(effect.kind)
        if action is not None and (found := origins(effect.target)):
            yield from _effect(world, sid, scope, effect, action, found)
    for each in foreign:
        if each.bits & WRITES:
            yield from _mutator(world, sid, scope, scope.calls[each.number], each.callee)


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
    action: Action,
    found: tuple[Origin, ...],
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the parameters that an assignment changes.

    Parameters:
        action: what it does. found: on which parameters its target hangs.
    """
    if effect.kind is SET_ATTRIBUTE and _is_first_value(world, sid, scope, effect):
        return
    path = (f".{effect.name}",) if action is Action.ATTRIBUTE else ()
    whole = f"{describe(scope, effect.target)}{path[0] if path else ''}"
    given = from_parameter(world, sid, effect.value) or from_parameter(world, sid, effect.key)
    for origin in found:
        yield (
            origin,
            ParameterWrite(
                path=(*origin.path, *path),
                action=action,
                method=effect.method if action is Action.AUGMENTED else "",
                step=_place(world, sid, effect.span, whole),
                guarded=guards_of(world, sid, effect.context),
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
    world: World, sid: Sid, scope: Scope, call: Call, callee: Object
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the parameters that a mutator method or a library function changes."""
    if type(callee) is MethodObject:
        target = plain(call.callee)
        if type(target) is Attr:
            yield from _changed(world, sid, scope, call, target.base, callee.name)
    elif type(callee) is ExternalObject:
        row = world.knowledge.writers.get(callee.dotted)
        if row is not None:
            for value in [call.arguments[i] for i in row.positions if i < len(call.arguments)]:
                yield from _changed(world, sid, scope, call, value, "")
        elif callee.dotted == "setattr":
            yield from _set_by_name(world, sid, scope, call)
    elif type(callee) is ParameterObject and callee.sid == sid and not callee.path:
        step = _place(world, sid, call.span, f"{describe(scope, call.callee)}()")
        locks = guards_of(world, sid, call.context)
        yield (
            Origin(callee.index),
            ParameterWrite(
                path=(CALLED,), action=Action.METHOD, method="", step=step, guarded=locks
            ),
        )


def _changed(
    world: World, sid: Sid, scope: Scope, call: Call, value: AnyValue, method: str
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the parameters that a call changes which changes `value`."""
    found = origins(value)
    if not found:
        return
    given = any(from_parameter(world, sid, each) for each in call.arguments)
    step = _place(world, sid, call.span, describe(scope, value))
    locks = guards_of(world, sid, call.context)
    for origin in found:
        yield (
            origin,
            ParameterWrite(
                path=origin.path,
                action=Action.METHOD,
                method=method,
                step=step,
                guarded=locks,
                from_parameter=given,
            ),
        )


def _set_by_name(
    world: World, sid: Sid, scope: Scope, call: Call
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the parameters that ``setattr(x, "name", value)`` changes."""
    match call.arguments:
        case (target, Const(kind="str", text=name), value):
            for origin in origins(target):
                step = _place(world, sid, call.span, f"{describe(scope, target)}.{name}")
                yield (
                    origin,
                    ParameterWrite(
                        path=(*origin.path, f".{name}"),
                        action=Action.ATTRIBUTE,
                        method="",
                        step=step,
                        guarded=guards_of(world, sid, call.context),
                        from_parameter=from_parameter(world, sid, value),
                    ),
                )
        case _:
            return


def _place(world: World, sid: Sid, span: Span, what: str) -> Step:
    """Return the step that shows where a parameter is changed."""
    return Step(
        StepKind.WRITE, world.path(sid), span, f"{what} is changed here, in {world.symbol(sid)}"
    )
