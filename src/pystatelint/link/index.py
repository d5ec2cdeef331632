"""Which names do functions bind globally, and which attributes do methods bind on self?

Read off the facts before anything is evaluated, so that evaluation can rely on it.
"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.hierarchy import bases, descendants, project_classes
from pystatelint.link.objects import CellKey, ClassObject, Sid
from pystatelint.link.world import SelfBinding, World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    BindingKind,
    Const,
    Effect,
    EffectKind,
    Name,
    Param,
    Scope,
    ScopeFlag,
    ScopeKind,
    Typed,
)
from pystatelint.model.span import Span


def index_world(world: World) -> None:
    """Fill the indexes of a new world."""
    for sid, scope in world.scopes.items():
        for effect in scope.effects:
            _index_effect(world, sid, scope, effect)
    for sid, method in list(world.classes_by_scope.items()):
        _index_self(world, sid, method)


def index_subclasses(world: World) -> None:
    """Fill the inverse of the inheritance relation."""
    for sid, scope in world.scopes.items():
        if scope.kind is ScopeKind.CLASS:
            for parent in bases(world, sid):
                if isinstance(parent, ClassObject):
                    world.subclasses[parent.sid] = (*world.subclasses.get(parent.sid, ()), sid)


def _index_effect(world: World, sid: Sid, scope: Scope, effect: Effect) -> None:
    """Note a ``global`` rebind or a plain ``cls.name = value``."""
    if effect.kind in (EffectKind.BIND, EffectKind.UNBIND, EffectKind.AUGMENT):
        if isinstance(effect.target, Name) and scope.kind is not ScopeKind.MODULE:
            if not _is_nonlocal(scope, effect.name):
                cell = CellKey((sid[0], 0), effect.name)
                world.global_binds.setdefault(cell, []).append((sid, effect))
        return
    if effect.kind is EffectKind.SET_ATTRIBUTE:
        owner = _class_named(world, sid, scope, plain(effect.target))
        if owner is not None:
            cell = CellKey(owner, effect.name)
            world.global_binds.setdefault(cell, []).append((sid, effect))


def _is_nonlocal(scope: Scope, name: str) -> bool:
    """Whether an enclosing function owns the name."""
    return any(free == name for free, _ in scope.free)


def _class_named(world: World, sid: Sid, scope: Scope, target: AnyValue) -> Sid | None:
    """Return the class that `target` names without any doubt: ``cls``, or a class of this module."""
    match target:
        case Param(index=0) if scope.flags & ScopeFlag.CLASS_METHOD:
            return world.classes_by_scope.get(sid)
        case Name(name=name):
            for binding in world.names.get((sid[0], 0), {}).get(name, ()):
                if binding.kind is BindingKind.CLASS:
                    return (sid[0], binding.value.scope)  # type: ignore[union-attr]  # classes bind a Def
            return None
        case Attr(base=Param(index=0), name="__class__"):
            return world.classes_by_scope.get(sid)
        case _:
            return None


def plain(value: AnyValue) -> AnyValue:
    """Return the value behind local aliases."""
    while isinstance(value, (Alias, Typed)):
        value = value.base if isinstance(value, Alias) else value.value
    return value


def _index_self(world: World, method: Sid, owner: Sid) -> None:
    """Note the ``self.name = value`` of one method."""
    scope = world.scopes[method]
    if scope.flags & (ScopeFlag.STATIC | ScopeFlag.CLASS_METHOD):
        return
    constructor = scope.name in world.knowledge.constructors
    table = world.self_bindings.setdefault(owner, {})
    for name, value, span in _self_stores(scope):
        binding = SelfBinding(name, method, value, span, constructor)
        table[name] = (*table.get(name, ()), binding)


def _self_stores(scope: Scope) -> Iterator[tuple[str, AnyValue, Span]]:
    """Yield ``(attribute, value, span)`` of each store to ``self``."""
    for effect in scope.effects:
        if effect.kind is EffectKind.SET_ATTRIBUTE and plain(effect.target) == Param(0):
            if effect.value is not None:
                yield effect.name, effect.value, effect.span
    for call in scope.calls:
        match call.callee, call.arguments:
            case Name("setattr"), (Param(0), Const(text=name), value):
                yield name, value, call.span
            case _:
                pass


def mark_constructor_helpers(world: World) -> None:
    """Mark bindings in methods that construction calls, here or elsewhere in the hierarchy."""
    helpers = constructor_helpers(world)
    for owner, table in world.self_bindings.items():
        family = (*project_classes(world, owner), *descendants(world, owner))
        called = frozenset(name for item in family for name in helpers.get(item, ()))
        for name, bindings in table.items():
            table[name] = tuple(
                msgspec.structs.replace(binding, constructor=True)
                if world.scopes[binding.method].name in called
                else binding
                for binding in bindings
            )


def constructor_helpers(world: World) -> dict[Sid, frozenset[str]]:
    """Return, for each class, the methods that its constructors call on self, transitively."""
    found: dict[Sid, frozenset[str]] = {}
    methods: dict[Sid, dict[str, Sid]] = {}
    for method, owner in world.classes_by_scope.items():
        methods.setdefault(owner, {})[world.scopes[method].name] = method
    for owner, own in methods.items():
        reached: set[str] = set()
        queue = [name for name in own if name in world.knowledge.constructors]
        while queue:
            name = queue.pop()
            for callee in _self_calls(world.scopes[own[name]]) if name in own else ():
                if callee not in reached:
                    reached.add(callee)
                    queue.append(callee)
        found[owner] = frozenset(reached)
    return found


def _self_calls(scope: Scope) -> tuple[str, ...]:
    """Return the names of the methods that a method calls on self or super()."""
    return tuple(
        call.callee.name
        for call in scope.calls
        if isinstance(call.callee, Attr) and plain(call.callee.base) == Param(0)
    )
