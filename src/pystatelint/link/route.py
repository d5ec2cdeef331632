"""Through what expression does a writer reach a cell?"""

import msgspec

from pystatelint.link.derive import is_receiver
from pystatelint.link.describe import describe
from pystatelint.link.hierarchy import instance_bindings, project_classes
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ClassObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    ModuleObject,
    Object,
    PartObject,
    Sid,
)
from pystatelint.link.records import Receiver
from pystatelint.link.storage import owners_behind
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Call,
    Const,
    Entered,
    Item,
    Name,
    Param,
    Result,
    Slice,
    Truthy,
    Typed,
    Union,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.span import Span


class Route(msgspec.Struct, frozen=True):
    """How an expression leads to a cell: its receiver, and the aliases on the way."""

    receiver: Receiver
    aliases: tuple[Step, ...] = ()


def route(world: World, sid: Sid, value: AnyValue, cell: CellKey) -> Route:
    """Return how `value`, read in scope `sid`, leads to `cell`."""
    match value:
        case Alias(base=base, name=name, line=line, column=column):
            inner = route(world, sid, base, cell)
            place = Span(line, column, line, column + len(name))
            source = f"{name} = {describe(world.scopes[sid], base)}"
            what = (
                "the same object, not a copy" if "." in name else f"held by the local name {name}"
            )
            text = f"{name} is {what}: {source}" if "." in name else f"{what}: {source}"
            hop = Step(StepKind.ALIAS, world.path(sid), place, text)
            return Route(inner.receiver, (*inner.aliases, hop))
        case Item(base=base) | Truthy(base=base) | Entered(base=base) | Slice(base=base):
            return route(world, sid, base, cell)
        case Typed(value=inner_value):
            return route(world, sid, inner_value, cell)
        case Union(options=options):
            ways = [
                route(world, sid, option, cell)
                for option in options
                if any(cell_of(each) == cell for each in world.evaluate(sid, option))
            ]
            own = [way for way in ways if way.receiver is not Receiver.RESULT]
            return next(iter(own or ways), Route(Receiver.NAME))
        case Attr(base=base, name=name):
            return _through_attribute(world, sid, base, name, cell)
        case Name(name=name):
            return _through_name(world, sid, name, cell)
        case Param():
            return Route(Receiver.PARAMETER)
        case Result(call=number):
            return _through_call(world, sid, number, cell)
        case _:
            return Route(Receiver.NAME)


def cell_of(item: Object) -> CellKey | None:
    """Return the cell that an object is, or is part of."""
    match item:
        case CellObject(cell) | PartObject(cell, _, _):
            return cell
        case _:
            return None


def _through_attribute(world: World, sid: Sid, base: AnyValue, name: str, cell: CellKey) -> Route:
    """Return the route of ``base.name``."""
    for each in owners_behind(world, world.evaluate(sid, base)):
        match each:
            case ModuleObject():
                return Route(Receiver.MODULE)
            case ClassObject():
                return Route(Receiver.CLASS)
            case InstanceObject(owner):
                receiver = Receiver.SELF if _is_self(world, sid, base) else Receiver.INSTANCE
                if cell.owner in project_classes(world, owner) and cell.name == name:
                    return Route(receiver)
                return Route(receiver, _bound_on_self(world, owner, name, cell))
            case CellObject() | PartObject() if cell_of(each) == cell:
                return route(world, sid, base, cell)
            case CellObject() | PartObject():
                return Route(Receiver.INSTANCE)
            case _:
                pass
    return Route(Receiver.INSTANCE)


def _is_self(world: World, sid: Sid, base: AnyValue) -> bool:
    """Whether an expression is the instance that a method runs on."""
    while isinstance(base, (Alias, Truthy)):
        base = base.base
    if base == Param(0):
        return is_receiver(world, sid)
    if isinstance(base, Name):
        return any(free == base.name for free, _ in world.scopes[sid].free)
    return False


def _bound_on_self(world: World, owner: Sid, name: str, cell: CellKey) -> tuple[Step, ...]:
    """Return the places where a method binds the cell's object to an attribute."""
    return tuple(
        Step(
            StepKind.ALIAS,
            world.path(binding.method),
            binding.span,
            f"self.{name} is the same object, not a copy, in {world.symbol(binding.method)}",
        )
        for binding in instance_bindings(world, owner, name)
        if any(cell_of(each) == cell for each in world.evaluate(binding.method, binding.value))
    )


def _through_name(world: World, sid: Sid, name: str, cell: CellKey) -> Route:
    """Return the route of a bare name: also one that an enclosing function holds."""
    for free, owner in world.scopes[sid].free:
        if free == name:
            enclosing = (sid[0], owner)
            bindings = world.names.get(enclosing, {}).get(name, ())
            if bindings and bindings[0].value is not None:
                return route(world, enclosing, bindings[0].value, cell)
    return Route(Receiver.NAME)


def _through_call(world: World, sid: Sid, number: int, cell: CellKey) -> Route:
    """Return the route of a call's result: a method of the cell, or a function that returns it."""
    call = world.scopes[sid].calls[number]
    if ExternalObject("getattr") in world.evaluate(sid, call.callee):
        match call.arguments:
            case (base, Const(kind="str", text=name), *_):
                return _through_attribute(world, sid, base, name, cell)
            case _:
                pass
    handed_back = _handed_back(world, sid, call)
    if handed_back is not None:
        return route(world, sid, handed_back, cell)
    if isinstance(call.callee, Attr):
        held = world.evaluate(sid, call.callee.base)
        if any(cell_of(each) == cell for each in held):
            return route(world, sid, call.callee.base, cell)
    text = f"returned by reference from {describe(world.scopes[sid], call.callee)}()"
    own = any(type(each) is FunctionObject for each in world.evaluate(sid, call.callee))
    hop = Step(StepKind.ALIAS, world.path(sid), call.span, text)
    return Route(Receiver.RESULT if own else Receiver.NAME, (hop,))


def _handed_back(world: World, sid: Sid, call: Call) -> AnyValue | None:
    """Return the argument that is the call's result, as that of `typing.cast` is."""
    for callee in world.evaluate(sid, call.callee):
        if isinstance(callee, ExternalObject):
            pure = world.knowledge.pure.get(callee.dotted)
            if pure is not None and pure.returns == "argument":
                return next(iter(call.arguments[pure.argument or 0 :]), None)
    return None
