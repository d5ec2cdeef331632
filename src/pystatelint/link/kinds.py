"""What kind of container does a reference lead to?"""

from pystatelint.link.hierarchy import ancestor_names
from pystatelint.link.objects import InstanceObject, LibraryInstance, MadeObject, Object
from pystatelint.link.storage import contents
from pystatelint.link.world import World


def container_kinds(world: World, item: Object) -> tuple[str, ...]:
    """Return the kinds of mutable container that an object may be; empty if none is known."""
    found: list[str] = []
    for content in contents(world, item):
        kind = kind_of(world, content)
        if kind and kind in world.knowledge.mutators:
            found.append(kind)
    return tuple(dict.fromkeys(found))


def kind_of(world: World, content: Object) -> str:
    """Return the container kind of one object, or nothing."""
    match content:
        case MadeObject(shape=shape):
            return shape
        case LibraryInstance(dotted=dotted):
            return world.knowledge.container_kinds.get(dotted, "")
        case InstanceObject(sid):
            kinds = world.knowledge.container_kinds
            return next((kinds[each] for each in ancestor_names(world, sid) if each in kinds), "")
        case _:
            return ""


def is_default_dict(world: World, item: Object) -> bool:
    """Whether reading a missing key of the object inserts it."""
    kinds = container_kinds(world, item)
    return bool(kinds) and all(kind in world.knowledge.getitem_writes for kind in kinds)
