"""What is ``object.name``?"""

from collections.abc import Callable, Mapping
from typing import Any

from pystatelint.link.fields import is_declarative, is_instance_field
from pystatelint.link.found_out import IN_PROGRESS
from pystatelint.link.hierarchy import (
    class_member,
    instance_bindings,
    is_bound_by_library,
    library_ancestors,
    owner_of,
    project_classes,
)
from pystatelint.link.kinds import kind_of
from pystatelint.link.modules import module_member
from pystatelint.link.objects import (
    CONSTANT,
    INDEPENDENT,
    CellKey,
    CellObject,
    ClassObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    LibraryInstance,
    MadeObject,
    MethodObject,
    ModuleObject,
    NamespaceObject,
    Object,
    Objects,
    ParameterObject,
    PartObject,
    Sid,
    SuperObject,
    inside,
    merged,
)
from pystatelint.link.storage import REFERENCES, contents
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, BindingKind, Name, ScopeFlag, ScopeKind

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
ANNOTATION = BindingKind.ANNOTATION
LAMBDA = ScopeKind.LAMBDA


def member(world: World, item: Object, name: str) -> Objects:
    """Return what the attribute `name` of an object stands for; nothing if unknown."""
    lookup = LOOKUPS.get(item.__class__)
    return () if lookup is None else lookup(world, item, name)


def _of_module(world: World, item: ModuleObject, name: str) -> Objects:
    """Return a name of a project module."""
    if name == "__dict__":
        return (NamespaceObject(item),)
    return module_member(world, item.module, name)


def _of_library(world: World, item: ExternalObject, name: str) -> Objects:
    """Return a name inside a library; a namespace package may hold modules of the project."""
    inner = world.index.get(f"{item.dotted}.{name}")
    if inner is not None:
        return (ModuleObject(inner),)
    return (ExternalObject(world.knowledge.canonical(f"{item.dotted}.{name}")),)


def _of_parameter(_world: World, item: ParameterObject, name: str) -> Objects:
    """Return an attribute of what a caller passed."""
    return (*inside(item, f".{name}", ()), MethodObject(item, name))


def _of_foreign(_world: World, item: Object, name: str) -> Objects:
    """Return an attribute of an object whose class is not of the project."""
    return (MethodObject(item, name),)


def _of_method(_world: World, item: MethodObject, name: str) -> Objects:
    """Return an attribute of an attribute of a library object that a cell holds."""
    if type(item.receiver) not in REFERENCES:
        return ()
    part = inside(item.receiver, f".{item.name}", ())[0]
    return (*inside(part, f".{name}", ()), MethodObject(part, name))


def _of_project_class(world: World, item: ClassObject, name: str) -> Objects:
    """Return an attribute of a project class."""
    return _of_class(world, item.sid, name)


def _of_project_instance(world: World, item: InstanceObject, name: str) -> Objects:
    """Return an attribute of an instance of a project class; looked up once."""
    key = (item.sid, name)
    found = world.members_of_instances.get(key)
    if found is None or found is IN_PROGRESS:
        return world.once(world.members_of_instances, key, of_instance, item.sid, name, item)
    return found


def _of_parent(world: World, item: SuperObject, name: str) -> Objects:
    """Return an attribute behind ``super()``."""
    return _of_super(world, item.sid, item.receiver, name)


def _of_class(world: World, sid: Sid, name: str) -> Objects:
    """Return a class attribute; methods stay unbound unless they are class methods."""
    if name == "__dict__":
        return (NamespaceObject(ClassObject(sid)),)
    found = class_member(world, sid, name)
    return tuple([_bound_to_class(world, item, sid) for item in found])


def _bound_to_class(world: World, item: Object, sid: Sid) -> Object:
    """Bind a class method to its class."""
    if type(item) is FunctionObject and item.receiver is None:
        if world.scopes[item.sid].flags & ScopeFlag.CLASS_METHOD:
            return FunctionObject(item.sid, ClassObject(sid))
    return item


def of_instance(world: World, sid: Sid, name: str, receiver: Object) -> Objects:
    """Return an attribute of an instance: its own if methods bind one, else the class's."""
    if name == "__class__":
        return (ClassObject(sid),)
    if name == "__dict__":
        return (NamespaceObject(receiver),)
    own = instance_bindings(world, sid, name)
    if own and any(binding.constructor for binding in own):
        return merged([world.evaluate(binding.method, binding.value) for binding in own])
    owner = owner_of(world, sid, name)
    if own and owner is None:
        return merged([world.evaluate(binding.method, binding.value) for binding in own])
    if owner is not None and is_bound_by_library(world, sid, name):
        return merged([world.evaluate(each.method, each.value) for each in own] or [()])
    if owner is None:
        foreign = library_ancestors(world, sid)[:1]
        return tuple([MethodObject(LibraryInstance(dotted), name) for dotted in foreign])
    if is_instance_field(world, owner, name) or _is_only_declared(world, owner, name):
        return field_value(world, owner, name)
    found = class_member(world, sid, name)
    if len(found) == 1:
        return _through_instance(world, found[0], sid, receiver)
    return merged([_through_instance(world, item, sid, receiver) for item in found])


