"""Who else may get at what a function writes, at the same time?"""

from collections.abc import Iterable, Mapping

import msgspec

from pystatelint.link.callgraph import Edges
from pystatelint.link.changers import Changes, writers_of_attribute
from pystatelint.link.hierarchy import descendants, project_classes
from pystatelint.link.objects import Sid
from pystatelint.link.records import Cell
from pystatelint.link.records_races import Sharing
from pystatelint.link.sharing import Evidence, Shared, Storage, evidence_of, is_own
from pystatelint.link.world import World
from pystatelint.model.course import Spot
from pystatelint.model.finding import Step


class Company(msgspec.Struct, frozen=True):
    """What is known of others.

    Attributes:
        shared: what many can get at. cells: every cell, by symbol.
        changes: who changes what attributes hold.
        reach: how functions are reached that may run several times at once.
        apart: function that runs as a task or thread -> the functions that it calls.
    """

    shared: Shared
    cells: Mapping[str, Cell]
    changes: Changes
    reach: Mapping[Sid, Step]
    apart: Mapping[Sid, frozenset[Sid]]


def company_at(
    world: World, sid: Sid, spot: Spot, place: Storage, company: Company
) -> Evidence | None:
    """Return why many can get at a place of function `sid`; None if nothing shows that."""
    found = evidence_of(world, company.shared, place)
    if found is None or found[0] not in OF_SOME:
        return found
    if not is_own(world, sid, spot):
        return None
    if found[0] is Sharing.TASK and not _meet(world, sid, place, company):
        return None
    return found


OF_SOME = frozenset({Sharing.LOCK, Sharing.SOME, Sharing.TASK})
"""What is true of some objects of a class; it tells nothing of those that one call is given."""


def _meet(world: World, sid: Sid, place: Storage, company: Company) -> bool:
    """Whether a task that a class starts, and somebody else, write what function `sid` does."""
    apart = company.apart
    if place.owner is None or sid in apart:
        return True
    family = {*project_classes(world, place.owner), *descendants(world, place.owner)}
    writers = {sid, *writers_of_attribute(world, company.changes, place.owner, place.name)}
    return any(
        not writers.isdisjoint(inside) and writers - inside
        for start, inside in apart.items()
        if world.classes_by_scope.get(start) in family
    )


def calls_of(calls: Edges, started: Iterable[Sid]) -> dict[Sid, frozenset[Sid]]:
    """Return the functions that each of some functions runs, itself among them.

    Parameters:
        calls: function -> the calls in it.
    """
    return {sid: _reached(calls, sid) for sid in started}


def _reached(calls: Edges, start: Sid) -> frozenset[Sid]:
    """Return the functions that calls lead to from one, a few calls away."""
    found = edge = {start}
    for _ in range(MOST_CALLS):
        edge = {each.callee for sid in edge for each in calls.get(sid, ())} - found
        found = found | edge
    return frozenset(found)


MOST_CALLS = 4
"""Calls between the start of a task and the write."""
