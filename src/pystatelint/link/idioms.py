"""Do the writes of a cell follow a known harmless idiom?"""

from pystatelint.link.called_once import is_called_once
from pystatelint.link.hierarchy import ancestor_names
from pystatelint.link.objects import CellKey, CellObject, FunctionObject, MethodObject
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action, Receiver
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, Const, ContextFlag, EffectKind, Name, Param

RELEASES = (".discard()", ".remove()")
KEEPALIVE_METHODS = (".add()", ".append()", *RELEASES)


def remembers(world: World, writes: list[RawWrite]) -> bool:
    """Return whether a set only remembers what it has met: asked first, then added to.

    A dict that holds a constant under each key is such a set, too. What lets go of all or
    some of that does no harm to it.
    """
    kept = [
        write
        for write in writes
        if write.action in (Action.METHOD, Action.ITEM)
        and not _lets_go(write)
        and not world.modules[write.sid[0]].test
    ]
    return bool(kept) and all(_is_first_meeting(world, write) for write in kept)


LETTING_GO = (".clear()", ".pop()", *RELEASES)


def _lets_go(write: RawWrite) -> bool:
    return write.text.endswith(LETTING_GO) or write.text.startswith("del ")


def _is_first_meeting(world: World, write: RawWrite) -> bool:
    """Whether a write adds what a test has missed, and nothing besides."""
    if not world.scopes[write.sid].contexts[write.context].flags & ContextFlag.MISSED:
        return False
    return write.text.endswith(".add()") or isinstance(write.value, Const)


def idiom_of(world: World, cell: CellKey, writes: list[RawWrite]) -> str:
    """Return the name of the idiom that explains all writes, or nothing.

    ``task-keepalive``: a set that keeps running tasks from being collected, as the
    documentation of `asyncio.create_task` advises: ``tasks.add(task)`` with
    ``task.add_done_callback(tasks.discard)``.

    ``in-progress``, of a closure: what a call puts in, ``finally`` takes out again, as
    `reprlib.recursive_repr` does it.

    ``made-anew``, of a default: no call finds what another left, since the function is made
    by each call of another one that calls it once.

    ``one-per-class``: a metaclass keeps the one object of each class, under that class; what
    is to be said of such singletons HMS104 says.
    """
    if _is_of_metaclass(world, writes):
        return "one-per-class"
    if writes and cell.name.startswith("(") and is_called_once(world, cell.owner):
        return "made-anew"
    if writes and all(write.receiver is Receiver.ENCLOSING for write in writes):
        if _is_taken_out_again(world, writes):
            return "in-progress"
    kept = [write for write in writes if write.action is Action.METHOD]
    if all(write.text.endswith(RELEASES) for write in kept) or not all(
        write.text.endswith(KEEPALIVE_METHODS) for write in kept
    ):
        return ""
    return "task-keepalive" if all(_is_released(world, cell, write, kept) for write in kept) else ""


def _is_of_metaclass(world: World, writes: list[RawWrite]) -> bool:
    """Whether all that is put in are the objects of classes, each under its class."""
    kept = [write for write in writes if not _lets_go(write)]
    return bool(kept) and all(_is_kept_by_class(world, write) for write in kept)


def _is_kept_by_class(world: World, write: RawWrite) -> bool:
    """Whether ``__call__`` of a metaclass stores something under the class it makes."""
    owner = world.classes_by_scope.get(write.sid)
    scope = world.scopes[write.sid]
    if owner is None or scope.name != "__call__" or "type" not in ancestor_names(world, owner):
        return False
    return any(
        effect.kind is EffectKind.SET_ITEM and effect.key == Param(0) and effect.span == write.span
        for effect in scope.effects
    )


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
                    case MethodObject(_, "discard" | "remove") if _is_of(value, cell):
                        return True
                    case _:
                        pass
    return False


def _is_of(value: AnyValue, cell: CellKey) -> bool:
    """Whether a method is called on the variable of an enclosing function that a cell is."""
    return isinstance(value, Attr) and value.base == Name(cell.name)


def _is_taken_out_again(world: World, writes: list[RawWrite]) -> bool:
    """Whether the end of each function that puts something in takes it out, come what may."""
    undone = {write.sid for write in writes if _is_sure_release(world, write)}
    return all(write.text.endswith(RELEASES) or write.sid in undone for write in writes)


def _is_sure_release(world: World, write: RawWrite) -> bool:
    """Whether a write takes something out in a ``finally``, or puts a constant in its place."""
    flags = world.scopes[write.sid].contexts[write.context].flags
    resets = write.action in RESETTING and isinstance(write.value, Const)
    return bool(flags & ContextFlag.FINALLY) and (write.text.endswith(RELEASES) or resets)


RESETTING = frozenset({Action.ITEM, Action.REBIND})
"""Writes that may put back what was there."""
