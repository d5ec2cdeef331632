"""Which classes does a library class inherit from, as far as its source was read?"""

from pystatelint.link.objects import ExternalObject, Object, Objects
from pystatelint.link.world import World


def library_order(world: World, dotted: str) -> Objects:
    """Return the resolution order of a library class, itself first."""
    found = world.library_orders.get(dotted)
    if found is None:
        itself = ExternalObject(dotted)
        world.library_orders[dotted] = (itself,)
        known = world.knowledge.installed.find(dotted)
        bases = () if known is None else known.bases
        orders = [list(library_order(world, base)) for base in bases]
        direct: list[Object] = [ExternalObject(base) for base in bases]
        others = [each for each in joined(orders, direct) if each != itself]
        found = world.library_orders[dotted] = (itself, *others)
    return found


def library_names(world: World, dotted: str) -> tuple[str, ...]:
    """Return the canonical names of a library class and of those it inherits from."""
    order = library_order(world, dotted)
    return tuple([each.dotted for each in order if isinstance(each, ExternalObject)])


def joined(orders: list[list[Object]], direct: list[Object]) -> list[Object]:
    """Return the orders of some bases as one.

    C3 (Barrett et al. 1996, adopted by Python 2.3) where it succeeds; otherwise the
    bases depth first, since broken hierarchies are still worth reading.
    """
    merge = orders[0] if len(orders) == 1 else c3([*orders, direct])
    return (
        list(dict.fromkeys(item for order in orders for item in order)) if merge is None else merge
    )


def c3(orders: list[list[Object]]) -> list[Object] | None:
    """Merge linearisations; None if they contradict one another."""
    rest = [list(order) for order in orders if order]
    merged: list[Object] = []
    while rest:
        tails = {item for order in rest for item in order[1:]}
        head = next((order[0] for order in rest if order[0] not in tails), None)
        if head is None:
            return None
        merged.append(head)
        rest = [[item for item in order if item != head] for order in rest]
        rest = [order for order in rest if order]
    return merged
