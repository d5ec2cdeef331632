"""Which classes does a class inherit from, and where does an attribute come from?"""

from pystatelint.link.found_out import SelfBinding
from pystatelint.link.lineage import joined, library_order
from pystatelint.link.modules import bound, module_member
from pystatelint.link.objects import (
    CellKey,
    ClassObject,
    ExternalObject,
    LibraryInstance,
    MethodObject,
    Object,
    Objects,
    Sid,
)
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import Generic


def bases(world: World, sid: Sid) -> Objects:
    """Return the direct bases of a class, as far as they are known."""
    found = world.bases.get(sid)
    if found is None:
        world.bases[sid] = ()
        scope = world.scopes[sid]
        outer = (sid[0], scope.parent)
        known: list[Object] = []
        for value in scope.bases:
            named = value.base if isinstance(value, Generic) else value
            for item in world.evaluate(outer, named):
                known.extend(each for each in as_class(world, item) if each not in known)
        found = world.bases[sid] = tuple(item for item in known if item != ClassObject(sid))
    return found


def as_class(world: World, item: Object) -> Objects:
    """Return the class that an object is; an attribute of a library object may be one.

    ``db.Model`` of ``db = SQLAlchemy()`` goes by the name ``flask_sqlalchemy.SQLAlchemy.Model``.
    """
    match item:
        case ClassObject():
            return (item,)
        case ExternalObject(dotted):
            return (ExternalObject(world.knowledge.installed.place_of(dotted)),)
        case MethodObject(receiver, name):
            return tuple(
                ExternalObject(world.knowledge.canonical(f"{held.dotted}.{name}"))
                for held in contents(world, receiver)
                if isinstance(held, LibraryInstance)
            )
        case _:
            return ()


def ancestry(world: World, sid: Sid) -> Objects:
    """Return the method resolution order of a class, itself first."""
    found = world.orders.get(sid)
    if found is None:
        world.orders[sid] = (ClassObject(sid),)
        direct = bases(world, sid)
        orders = [list(_order_of(world, base)) for base in direct]
        found = world.orders[sid] = (
            ClassObject(sid),
            *(item for item in joined(orders, list(direct)) if item != ClassObject(sid)),
        )
    return found


def _order_of(world: World, base: Object) -> Objects:
    """Return the resolution order of a base, itself first."""
    match base:
        case ClassObject(sid):
            return ancestry(world, sid)
        case ExternalObject(dotted):
            return library_order(world, dotted)
        case _:
            return (base,)


def project_classes(world: World, sid: Sid) -> tuple[Sid, ...]:
    """Return the project classes of the resolution order."""
    found = world.lines.get(sid)
    if found is None:
        order = ancestry(world, sid)
        found = world.lines[sid] = tuple([i.sid for i in order if type(i) is ClassObject])
    return found


def library_ancestors(world: World, sid: Sid) -> tuple[str, ...]:
    """Return the canonical names of the library classes it inherits from."""
    found = world.foreign_lines.get(sid)
    if found is None:
        order = ancestry(world, sid)
        found = tuple([item.dotted for item in order if type(item) is ExternalObject])
        world.foreign_lines[sid] = found
    return found


def ancestor_names(world: World, sid: Sid) -> tuple[str, ...]:
    """Return the canonical names of all ancestors, as the tables may know them.

    Project classes count too: who analyses Django itself has its bases in the project.
    """
    found = world.lineage.get(sid)
    if found is None:
        found = world.lineage[sid] = tuple(
            [name for item in ancestry(world, sid)[1:] for name in _names_of(world, item)]
        )
    return found


def _names_of(world: World, item: Object) -> tuple[str, ...]:
    """Return the canonical names of a class: its own, and those of packages that re-export it."""
    if type(item) is ExternalObject:
        return (item.dotted,)
    if type(item) is not ClassObject:
        return ()
    found = world.own_names.get(item.sid)
    if found is None:
        found = _names_of_project_class(world, item)
        if world.tentative is None:
            world.own_names[item.sid] = found
    return found


def _names_of_project_class(world: World, item: ClassObject) -> tuple[str, ...]:
    """Return where a project class is defined, and where packages around that have it."""
    canonical = world.knowledge.canonical
    name = world.scopes[item.sid].name
    found = [canonical(world.symbol(item.sid))]
    package = world.modules[item.sid[0]].name.rpartition(".")[0]
    while package:
        number = world.index.get(package)
        if number is not None and item in module_member(world, number, name):
            found.append(canonical(f"{package}.{name}"))
        package = package.rpartition(".")[0]
    return tuple(found)


def owner_of(world: World, sid: Sid, name: str) -> Sid | None:
    """Return the project class of the resolution order that binds `name` first in its body.

    None if there is none, or if a library class does so before it.
    """
    names = world.names
    rebound = name in world.rebound
    for item in ancestry(world, sid):
        if type(item) is ClassObject:
            own = names.get(item.sid)
            if own is not None and name in own:
                return item.sid
            if rebound and CellKey(item.sid, name) in world.global_binds:
                return item.sid
        elif type(item) is ExternalObject:
            known = world.knowledge.installed.find(item.dotted)
            if known is not None and name in known.body:
                return None
    return None


def class_member(world: World, sid: Sid, name: str) -> Objects:
    """Return what ``Class.name`` stands for; an unknown library base may know it."""
    return world.once(world.members, (sid, name), _class_member, sid, name)


def _class_member(world: World, sid: Sid, name: str) -> Objects:
    """Look a class attribute up along the resolution order."""
    owner = owner_of(world, sid, name)
    if owner is not None:
        cell = CellKey(owner, name)
        return bound(world, cell, world.bindings(cell))
    return tuple(
        ExternalObject(world.knowledge.canonical(f"{dotted}.{name}"))
        for dotted in library_ancestors(world, sid)
    )


def instance_bindings(world: World, sid: Sid, name: str) -> tuple[SelfBinding, ...]:
    """Return the places where methods of the class or its ancestors bind ``self.name``."""
    key = (sid, name)
    found = world.attributes.get(key)
    if found is None:
        found = ()
        for item in project_classes(world, sid):
            own = world.self_bindings.get(item)
            if own is not None and name in own:
                found += own[name]
        world.attributes[key] = found
    return found


def is_bound_by_library(world: World, sid: Sid, name: str) -> bool:
    """Whether a library class that a class inherits from binds ``self.name`` for each instance.

    When its methods run cannot be seen; that the instance has got its own is assumed.
    """
    installed = world.knowledge.installed
    known = (installed.find(each) for each in library_ancestors(world, sid))
    return any(name in each.binds for each in known if each is not None)


def descendants(world: World, sid: Sid) -> tuple[Sid, ...]:
    """Return every project class below a class, nearest first."""
    found: dict[Sid, None] = {}
    queue = list(world.subclasses.get(sid, ()))
    while queue:
        item = queue.pop(0)
        if item not in found and item != sid:
            found[item] = None
            queue.extend(world.subclasses.get(item, ()))
    return tuple(found)
