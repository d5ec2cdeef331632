"""What kind of container does a reference lead to?"""

from collections.abc import Mapping

from pystatelint.link.hierarchy import ancestor_names
from pystatelint.link.lineage import library_names
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


def has_method(world: World, item: Object, method: str) -> bool:
    """Whether a container that an object may be has a mutator of that name."""
    mutators = world.knowledge.mutators
    return any(method in mutators[kind] for kind in container_kinds(world, item))


def kind_of(world: World, content: Object) -> str:
    """Return the container kind of one object, or nothing."""
    if type(content) is MadeObject:
        return content.shape
    kinds = world.knowledge.container_kinds
    if type(content) is LibraryInstance:
        return kinds.get(content.dotted) or _inherited(kinds, library_names(world, content.dotted))
    if type(content) is InstanceObject:
        return _inherited(kinds, ancestor_names(world, content.sid))
    return ""


def _inherited(kinds: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Return the container kind of the first class that has one, or nothing."""
    return next((kinds[each] for each in names if each in kinds), "")


def is_default_dict(world: World, item: Object) -> bool:
    """Whether reading a missing key of the object inserts it."""
    kinds = container_kinds(world, item)
    return bool(kinds) and all(kind in world.knowledge.getitem_writes for kind in kinds)
