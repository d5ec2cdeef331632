"""Which calls ask what time it is?"""

from pystatelint.link.objects import ExternalObject, MethodObject, Sid
from pystatelint.link.world import World


def is_clock(world: World, sid: Sid, number: int) -> bool:
    """Return whether call `number` of a function asks what time it is.

    Besides what the table of volatile calls says that is ``loop.time()``.
    """
    for item in world.callees(sid)[number]:
        if isinstance(item, ExternalObject):
            row = world.knowledge.tables.volatile.get(item.dotted)
            if row is not None and row.kind == "clock":
                return True
        elif isinstance(item, MethodObject) and item.name == "time":
            return True
    return False
