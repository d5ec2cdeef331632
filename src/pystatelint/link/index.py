"""Which names do functions bind globally, and which attributes do methods bind on self?

Read off the facts before anything is evaluated, so that evaluation can rely on it.
"""

from collections import defaultdict

import msgspec

from pystatelint.link.found_out import SelfBinding
from pystatelint.link.hierarchy import (
    ancestor_names,
    bases,
    descendants,
    library_ancestors,
    project_classes,
)
from pystatelint.link.objects import CellKey, ClassObject, ModuleObject, Sid
from pystatelint.link.world import VALUE_KINDS, Place, World
from pystatelint.link.wrapped_constructors import bound_by_wrappers
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    BindingKind,
    Effect,
    EffectKind,
    Name,
    Param,
    Scope,
    ScopeFlag,
    ScopeKind,
)
from pystatelint.model.self_stores import plain, self_calls, self_stores

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
AUGMENT = EffectKind.AUGMENT
BIND = EffectKind.BIND
SET_ATTRIBUTE = EffectKind.SET_ATTRIBUTE
UNBIND = EffectKind.UNBIND


def index_world(world: World) -> None:
    """Fill the indexes of a new world."""
    for sid in world.acting:
        scope = world.scopes[sid]
        for effect in scope.effects:
            _index_effect(world, sid, scope, effect)
    for sid, owner in list(world.classes_by_scope.items()):
        _index_self(world, sid, owner)
    for owner, binding in bound_by_wrappers(world):
        table = world.self_bindings.setdefault(owner, {})
        table[binding.name] = (*table.get(binding.name, ()), binding)
    for sid in world.acting:
        scope = world.scopes[sid]
        if scope.free:
            _index_enclosed_self(world, sid, scope)


def index_module_stores(world: World) -> None:
    """Note ``module.name = value``: a binding of that module made by another one."""
    for sid in world.acting:
        for effect in world.scopes[sid].effects:
            if effect.kind is SET_ATTRIBUTE and isinstance(effect.target, (Name, Attr)):
                if isinstance(plain(effect.target), Attr) and _hangs_on_parameter(effect.target):
                    continue
                for item in world.evaluate(sid, effect.target):
                    if isinstance(item, ModuleObject):
                        cell = CellKey((item.module, 0), effect.name)
                        if any(each.kind not in VALUE_KINDS for each in world.bindings(cell)):
                            continue  # a function or class that is replaced stays one
                        world.bind_globally(cell, sid, effect)


def _hangs_on_parameter(value: AnyValue) -> bool:
    """Whether an attribute chain starts at a parameter, which is no module."""
    while isinstance(value, Attr):
        value = value.base
    return isinstance(value, Param)


def index_subclasses(world: World) -> None:
    """Fill the inverse of the inheritance relation."""
    for sid in world.classes:
        for parent in bases(world, sid):
            if type(parent) is ClassObject:
                world.subclasses[parent.sid] = (*world.subclasses.get(parent.sid, ()), sid)


def _index_effect(world: World, sid: Sid, scope: Scope, effect: Effect) -> None:
    """Note a ``global`` rebind or a plain ``cls.name = value``."""
    if effect.kind in (BIND, UNBIND, AUGMENT):
        if isinstance(effect.target, Name) and scope.kind is not ScopeKind.MODULE:
            if not _is_nonlocal(scope, effect.name):
                cell = CellKey((sid[0], 0), effect.name)
                world.bind_globally(cell, sid, effect)
        return
    if effect.kind is SET_ATTRIBUTE:
        owner = _class_named(world, sid, scope, plain(effect.target))
        if owner is not None:
            cell = CellKey(owner, effect.name)
            world.bind_globally(cell, sid, effect)


