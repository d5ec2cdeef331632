"""Which statements write a cell?"""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from pystatelint.link.derive import from_parameter, is_receiver
from pystatelint.link.describe import describe
from pystatelint.link.hierarchy import library_ancestors, owner_of
from pystatelint.link.kinds import container_kinds, has_method, is_default_dict
from pystatelint.link.objects import (
    CONSTANT,
    CellKey,
    CellObject,
    ClassObject,
    ExternalObject,
    InstanceObject,
    MethodObject,
    ModuleObject,
    NamespaceObject,
    Object,
    ParameterObject,
    PartObject,
    Sid,
    inside,
)
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action, Receiver
from pystatelint.link.route import Route, route
from pystatelint.link.storage import owners_behind
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    BindingKind,
    Const,
    ContextFlag,
    Def,
    Effect,
    EffectKind,
    Name,
    Param,
    ParameterKind,
    Result,
    Scope,
)
from pystatelint.model.self_stores import plain

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
READ_ITEM = EffectKind.READ_ITEM

ITEM_EFFECTS = {
    EffectKind.SET_ITEM: "{}[...] = ...",
    EffectKind.DELETE_ITEM: "del {}[...]",
    EffectKind.AUGMENT_ITEM: "{}[...] op= ...",
    READ_ITEM: "{}[...] inserts a missing key",
}
"""Effects on an element, and how they read."""


def effect_writes(world: World, sid: Sid, scope: Scope, effect: Effect) -> Iterator[RawWrite]:
    """Return the writes to cells that one effect amounts to."""
    return BY_KIND.get(effect.kind, _item_set)(world, sid, scope, effect)


class Act(msgspec.Struct, frozen=True):
    """What an effect does: the action, how it reads, and the attribute it concerns."""

    action: Action
    text: str
    step: str = ""


def written(
    world: World, sid: Sid, item: Object, target: AnyValue, effect: Effect, act: Act
) -> Iterator[RawWrite]:
    """Yield the write to what `item`, reached through `target`, is part of."""
    cell, inner = place_of(world, item)
    if cell is None:
        return
    way = route(world, sid, target, cell) if not isinstance(item, ParameterObject) else PARAMETER
    yield RawWrite(
        cell=cell,
        action=act.action,
        receiver=way.receiver,
        text=act.text,
        sid=sid,
        span=effect.span,
        context=effect.context,
        inner=(*inner, act.step) if act.step else inner,
        aliases=way.aliases,
        value=effect.value,
        key=key_text(effect),
        from_parameter=from_parameter(world, sid, effect.value)
        or from_parameter(world, sid, effect.key),
    )


def key_text(effect: Effect) -> str:
    """Return the constant string under which an effect finds an element, or nothing."""
    key = effect.key
    return key.text if isinstance(key, Const) and key.kind == "str" else ""


PARAMETER = Route(Receiver.PARAMETER)


def place_of(world: World, item: Object) -> tuple[CellKey | None, tuple[str, ...]]:
    """Return the cell that an object belongs to, and the path inside it.

    A parameter with a default that can change is a cell of its own.
    """
    match item:
        case CellObject(cell):
            return cell, ()
        case PartObject(cell, path, _):
            return cell, path
        case ParameterObject(path=path):
            return default_cell(world, item), path
        case _:
            return None, ()


def is_marker(world: World, sid: Sid, default: AnyValue) -> bool:
    """Whether a default is data for a framework: ``Depends(...)`` is no object that callers get."""
    if not isinstance(default, Result):
        return False
    markers = world.knowledge.tables.markers
    callee = world.scopes[sid].calls[default.call].callee
    return any(
        isinstance(each, ExternalObject) and each.dotted in markers
        for each in world.evaluate(sid, callee)
    )


def default_cell(world: World, item: ParameterObject) -> CellKey | None:
    """Return the cell of a parameter's default, if the object may be that and can change."""
    parameter = world.scopes[item.sid].parameters[item.index]
    if item.given or parameter.default is None or isinstance(parameter.default, Const):
        return None
    if parameter.kind in (ParameterKind.STAR, ParameterKind.DOUBLE_STAR):
        return None
    if is_marker(world, (item.sid[0], world.scopes[item.sid].parent), parameter.default):
        return None
    return CellKey(item.sid, f"({parameter.name})")


def _name_bound(world: World, sid: Sid, scope: Scope, effect: Effect) -> Iterator[RawWrite]:
    """``global x; x = ...``."""
    if any(free == effect.name for free, _ in scope.free):
        return
    text = f"del {effect.name}" if effect.kind is EffectKind.UNBIND else f"{effect.name} = ..."
    cell = CellObject(CellKey((sid[0], 0), effect.name))
    action = Action.UNBIND if effect.kind is EffectKind.UNBIND else Action.REBIND
    yield from written(world, sid, cell, Name(effect.name), effect, Act(action, text))


