"""How many calls in the project make an instance of each class?"""

from collections.abc import Mapping

from pystatelint.link.flows import DEFAULT, Flow
from pystatelint.link.hierarchy import project_classes
from pystatelint.link.objects import ClassObject, Sid
from pystatelint.link.world import World


def constructions(world: World, flows: Mapping[Sid, tuple[Flow, ...]]) -> dict[Sid, int | None]:
    """Return the number of constructor calls per class, calls of subclasses included.

    None where the class itself is passed on as a value: then anybody may call it.
    """
    counts: dict[Sid, int] = {}
    for sid in world.scopes:
        for found in world.callees(sid):
            for item in found:
                if isinstance(item, ClassObject):
                    for ancestor in project_classes(world, item.sid):
                        counts[ancestor] = counts.get(ancestor, 0) + 1
    passed = {
        item.sid
        for each in flows.values()
        for flow in each
        if flow.kind is not DEFAULT
        for item in flow.found
        if isinstance(item, ClassObject)
    }
    result: dict[Sid, int | None] = dict(counts)
    result.update(dict.fromkeys(sorted(passed)))
    return result
