"""How many calls in the project make an instance of each class?"""

from collections.abc import Mapping

from pystatelint.link.flows import DEFAULT, Flow
from pystatelint.link.hierarchy import project_classes
from pystatelint.link.objects import ClassObject, Sid
from pystatelint.link.world import World


def constructions(
    world: World, made: Mapping[Sid, int], flows: Mapping[Sid, tuple[Flow, ...]]
) -> dict[Sid, int | None]:
    """Return the number of constructor calls per class, calls of subclasses included.

    None where the class itself is passed on as a value: then anybody may call it.

    Parameters:
        made: class -> number of calls that make an instance of just that class.
        flows: the references that each scope hands on.
    """
    counts: dict[Sid, int | None] = {}
    for sid, number in made.items():
        for ancestor in project_classes(world, sid):
            counts[ancestor] = (counts.get(ancestor) or 0) + number
    passed = {
        item.sid
        for each in flows.values()
        for flow in each
        if flow.kind is not DEFAULT
        for item in flow.found
        if isinstance(item, ClassObject)
    }
    counts.update(dict.fromkeys(sorted(passed)))
    return counts
