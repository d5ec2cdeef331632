"""Which cells hold the object of another cell, so that a write to one is one to both?"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.objects import CellKey, CellObject
from pystatelint.link.plausible import WHOLE
from pystatelint.link.raw import RawWrite
from pystatelint.link.world import World
from pystatelint.model.finding import Step, StepKind


def through_stores(world: World, writes: tuple[RawWrite, ...]) -> tuple[RawWrite, ...]:
    """Return the writes, and each change of contents again for every cell that is the same object.

    ``state._sessions = _sessions`` makes one object of two cells: what is put into one
    is in the other as well.
    """
    extra: list[RawWrite] = []
    for write in writes:
        if write.action not in WHOLE:
            extra.extend(
                msgspec.structs.replace(write, cell=cell, aliases=(*write.aliases, step))
                for cell, step in _same_objects(world, write.cell)
            )
    return (*writes, *extra)


def _same_objects(world: World, cell: CellKey) -> Iterator[tuple[CellKey, Step]]:
    """Yield the cells whose object a store puts into `cell`, with the place of the store."""
    for sid, effect in world.global_binds.get(cell, ()):
        if effect.value is None:
            continue
        for item in world.evaluate(sid, effect.value):
            if isinstance(item, CellObject) and item.cell != cell:
                text = f"{world.cell_symbol(cell)} is bound to the same object, not to a copy"
                yield item.cell, Step(StepKind.ALIAS, world.path(sid), effect.span, text)
