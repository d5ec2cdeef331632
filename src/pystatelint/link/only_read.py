"""What becomes of an object that a class keeps or a function gives away: is it only read?

Followed forward from use to use, as a taint is (Denning, "A lattice model of secure information
flow", 1976), by expression and depth, until it is changed or goes out of sight.
"""

from collections.abc import Iterable

from pystatelint.link.handling import handle
from pystatelint.link.held import Held
from pystatelint.link.uses import Fate, Program
from pystatelint.link.world import World

MOST_USES = 400
"""Uses followed; beyond them nothing is said."""


def is_only_read(world: World, program: Program, uses: Iterable[Held | Fate]) -> bool:
    """Whether nobody changes an object or loses it out of sight, by some uses; see `fates`."""
    seen: set[Held] = set()
    queue: list[Held] = []
    for use in uses:
        if isinstance(use, Fate):
            return False
        queue.append(use)
    while queue:
        held = queue.pop()
        if held in seen:
            continue
        if len(seen) > MOST_USES:
            return False
        seen.add(held)
        for use in handle(world, program, held):
            if isinstance(use, Fate):
                return False
            queue.append(use)
    return True


def fates(world: World, program: Program, uses: Iterable[Held | Fate]) -> frozenset[Fate]:
    """Return what becomes of an object, by some uses and what follows from them.

    Nothing if all of them read it.
    """
    found: set[Fate] = set()
    seen: set[Held] = set()
    queue = list(uses)
    while queue:
        each = queue.pop()
        if isinstance(each, Fate):
            found.add(each)
        elif len(seen) > MOST_USES:
            return frozenset(Fate)
        elif each not in seen:
            seen.add(each)
            queue.extend(handle(world, program, each))
    return frozenset(found)