def _augmented(world: World, sid: Sid, scope: Scope, effect: Effect) -> Iterator[RawWrite]:
    """``x += value``: in place for containers, otherwise a rebind of a global name."""
    text = f"{describe(scope, effect.target)} op= ..."
    bare = isinstance(effect.target, Name)
    for item in world.evaluate(sid, effect.target):
        if has_method(world, item, effect.method):
            yield from written(world, sid, item, effect.target, effect, Act(Action.AUGMENTED, text))
        elif (
            bare and isinstance(item, CellObject) and item.cell == CellKey((sid[0], 0), effect.name)
        ):
            if not any(free == effect.name for free, _ in scope.free):
                yield from written(
                    world, sid, item, effect.target, effect, Act(Action.REBIND, text)
                )


def _attribute_set(world: World, sid: Sid, scope: Scope, effect: Effect) -> Iterator[RawWrite]:
    """``base.name = value`` and ``del base.name``."""
    found = owners_behind(world, world.evaluate(sid, effect.target))
    if not any(type(item) in WITH_ATTRIBUTES for item in found):
        return  # most are ``self.name = ...``
    unbind = effect.kind is EffectKind.DELETE_ATTRIBUTE
    act = f"{describe(scope, effect.target)}.{effect.name}"
    text = f"del {act}" if unbind else f"{act} = ..."
    whole = Action.UNBIND if unbind else Action.REBIND
    target = Attr(effect.target, effect.name)
    if sum(isinstance(item, ClassObject) for item in found) > 1:
        return  # one of several classes: which one is not proven
    if _is_some_class(world, sid, effect.target) or _may_be_made_by_a_base(
        world, sid, effect.target
    ):
        found = tuple(item for item in found if not isinstance(item, ClassObject))
    for item in found:
        match item:
            case ModuleObject(module):
                cell = CellKey((module, 0), effect.name)
                yield from written(world, sid, CellObject(cell), target, effect, Act(whole, text))
            case ClassObject(owner):
                cell = CellKey(_bound_on(world, owner, effect), effect.name)
                yield from written(world, sid, CellObject(cell), target, effect, Act(whole, text))
            case CellObject() | PartObject() | ParameterObject():
                step = f".{effect.name}"
                yield from written(
                    world, sid, item, effect.target, effect, Act(Action.ATTRIBUTE, text, step)
                )
            case MethodObject(CellObject() | PartObject() as receiver, outer):
                step = f".{effect.name}"
                part = inside(receiver, f".{outer}", ())[0]
                yield from written(
                    world, sid, part, effect.target, effect, Act(Action.ATTRIBUTE, text, step)
                )
            case _:
                pass


WITH_ATTRIBUTES = frozenset(
    {CellObject, ClassObject, MethodObject, ModuleObject, ParameterObject, PartObject}
)
"""What may be a cell, or hold one as an attribute."""


def _bound_on(world: World, owner: Sid, effect: Effect) -> Sid:
    """Return the class whose attribute a store binds.

    ``Heir.x = 1`` gives Heir an attribute of its own. What a method stores through ``cls`` goes
    to the class it is called on, and counts as that of the class that has the attribute.
    """
    if isinstance(plain(effect.target), (Def, Name)):
        return owner
    return owner_of(world, owner, effect.name) or owner


def _is_some_class(world: World, sid: Sid, target: AnyValue) -> bool:
    """Whether a target is a class that a caller passes: of ``type[Base]`` that may be any heir."""
    target = plain(target)
    return isinstance(target, Param) and not (target.index == 0 and is_receiver(world, sid))


def _may_be_made_by_a_base(world: World, sid: Sid, target: AnyValue) -> bool:
    """Whether ``self.widget``, a class by the body, may hold an object that a library base made.

    Frameworks make an object of such a class for each instance: a form its widgets, a view its
    paginator. What is set through the instance is then set on that object.
    """
    target = plain(target)
    if not isinstance(target, Attr):
        return False
    return any(
        isinstance(base, InstanceObject)
        and library_ancestors(world, base.sid)
        and not _is_class_statement(world, base.sid, target.name)
        for base in world.evaluate(sid, target.base)
    )


def _is_class_statement(world: World, sid: Sid, name: str) -> bool:
    """Whether an attribute is a class that is defined in the body."""
    owner = owner_of(world, sid, name)
    return owner is None or any(
        binding.kind is BindingKind.CLASS for binding in world.bindings(CellKey(owner, name))
    )


