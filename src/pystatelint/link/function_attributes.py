"""Which attributes of functions are written?"""

from collections.abc import Iterator, Mapping

from pystatelint.link.assemble import Phases, write_of
from pystatelint.link.decorated import named
from pystatelint.link.derive import from_parameter
from pystatelint.link.describe import describe
from pystatelint.link.objects import CellKey, FunctionObject, Object, Sid
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action, FunctionAttribute, Phase, Receiver
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Call,
    Effect,
    EffectKind,
    Param,
    Result,
    Scope,
    ScopeKind,
)
from pystatelint.model.finding import Step
from pystatelint.model.self_stores import plain

ON_ATTRIBUTES = {
    EffectKind.SET_ATTRIBUTE: (Action.REBIND, "{}.{} = ..."),
    EffectKind.DELETE_ATTRIBUTE: (Action.UNBIND, "del {}.{}"),
    EffectKind.AUGMENT_ATTRIBUTE: (Action.AUGMENTED, "{}.{} op= ..."),
}
ON_ITEMS = {
    EffectKind.SET_ITEM: (Action.ITEM, "{}.{}[...] = ..."),
    EffectKind.DELETE_ITEM: (Action.ITEM, "del {}.{}[...]"),
    EffectKind.AUGMENT_ITEM: (Action.ITEM, "{}.{}[...] op= ..."),
}
"""Effects on ``f.name`` and on ``f.name[key]``: what they do, and how they read."""


def function_attributes(
    world: World, phases: Phases, reach: Mapping[Sid, Step]
) -> Iterator[FunctionAttribute]:
    """Yield the attributes of functions that the process keeps, sorted by symbol."""
    writes: dict[CellKey, list[RawWrite]] = {}
    found = [write for sid in world.acting for write in _by_effects(world, sid, world.scopes[sid])]
    for write in sorted((*found, *_by_calls(world)), key=_scope_of):
        if _lasts(world, write, phases):
            writes.setdefault(write.cell, []).append(write)
    for cell in sorted(writes, key=world.cell_symbol):
        yield FunctionAttribute(
            symbol=world.cell_symbol(cell),
            name=cell.name,
            function=world.symbol(cell.owner),
            module=world.modules[cell.owner[0]].name,
            path=world.path(cell.owner),
            span=world.scopes[cell.owner].span,
            writes=tuple(write_of(world, each, phases, reach) for each in writes[cell]),
        )


def _by_effects(world: World, sid: Sid, scope: Scope) -> Iterator[RawWrite]:
    """Yield what the statements of a scope write to attributes of functions."""
    for effect in scope.effects:
        if type(effect.target) is Param:
            continue  # ``self.name = ...``: what is passed is known as no function
        if effect.kind in ON_ATTRIBUTES:
            action, text = ON_ATTRIBUTES[effect.kind]
            yield from _written(world, sid, effect, Attr(effect.target, effect.name), action, text)
        elif effect.kind in ON_ITEMS:
            action, text = ON_ITEMS[effect.kind]
            target = plain(effect.target)
            if type(target) is Attr:
                yield from _written(world, sid, effect, target, action, text)


def _by_calls(world: World) -> Iterator[RawWrite]:
    """Yield the calls of mutators on attributes of functions: ``f.names.append(name)``."""
    for sid, number in world.mutator_calls:
        call = world.scopes[sid].calls[number]
        callee = call.callee
        if type(callee) is Attr and type(callee.base) is Attr:
            text = f"{{}}.{{}}.{callee.name}()"
            yield from _written(world, sid, call, callee.base, Action.METHOD, text)


def _scope_of(write: RawWrite) -> Sid:
    return write.sid


def _written(
    world: World, sid: Sid, act: Effect | Call, target: Attr, action: Action, text: str
) -> Iterator[RawWrite]:
    """Yield the write to ``target`` if that is an attribute of a function, beyond doubt."""
    found = world.evaluate(sid, target.base)
    functions = [item.sid for item in found if type(item) is FunctionObject]
    if not functions or len(functions) < len(found):
        return
    if not all(_can_have(world, item) for item in found):
        return
    given = _given(act)
    for function in functions:
        yield RawWrite(
            cell=CellKey(function, target.name),
            action=action,
            receiver=Receiver.NAME,
            text=text.format(describe(world.scopes[sid], target.base), target.name),
            sid=sid,
            span=act.span,
            context=act.context,
            value=given[-1] if given else None,
            from_parameter=any(from_parameter(world, sid, value) for value in given),
        )


def _can_have(world: World, item: Object) -> bool:
    """Whether attributes can be set on an object: a plain function, not a bound method.

    After its decorators it must still be one, not a property or a command.
    """
    if not isinstance(item, FunctionObject) or item.receiver is not None:
        return False
    function = item.sid
    outer = (function[0], world.scopes[function].parent)
    roles = world.knowledge.tables.decorators
    for decoration in world.scopes[function].decorators:
        value = decoration.value
        if isinstance(value, Result):
            value = world.scopes[outer].calls[value.call].callee
        role = roles.get(named(world, outer, value))
        if role is None or not (role.hands_on or role.role == "wraps"):
            return False
    return True


def _given(act: Effect | Call) -> tuple[AnyValue, ...]:
    """Return the key and the value that an act stores."""
    if isinstance(act, Call):
        return (*act.arguments, *(value for _, value in act.keywords))
    return tuple(value for value in (act.key, act.value) if value is not None)


def _lasts(world: World, write: RawWrite, phases: Phases) -> bool:
    """Whether the function lives as long as the process.

    A function made by each call of another is new each time; unless that one only runs
    at import, as decorators do, and it or the function itself writes.
    """
    owner = write.cell.owner
    outer = (owner[0], world.scopes[owner].parent)
    if all(world.scopes[each].kind is not ScopeKind.FUNCTION for each in _around(world, outer)):
        return True
    return write.sid in (owner, outer) and phases[outer] == {Phase.IMPORT}


def _around(world: World, sid: Sid) -> Iterator[Sid]:
    """Yield a scope and those around it."""
    module, position = sid
    while position >= 0:
        yield module, position
        position = world.scopes[(module, position)].parent
