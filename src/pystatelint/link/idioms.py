"""Do the writes of a cell follow a known harmless idiom?"""

from pystatelint.link.objects import CellKey, CellObject
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action
from pystatelint.link.world import World
from pystatelint.model.facts import Attr

KEEPALIVE_METHODS = (".add()", ".discard()", ".remove()", ".append()")


def idiom_of(world: World, cell: CellKey, writes: list[RawWrite]) -> str:
    """Return the name of the idiom that explains all writes, or nothing.

    ``task-keepalive``: a set that keeps running tasks from being collected, as the
    documentation of `asyncio.create_task` advises: ``tasks.add(task)`` with
    ``task.add_done_callback(tasks.discard)``.
    """
    kept = [write for write in writes if write.action is Action.METHOD]
    if not kept or not all(write.text.endswith(KEEPALIVE_METHODS) for write in kept):
        return ""
    return "task-keepalive" if all(_is_released(world, cell, write) for write in kept) else ""


def _is_released(world: World, cell: CellKey, write: RawWrite) -> bool:
    """Whether the writing function also hands ``cell.discard`` to ``add_done_callback``."""
    for call in world.scopes[write.sid].calls:
        if not (isinstance(call.callee, Attr) and call.callee.name == "add_done_callback"):
            continue
        for value in call.arguments:
            if isinstance(value, Attr) and value.name in {"discard", "remove"}:
                if CellObject(cell) in world.evaluate(write.sid, value.base):
                    return True
    return False
