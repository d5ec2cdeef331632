"""Which locks are held at a statement?"""

import re

from pystatelint.link.describe import describe
from pystatelint.link.hierarchy import owner_of
from pystatelint.link.objects import (
    CellObject,
    InstanceObject,
    LibraryInstance,
    Object,
    PartObject,
    Sid,
)
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import Alias, AnyValue, Attr

LOCKS = frozenset(
    {
        "anyio.Lock",
        "asyncio.Condition",
        "asyncio.Lock",
        "asyncio.Semaphore",
        "filelock.FileLock",
        "gevent.lock.RLock",
        "multiprocessing.Lock",
        "multiprocessing.RLock",
        "threading.Condition",
        "threading.Lock",
        "threading.RLock",
        "threading.Semaphore",
        "trio.Lock",
    }
)
"""Types whose ``with`` block excludes others (docs.python.org/3/library/threading.html)."""


def guards_of(world: World, sid: Sid, context: int) -> tuple[str, ...]:
    """Return the symbols of the locks held in a context of a scope, sorted."""
    scope = world.scopes[sid]
    found = [
        lock_symbol(world, sid, scope.guards[number].value)
        for number in scope.contexts[context].guards
    ]
    return tuple(sorted({symbol for symbol in found if symbol}))


def held(world: World, sid: Sid, context: int) -> tuple[str, ...]:
    """Return the locks held in a context of a scope, those of all its callers included, sorted."""
    own = guards_of(world, sid, context)
    inherited = world.locks_of_callers.get(sid)
    return own if not inherited else tuple(sorted({*own, *inherited}))


def lock_symbol(world: World, sid: Sid, value: AnyValue) -> str:
    """Return the cell or attribute that holds a lock; nothing if the value is none."""
    while isinstance(value, Alias):
        value = value.base
    for item in world.evaluate(sid, value):
        if not any(is_lock(content) for content in contents(world, item)):
            continue
        match item:
            case CellObject(cell):
                return world.cell_symbol(cell)
            case PartObject(cell, path, _):
                return world.cell_symbol(cell) + "".join(path)
            case _:
                return _attribute_symbol(world, sid, value)
    return ""


def _attribute_symbol(world: World, sid: Sid, value: AnyValue) -> str:
    """Return ``Class.attribute`` of a lock that instances hold; a local lock guards nothing."""
    if isinstance(value, Attr):
        for base in world.evaluate(sid, value.base):
            if isinstance(base, InstanceObject):
                owner = owner_of(world, base.sid, value.name) or base.sid
                return f"{world.symbol(owner)}.{value.name}"
        return describe(world.scopes[sid], value)
    return ""


def keeps_others_out(world: World, sid: Sid, value: AnyValue) -> bool:
    """Whether the subject of a ``with`` is a lock: by its type, else by what it is called."""
    if lock_symbol(world, sid, value):
        return True
    return LOCK_NAMES.search(describe(world.scopes[sid], value)) is not None


LOCK_NAMES = re.compile(r"lock|mutex|sem(aphore)?\b|exclusive|critical", re.IGNORECASE)
"""What managers of an unknown class are called if they keep others out."""


def is_lock(item: Object) -> bool:
    """Whether an object is a lock, by its type."""
    return isinstance(item, LibraryInstance) and item.dotted in LOCKS
