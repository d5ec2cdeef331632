"""What blocks the proof that a cell never changes?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from pystatelint.link.callgraph import Foreign
from pystatelint.link.cells import Seed
from pystatelint.link.changing_parts import changing_parts
from pystatelint.link.escapes import (
    Escape,
    changed_element,
    changed_in_heirs,
    escapes_of,
    shaken_scopes,
    stored_somewhere,
    unfollowed_chains,
    vetoes_of,
)
from pystatelint.link.flows import Flow
from pystatelint.link.objects import CellKey, Sid
from pystatelint.link.plausible import changes_element
from pystatelint.link.raw import RawWrite
from pystatelint.link.unresolved_stores import stores_by_name, stores_on_some_class
from pystatelint.link.world import World
from pystatelint.model.finding import Step

AnyKey = TypeVar("AnyKey")


class Lost(msgspec.Struct, frozen=True):
    """What blocks proofs.

    Attributes:
        escapes: references that go out of sight.
        names: attribute names that unresolved writes bear, with the first places.
        shaken: modules and classes that somebody may write under any name, likewise.
        stores: attribute names that unresolved stores bind, likewise.
        stored: class attributes that a store binds if its target is that class, likewise.
    """

    escapes: tuple[Escape, ...]
    names: Mapping[str, Sequence[Step]]
    shaken: Mapping[Sid, Sequence[Step]]
    stores: Mapping[str, Sequence[Step]]
    stored: Mapping[CellKey, Sequence[Step]]


def lost_references(
    world: World,
    foreign: Mapping[Sid, tuple[Foreign, ...]],
    flows: Mapping[Sid, tuple[Flow, ...]],
    writes: tuple[RawWrite, ...],
    vague: tuple[RawWrite, ...],
    found: tuple[Seed, ...],
) -> Lost:
    """Return what blocks proofs.

    Args:
        world: the linked world.
        foreign: the calls that leave the project, per scope.
        flows: the references that each scope hands on.
        writes: every write that can concern its cell.
        vague: stores of which nobody can say which class gets them.
        found: every cell.
    """
    escapes = [
        escape for sid, each in flows.items() if each for escape in escapes_of(world, sid, each)
    ]
    escapes.extend(changed_element(world, write) for write in writes if changes_element(write))
    escapes.extend(stored_somewhere(world, write) for write in vague)
    escapes.extend(changed_in_heirs(world))
    escapes.extend(changing_parts(world, found))
    return Lost(
        tuple(escapes),
        grouped(vetoes_of(world)),
        grouped((*shaken_scopes(world, foreign), *unfollowed_chains(world))),
        grouped(stores_by_name(world, foreign)),
        grouped(stores_on_some_class(world, foreign)),
    )


def grouped(vetoes: Iterable[tuple[AnyKey, Step]]) -> dict[AnyKey, list[Step]]:
    """Return the steps of each key, in order."""
    found: dict[AnyKey, list[Step]] = {}
    for key, step in vetoes:
        found.setdefault(key, []).append(step)
    return found