def _attribute_augmented(
    world: World, sid: Sid, scope: Scope, effect: Effect
) -> Iterator[RawWrite]:
    """``base.name += value``."""
    target = Attr(effect.target, effect.name)
    text = f"{describe(scope, target)} op= ..."
    for item in world.evaluate(sid, target):
        if has_method(world, item, effect.method):
            yield from written(world, sid, item, target, effect, Act(Action.AUGMENTED, text))
    for base in owners_behind(world, world.evaluate(sid, effect.target)):
        match base:
            case ClassObject(owner):
                cell = CellKey(owner_of(world, owner, effect.name) or owner, effect.name)
                if not has_method(world, CellObject(cell), effect.method):
                    yield from written(
                        world, sid, CellObject(cell), target, effect, Act(Action.REBIND, text)
                    )
            case ModuleObject(module):
                cell = CellKey((module, 0), effect.name)
                if not has_method(world, CellObject(cell), effect.method):
                    yield from written(
                        world, sid, CellObject(cell), target, effect, Act(Action.REBIND, text)
                    )
            case CellObject() | PartObject():
                step = f".{effect.name}"
                yield from written(
                    world, sid, base, effect.target, effect, Act(Action.ATTRIBUTE, text, step)
                )
            case _:
                pass


def _item_set(world: World, sid: Sid, scope: Scope, effect: Effect) -> Iterator[RawWrite]:
    """``base[key] = value``, ``del base[key]``, ``base[key] += value``, ``base[key]``."""
    found = world.evaluate(sid, effect.target)
    if effect.kind is not READ_ITEM:
        found = tuple([_behind_view(world, item) for item in found])
    if not any(type(item) in WITH_ITEMS for item in found):
        return
    text = ITEM_EFFECTS[effect.kind].format(describe(scope, effect.target))
    for item in found:
        if len(found) > 1 and type(item) is PartObject and item.content == CONSTANT:
            continue  # a constant has no items: it is another of the objects that is meant
        if type(item) is NamespaceObject:
            yield from _namespace_set(world, sid, effect, item, text)
        elif type(item) in WITH_ITEMS:
            if effect.kind is not READ_ITEM or inserts(world, scope, effect, item):
                yield from written(world, sid, item, effect.target, effect, Act(Action.ITEM, text))


WITH_ITEMS = frozenset({CellObject, NamespaceObject, ParameterObject, PartObject})
"""What may be a cell, or hold one as an item."""


def inserts(world: World, scope: Scope, effect: Effect, item: Object) -> bool:
    """Whether reading an element may insert it: of a `defaultdict`, under an untested key."""
    tested = scope.contexts[effect.context].flags & ContextFlag.FOUND
    return not tested and is_default_dict(world, item)


def _behind_view(world: World, item: Object) -> Object:
    """Return the container behind an attribute that gives access to its elements: ``frame.loc``."""
    if type(item) is not MethodObject or type(item.receiver) not in WITH_ITEMS:
        return item
    inplace, elements = world.knowledge.inplace, world.knowledge.elements
    kinds = container_kinds(world, item.receiver)
    is_view = any(kind in inplace and item.name in elements[kind] for kind in kinds)
    return item.receiver if is_view else item


def _namespace_set(
    world: World, sid: Sid, effect: Effect, item: NamespaceObject, text: str
) -> Iterator[RawWrite]:
    """``globals()["x"] = value``."""
    if effect.kind is READ_ITEM:
        return
    match item.of, effect.key:
        case ModuleObject(module), Const(kind="str", text=name):
            cell = CellObject(CellKey((module, 0), name))
            for write in written(world, sid, cell, Name(name), effect, Act(Action.REBIND, text)):
                own = module == sid[0]
                yield write if own else msgspec.structs.replace(write, receiver=Receiver.MODULE)
        case ClassObject(owner), Const(kind="str", text=name):
            cell = CellObject(CellKey(owner, name))
            yield from written(world, sid, cell, effect.target, effect, Act(Action.REBIND, text))
        case ((CellObject() | PartObject() as held), _):
            yield from written(world, sid, held, effect.target, effect, Act(Action.ATTRIBUTE, text))
        case _:
            pass


BY_KIND: Mapping[EffectKind, Callable[[World, Sid, Scope, Effect], Iterator[RawWrite]]] = {
    EffectKind.BIND: _name_bound,
    EffectKind.UNBIND: _name_bound,
    EffectKind.AUGMENT: _augmented,
    EffectKind.SET_ATTRIBUTE: _attribute_set,
    EffectKind.DELETE_ATTRIBUTE: _attribute_set,
    EffectKind.AUGMENT_ATTRIBUTE: _attribute_augmented,
}
"""How each kind of effect is read; all others concern an element."""
