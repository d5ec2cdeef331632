"""Which cells hold the object of another cell, so that a write to one is one to both?"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.objects import CellKey, CellObject, Sid
from pystatelint.link.plausible import WHOLE
from pystatelint.link.raw import RawWrite
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Const, Member, Result, ScopeKind
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain


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
        for other in _bound_to(world, sid, effect.value):
            if other != cell:
                text = f"{world.cell_symbol(cell)} is bound to the same object, not to a copy"
                yield other, Step(StepKind.ALIAS, world.path(sid), effect.span, text)


def _bound_to(world: World, sid: Sid, value: AnyValue | None) -> Iterator[CellKey]:
    """Yield the cells that hold the object of an expression in scope `sid`.

    ``core.app = app = App()`` makes one object under two names.
    """
    if value is None:
        return
    for item in world.evaluate(sid, value):
        if isinstance(item, CellObject):
            yield item.cell
    if isinstance(plain(value), Result):
        for name, bindings in world.names.get(sid, {}).items():
            if any(binding.value == value for binding in bindings):
                yield CellKey(sid, name)


def original(world: World, cell: CellKey) -> CellKey | None:
    """Return the one cell whose object is all that is ever put into `cell`, if there is one."""
    for binding in world.bindings(cell):
        value = binding.value
        if value is not None and not (isinstance(value, Const) and value.kind == "none"):
            return None
    found: set[CellKey] = set()
    for sid, effect in world.global_binds.get(cell, ()):
        others = {other for other in _bound_to(world, sid, effect.value) if other != cell}
        imported = isinstance(effect.value, Member)
        if len(others) != 1 or not (imported or world.scopes[sid].kind is ScopeKind.MODULE):
            return None
        found |= others
    return found.pop() if len(found) == 1 else None