def index_calls(world: World) -> None:
    """Note the calls of attributes by name, for those who ask for certain methods."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for sid, scope in world.scopes.items():
        for number, call in enumerate(scope.calls):
            if type(call.callee) is Attr:
                found[call.callee.name].append((sid, number))
    world.method_calls = dict(found)
    world.mutator_calls = world.calls_named(world.knowledge.all_mutators)


def _is_nonlocal(scope: Scope, name: str) -> bool:
    """Whether an enclosing function owns the name."""
    return any(free == name for free, _ in scope.free)


def _class_named(world: World, sid: Sid, scope: Scope, target: AnyValue) -> Sid | None:
    """Return the class that `target` names beyond doubt: ``cls``, or a class of this module."""
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


def _index_self(world: World, method: Sid, owner: Sid) -> None:
    """Note the ``self.name = value`` of one method."""
    scope = world.scopes[method]
    table = world.self_bindings.setdefault(owner, {})
    for name, value, span, certain in self_stores(scope):
        binding = SelfBinding(name, method, value, span, certain=certain)
        table[name] = (*table.get(name, ()), binding)


def _index_enclosed_self(world: World, sid: Sid, scope: Scope) -> None:
    """Note the ``self.name = value`` of a function inside a method, which has self from there."""
    for name, position in scope.free:
        owner = world.classes_by_scope.get((sid[0], position))
        if owner is None or not _is_instance(world.scopes[(sid[0], position)], name):
            continue
        table = world.self_bindings.setdefault(owner, {})
        for effect in scope.effects:
            if effect.kind is SET_ATTRIBUTE and plain(effect.target) == Name(name):
                if effect.value is not None:
                    binding = SelfBinding(effect.name, sid, effect.value, effect.span)
                    table[effect.name] = (*table.get(effect.name, ()), binding)


def _is_instance(method: Scope, name: str) -> bool:
    """Whether a name is that of the instance in a method."""
    bound = not method.flags & (ScopeFlag.STATIC | ScopeFlag.CLASS_METHOD)
    return bound and bool(method.parameters) and method.parameters[0].name == name


SPECIAL_ATTRIBUTES = frozenset({"__class__", "__dict__"})
"""What every object has."""


def attribute_names(world: World) -> frozenset[str]:
    """Return every name that a module or class of the project, or an instance, may have."""
    found = set(SPECIAL_ATTRIBUTES | world.rebound)
    found.update(module.name.rpartition(".")[2] for module in world.modules)
    for sid, names in world.names.items():
        if world.scopes[sid].kind in OWNERS:
            found.update(names)
    for bound in world.self_bindings.values():
        found.update(bound)
    return frozenset(found)


OWNERS = frozenset({ScopeKind.MODULE, ScopeKind.CLASS})

CONSTRUCTION = frozenset({"construction", "test-setup"})
"""Moments at which an instance is not in use yet."""


def mark_constructors(world: World) -> None:
    """Mark the bindings that every instance gets while it is constructed.

    They stand in a constructor, or in a method that construction calls here or
    elsewhere in the hierarchy, on every path through it.
    """
    methods = _methods(world)
    for owner, table in world.self_bindings.items():
        family = (*project_classes(world, owner), *descendants(world, owner))
        own = [(item, methods[item]) for item in family if item in methods]
        called = _helpers(world, own) | _called_by_library(world, owner)
        for name, bindings in table.items():
            table[name] = tuple(
                msgspec.structs.replace(binding, constructor=True)
                if _constructs(world, owner, binding, called)
                else binding
                for binding in bindings
            )


def _called_by_library(world: World, owner: Sid) -> frozenset[str]:
    """Return the methods that the constructors of library bases call on the instance."""
    installed = world.knowledge.installed
    known = (installed.find(each) for each in library_ancestors(world, owner))
    return frozenset(name for each in known if each is not None for name in each.calls)


def _constructs(world: World, owner: Sid, binding: SelfBinding, called: frozenset[str]) -> bool:
    """Whether a binding is certain to happen while an instance is constructed."""
    scope = world.scopes[binding.method]
    if scope.name not in called and not is_constructor(world, owner, scope.name):
        return False
    return binding.name in scope.binds or binding.certain


def is_constructor(world: World, owner: Sid, name: str) -> bool:
    """Whether a method runs as part of construction, by its name and the bases of its class."""
    for row in world.knowledge.init_methods.get(name, ()):
        if row.when in CONSTRUCTION:
            if not row.bases or not set(row.bases).isdisjoint(ancestor_names(world, owner)):
                return True
    return False


def _methods(world: World) -> dict[Sid, dict[str, Sid]]:
    """Return the methods of each class, by name."""
    found: dict[Sid, dict[str, Sid]] = {}
    for method, owner in world.classes_by_scope.items():
        found.setdefault(owner, {})[world.scopes[method].name] = method
    return found


def _helpers(world: World, family: list[tuple[Sid, dict[str, Sid]]]) -> frozenset[str]:
    """Return the methods that the constructors of a family of classes call on self.

    Also through others, which may be those of a heir: a base constructor that calls
    ``self.open()`` runs what the heir makes of it.

    Parameters:
        family: each class with its methods by name.
    """
    reached: set[str] = set()
    queue = [
        method
        for item, own in family
        for name, method in own.items()
        if is_constructor(world, item, name)
    ]
    while queue:
        for name in self_calls(world.scopes[queue.pop()]):
            if name not in reached:
                reached.add(name)
                queue.extend(own[name] for _, own in family if name in own)
    return frozenset(reached)
