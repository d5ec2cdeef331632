"""Do the writes of a cell follow a known harmless idiom?"""

from pystatelint.link.objects import CellKey, CellObject, FunctionObject, MethodObject
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action
from pystatelint.link.world import World
from pystatelint.model.facts import Attr

RELEASES = (".discard()", ".remove()")
KEEPALIVE_METHODS = (".add()", ".append()", *RELEASES)


def idiom_of(world: World, cell: CellKey, writes: list[RawWrite]) -> str:
    """Return the name of the idiom that explains all writes, or nothing.

    ``task-keepalive``: a set that keeps running tasks from being collected, as the
    documentation of `asyncio.create_task` advises: ``tasks.add(task)`` with
    ``task.add_done_callback(tasks.discard)``.
    """
    kept = [write for write in writes if write.action is Action.METHOD]
    if all(write.text.endswith(RELEASES) for write in kept) or not all(
        write.text.endswith(KEEPALIVE_METHODS) for write in kept
    ):
        return ""
    return "task-keepalive" if all(_is_released(world, cell, write, kept) for write in kept) else ""


def _is_released(world: World, cell: CellKey, write: RawWrite, writes: list[RawWrite]) -> bool:
    """Whether the writing function has the task taken out again when it is done."""
    if write.text.endswith(RELEASES):
        return True
    letting_go = {each.sid for each in writes if each.text.endswith(RELEASES)}
    for call in world.scopes[write.sid].calls:
        if not (isinstance(call.callee, Attr) and call.callee.name == "add_done_callback"):
            continue
        for value in call.arguments:
            for item in world.evaluate(write.sid, value):
                match item:
                    case MethodObject(CellObject(held), "discard" | "remove") if held == cell:
                        return True
                    case FunctionObject(sid, _) if sid in letting_go:
                        return True
                    case _:
                        pass
    return False