def _through_instance(world: World, item: Object, sid: Sid, receiver: Object) -> Objects:
    """Bind a method to the instance; a property gives what its getter returns.

    A descriptor of the project (``__get__``) decides itself what an instance gets.
    """
    if type(item) is CellObject and (sid in world.with_prototypes or _is_descriptor(world, item)):
        return ()
    if type(item) is not FunctionObject or item.receiver is not None:
        return (item,)
    scope = world.scopes[item.sid]
    flags = scope.flags
    if flags & ScopeFlag.STATIC or (
        scope.kind is LAMBDA and item.sid not in world.classes_by_scope
    ):
        return (item,)
    if flags & ScopeFlag.CLASS_METHOD:
        return (FunctionObject(item.sid, ClassObject(sid)),)
    method = FunctionObject(item.sid, receiver)
    if flags & ScopeFlag.PROPERTY:
        return world.results(method)
    return (method,)


def _is_only_declared(world: World, owner: Sid, name: str) -> bool:
    """Whether a class names an attribute without giving it an object of its own.

    An annotation alone, or what a framework replaces for each instance: a column, a
    relationship, a form field. A plain container stays what it is, declared or not.
    """
    cell = CellKey(owner, name)
    bindings = world.bindings(cell)
    if bindings and bindings[0].kind is ANNOTATION:
        if all(each.kind is ANNOTATION for each in bindings):
            return cell not in world.global_binds
    # Asked first because it is seldom so, and easily told.
    if not is_declarative(world, owner, name):
        return False
    return not any(kind_of(world, each) for each in contents(world, CellObject(cell)))


def _is_descriptor(world: World, item: CellObject) -> bool:
    """Whether a class attribute is an instance of a project class with ``__get__``."""
    for held in contents(world, item):
        if type(held) is InstanceObject:
            for method in class_member(world, held.sid, "__get__"):
                if type(method) is FunctionObject:
                    return True
    return False


def field_value(world: World, owner: Sid, name: str) -> Objects:
    """Return what a declared field of an instance holds: by annotation, else by its default."""
    for binding in world.bindings(CellKey(owner, name)):
        if binding.annotation is not None:
            declared = world.declared(owner, binding.annotation)
            if declared:
                return declared
    return ()


def _of_stored(world: World, item: Object, name: str) -> Objects:
    """Return an attribute of what a cell holds; the path inside the cell is kept."""
    found: list[Objects] = []
    held = contents(world, item)
    for content in held:
        if content == CONSTANT and len(held) > 1:
            continue  # ``x = None`` keeps the place of what has the attribute
        if type(content) is InstanceObject:
            found.append(_of_held_instance(world, item, content, name))
        elif type(content) in INDEPENDENT:
            found.append(member(world, content, name))
        else:
            found.append((MethodObject(item, name),))
    if not held:
        found.append((*inside(item, f".{name}", ()), MethodObject(item, name)))
    return merged(found) if found else ()


def _of_held_instance(world: World, item: Object, content: InstanceObject, name: str) -> Objects:
    """Return an attribute of a project instance that a cell holds."""
    found: list[Object] = []
    worked_out = _is_worked_out(world, content.sid, name)
    for attribute in of_instance(world, content.sid, name, item):
        if worked_out:
            found.append(attribute)
        elif type(attribute) is MethodObject:
            found.append(MethodObject(item, name))
        elif type(attribute) in STANDING_ALONE:
            found.append(attribute)
        else:
            found.extend(inside(item, f".{name}", (attribute,)))
    if not found and not any(
        name in world.names.get(c, {}) for c in project_classes(world, content.sid)
    ):
        return inside(item, f".{name}", ())
    return tuple(found)


STANDING_ALONE = frozenset({CellObject, ClassObject, FunctionObject, NamespaceObject, PartObject})
"""Attributes of an instance that are no part of the cell that holds it."""


def _is_worked_out(world: World, sid: Sid, name: str) -> bool:
    """Whether an attribute is a property, which need not keep what it gives; a cached one does."""
    return any(
        type(each) is FunctionObject
        and world.scopes[each.sid].flags & ScopeFlag.PROPERTY
        and not any(_is_cached(made.value) for made in world.scopes[each.sid].decorators)
        for each in class_member(world, sid, name)
    )


def _is_cached(decorator: AnyValue) -> bool:
    """Whether a decorator is called ``cached_property``."""
    return isinstance(decorator, (Name, Attr)) and decorator.name == "cached_property"


def _of_super(world: World, sid: Sid, receiver: Object, name: str) -> Objects:
    """Return an attribute looked up behind a class in its resolution order."""
    for ancestor in project_classes(world, sid)[1:]:
        if name in world.names.get(ancestor, {}):
            found = class_member(world, ancestor, name)
            return merged([_through_instance(world, item, ancestor, receiver) for item in found])
    return tuple(
        ExternalObject(world.knowledge.canonical(f"{dotted}.{name}"))
        for dotted in library_ancestors(world, sid)
    )[:1]


LOOKUPS: Mapping[type, Callable[[World, Any, str], Objects]] = {
    CellObject: _of_stored,
    ClassObject: _of_project_class,
    ExternalObject: _of_library,
    InstanceObject: _of_project_instance,
    LibraryInstance: _of_foreign,
    MadeObject: _of_foreign,
    MethodObject: _of_method,
    ModuleObject: _of_module,
    NamespaceObject: _of_foreign,
    ParameterObject: _of_parameter,
    PartObject: _of_stored,
    SuperObject: _of_parent,
}
"""How an attribute is looked up, by what the object is."""
