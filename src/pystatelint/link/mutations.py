"""Which calls write a cell: mutator methods, setattr, functions that change an argument?"""

from collections.abc import Iterator

from pystatelint.link.defaults import default_kinds, default_of
from pystatelint.link.derive import from_parameter
from pystatelint.link.describe import describe
from pystatelint.link.hierarchy import owner_of
from pystatelint.link.kinds import container_kinds, has_method
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ClassObject,
    ExternalObject,
    MethodObject,
    ModuleObject,
    NamespaceObject,
    Object,
    Objects,
    ParameterObject,
    PartObject,
    Sid,
)
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action
from pystatelint.link.route import route
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.link.writes import PARAMETER, place_of
from pystatelint.model.facts import AnyValue, Attr, Call, Const, Scope
from pystatelint.model.self_stores import plain

ACTIONS = {
    "attribute": Action.ATTRIBUTE,
    "item": Action.ITEM,
    "method": Action.METHOD,
    "unbind": Action.UNBIND,
}


def call_writes(
    world: World, sid: Sid, scope: Scope, call: Call, callee: Object
) -> Iterator[RawWrite]:
    """Yield the writes to cells that one call of `callee` amounts to."""
    if type(callee) is MethodObject:
        if callee.name in world.knowledge.all_mutators:
            yield from _method(world, sid, scope, call, callee.receiver, callee.name)
        else:
            yield from _in_place(world, sid, scope, call, callee)
        return
    match callee:
        case ExternalObject("setattr" | "delattr"):
            yield from _attribute_by_name(world, sid, call)
        case ExternalObject(dotted) if dotted in world.knowledge.writers:
            yield from _argument(world, sid, scope, call, dotted)
        case CellObject() | PartObject():
            yield from _held_methods(world, sid, call, contents(world, callee))
        case ExternalObject():
            yield from _in_place(world, sid, scope, call, callee)
        case ParameterObject(path=()):
            yield from _held_methods(world, sid, call, default_of(world, callee))
        case _:
            pass


def _in_place(
    world: World, sid: Sid, scope: Scope, call: Call, callee: MethodObject | ExternalObject
) -> Iterator[RawWrite]:
    """``frame.drop(..., inplace=True)`` changes the frame, ``add(a, b, out=c)`` changes c."""
    inplace = world.knowledge.inplace
    for keyword, value in call.keywords:
        if keyword not in inplace.values():
            continue
        target = plain(call.callee)
        if not isinstance(value, Const):
            target, found = value, world.evaluate(sid, value)
        elif value.text == "True" and isinstance(callee, MethodObject) and isinstance(target, Attr):
            target, found = target.base, (callee.receiver,)
        else:
            continue
        text = f"{describe(scope, call.callee)}({keyword}=...)"
        for item in found:
            if any(inplace.get(kind) == keyword for kind in container_kinds(world, item)):
                yield from _raw(world, sid, call, item, target, Action.METHOD, text)


def _held_methods(world: World, sid: Sid, call: Call, found: Objects) -> Iterator[RawWrite]:
    """``add = SEEN.add`` and then ``add(x)``: also where a default holds the method."""
    text = f"{describe(world.scopes[sid], call.callee)}()"
    for item in found:
        if isinstance(item, MethodObject) and is_mutator(world, item):
            yield from _raw(world, sid, call, item.receiver, call.callee, Action.METHOD, text)


def is_mutator(world: World, method: MethodObject) -> bool:
    """Whether a method changes the container that it belongs to."""
    return has_method(world, method.receiver, method.name)


def _raw(
    world: World, sid: Sid, call: Call, item: Object, target: AnyValue, action: Action, text: str
) -> Iterator[RawWrite]:
    """Yield the write to what `item`, reached through `target`, is part of."""
    cell, inner = place_of(world, item)
    if cell is None:
        return
    way = PARAMETER if isinstance(item, ParameterObject) else route(world, sid, target, cell)
    given = (*call.arguments, *(value for _, value in call.keywords))
    yield RawWrite(
        cell=cell,
        action=action,
        receiver=way.receiver,
        text=text,
        sid=sid,
        span=call.span,
        context=call.context,
        inner=inner,
        aliases=way.aliases,
        value=given[-1] if given else None,
        from_parameter=any(from_parameter(world, sid, value) for value in given),
    )


def _method(
    world: World, sid: Sid, scope: Scope, call: Call, receiver: Object, name: str
) -> Iterator[RawWrite]:
    """``cell.append(x)``: only where the receiver's type has this mutator."""
    if type(receiver) is NamespaceObject:
        yield from _attributes_by_dict(world, sid, scope, call, receiver.of, name)
    if type(receiver) not in OF_CELLS:
        return
    kinds = container_kinds(world, receiver)
    if type(receiver) is ParameterObject and not kinds:
        kinds = default_kinds(world, receiver)
    if not any(name in world.knowledge.mutators[kind] for kind in kinds):
        return
    callee = plain(call.callee)
    if type(callee) is not Attr:
        return
    base = callee.base
    text = f"{describe(scope, base)}.{name}()"
    yield from _raw(world, sid, call, receiver, base, Action.METHOD, text)


OF_CELLS = frozenset({CellObject, ParameterObject, PartObject})
"""What may belong to a cell."""


def _attributes_by_dict(
    world: World, sid: Sid, scope: Scope, call: Call, item: Object, name: str
) -> Iterator[RawWrite]:
    """``cell.__dict__.update(...)`` and ``vars(cell).update(...)``: attributes of the object."""
    callee = plain(call.callee)
    held = type(item) is CellObject or type(item) is PartObject
    if held and type(callee) is Attr and name in world.knowledge.mutators["dict"]:
        text = f"{describe(scope, callee.base)}.{name}()"
        yield from _raw(world, sid, call, item, callee.base, Action.ATTRIBUTE, text)


def _attribute_by_name(world: World, sid: Sid, call: Call) -> Iterator[RawWrite]:
    """``setattr(x, "name", value)`` with a constant name."""
    match call.arguments:
        case (target, Const(kind="str", text=name), *_):
            pass
        case _:
            return
    text = f"setattr(..., {name!r})"
    for item in world.evaluate(sid, target):
        match item:
            case ModuleObject(module):
                cell: Object = CellObject(CellKey((module, 0), name))
                yield from _raw(world, sid, call, cell, Attr(target, name), Action.REBIND, text)
            case ClassObject(owner):
                cell = CellObject(CellKey(owner_of(world, owner, name) or owner, name))
                yield from _raw(world, sid, call, cell, Attr(target, name), Action.REBIND, text)
            case CellObject() | PartObject():
                yield from _raw(world, sid, call, item, target, Action.ATTRIBUTE, text)
            case _:
                pass


def _argument(world: World, sid: Sid, scope: Scope, call: Call, dotted: str) -> Iterator[RawWrite]:
    """``heapq.heappush(cell, x)`` and the like."""
    row = world.knowledge.writers[dotted]
    targets = [call.arguments[i] for i in row.positions if i < len(call.arguments)]
    targets.extend(value for name, value in call.keywords if name in row.keywords)
    for target in targets:
        text = f"{dotted}({describe(scope, target)})"
        for item in world.evaluate(sid, target):
            if container_kinds(world, item):
                yield from _raw(world, sid, call, item, target, ACTIONS[row.action], text)
