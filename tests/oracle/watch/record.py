"""What do the stages of a workload change, one after the other?"""

from collections.abc import Callable, Sequence
from typing import TypedDict

from .births import watched_births
from .cells import joined, snapshot
from .difference import Change, changes

Stage = Callable[[], object]


class ChangedCell(TypedDict):
    """One cell that a stage changed, as written to JSON."""

    symbol: str
    kind: str
    holds: str
    apart: bool
    thing: int
    inherited: list[str]
    stage: str
    how: list[str]


class Record(TypedDict):
    """What one run yields, as written to JSON.

    Attributes:
        watched: number of cells at the end.
        idle: what changed while nothing was done; anything here is a defect of the watch.
        changed: what changed while the stages ran.
    """

    watched: int
    idle: list[ChangedCell]
    changed: list[ChangedCell]


def record(stages: Sequence[Stage], packages: tuple[str, ...]) -> Record:
    """Run the stages in turn, and return what each changed in the cells of the packages.

    A module that a stage imports is watched from the end of that import on.
    """
    before = snapshot(packages)
    still = snapshot(packages)
    idle = [changed_cell(each, "") for each in changes(before, still)]
    changed: list[ChangedCell] = []
    with watched_births(packages) as births:
        for stage in stages:
            stage()
            after = snapshot(packages)
            known = joined(still, births.taken())
            changed += [changed_cell(each, stage.__name__) for each in changes(known, after)]
            still = after
    return Record(watched=len(still.looks), idle=idle, changed=changed)


def changed_cell(change: Change, stage: str) -> ChangedCell:
    """Return a change as it is written."""
    place = change.place
    return ChangedCell(
        symbol=place.symbol,
        kind=place.kind,
        holds=change.holds,
        apart=place.apart,
        thing=change.thing,
        inherited=list(change.inherited),
        stage=stage,
        how=list(change.how),
    )
