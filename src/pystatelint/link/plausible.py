"""Can a write concern the cell that it seems to write?

``self.items.append(x)`` writes the class attribute only if what the class holds is
something that can be appended to; where the class says ``items = None``, the instance
must have got its own list somewhere.
"""

from collections.abc import Container, Iterable

from pystatelint.link.cached_results import RESULT
from pystatelint.link.fields import class_kind, is_field_object, may_be_field
from pystatelint.link.hierarchy import descendants, instance_bindings
from pystatelint.link.kinds import kind_of
from pystatelint.link.objects import (
    COPIED,
    CellObject,
    InstanceObject,
    LibraryInstance,
    MadeObject,
    Object,
    Sid,
)
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action, Receiver
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import Fresh, Result, ScopeKind

WHOLE = frozenset({Action.REBIND, Action.UNBIND})
"""Actions on the name itself, whatever it holds."""


def plausible(
    world: World, writes: Iterable[RawWrite], made: Container[Sid]
) -> tuple[RawWrite, ...]:
    """Return the writes that can concern their cell.

    Parameters:
        made: classes of which the project makes instances.
    """
    return tuple(
        write
        for write in writes
        if _can_concern(world, write) and not _is_of_heirs(world, write, made)
    )


MOST_CHANCE = 1
"""Heirs that may all bind an attribute of their own by chance."""


def _is_of_heirs(world: World, write: RawWrite, made: Container[Sid]) -> bool:
    """Whether a write through an instance goes to what the constructor of each heir binds.

    The class only declares the attribute: nobody makes an instance of just that class.
    """
    owner, name = write.cell.owner, write.cell.name
    if write.receiver not in THROUGH_INSTANCE or owner in made:
        return False
    heirs = descendants(world, owner)
    return len(heirs) > MOST_CHANCE and all(
        any(binding.constructor for binding in instance_bindings(world, heir, name))
        for heir in heirs
    )


def changes_element(write: RawWrite) -> bool:
    """Whether a write sets an attribute of an object that merely lies in the container.

    ``for each in HANDLERS: each.level = 1`` changes each handler, which others may hold as
    well; the container is what it was. It is no evidence against the cell, but no proof either.
    Likewise what a shallow copy holds: the copy may have got an element of its own meanwhile.
    """
    if COPIED in write.inner:
        return True
    if "[]" not in write.inner:
        return False
    return any(step.startswith(".") for step in write.inner[write.inner.index("[]") :])


def _can_concern(world: World, write: RawWrite) -> bool:
    """Whether one write can concern its cell."""
    owner = write.cell.owner
    scope = world.scopes[owner]
    if scope.kind in (ScopeKind.FUNCTION, ScopeKind.LAMBDA) and write.cell.name != RESULT:
        return _fits_default(world, write)
    if scope.kind is ScopeKind.CLASS:
        if not _lives_as_long_as_the_process(world, write):
            return False
        if class_kind(world, owner).kind == "protocol":
            return False  # a protocol only says what other classes look like
        if write.receiver in THROUGH_INSTANCE and _is_field(world, write):
            return False
        if write.action is Action.REBIND and write.value is not None and not write.inner:
            found = world.evaluate(write.sid, write.value)
            if found and all(is_field_object(world, item) for item in found):
                return False  # it declares one more field
    if write.action in WHOLE and not write.inner:
        return True
    held = contents(world, CellObject(write.cell))
    if write.inner and held:
        return not all(_is_constant(item) or _is_too_deep(world, item, write) for item in held)
    if not held:
        return write.receiver not in (Receiver.SELF, Receiver.INSTANCE)
    return any(_can_change(world, item, write) for item in held)


THROUGH_INSTANCE = frozenset({Receiver.SELF, Receiver.INSTANCE})


def _is_field(world: World, write: RawWrite) -> bool:
    """Whether the class attribute only declares what each instance gets for itself."""
    held = contents(world, CellObject(write.cell))
    return may_be_field(world, write.cell) or any(is_field_object(world, item) for item in held)


def _is_constant(item: Object) -> bool:
    """Whether an object has nothing inside that could be written."""
    return isinstance(item, MadeObject) and item.shape in {"constant", "string"}


def _is_too_deep(world: World, item: Object, write: RawWrite) -> bool:
    """Whether a write goes two attributes deep into an object of an unknown library.

    Nobody here knows whether that keeps what it gives: a proxy or a property need not.
    """
    if not isinstance(item, LibraryInstance):
        return False
    deep = sum(step.startswith(".") for step in write.inner) > 1
    return deep and item.dotted.partition(".")[0] not in world.knowledge.packages


def _lives_as_long_as_the_process(world: World, write: RawWrite) -> bool:
    """Whether the class is made once, not by each call of a function around it."""
    module, position = write.cell.owner
    while position > 0:
        scope = world.scopes[(module, position)]
        if scope.kind is not ScopeKind.CLASS:
            return False
        position = scope.parent
    return True


def _can_change(world: World, item: Object, write: RawWrite) -> bool:
    """Whether one object that the cell may hold can change in the way of the write."""
    match item:
        case MadeObject(shape="operation") if write.action is Action.ITEM:
            return True  # that it takes items tells that it is a container
        case MadeObject():
            return kind_of(world, item) in world.knowledge.mutators
        case InstanceObject():
            if write.action is Action.ATTRIBUTE:
                return True
            return bool(kind_of(world, item))
        case LibraryInstance(dotted=dotted):
            if dotted in world.knowledge.immutable:
                return False
            return bool(kind_of(world, item)) or write.action is Action.ATTRIBUTE
        case _:
            return False


def _fits_default(world: World, write: RawWrite) -> bool:
    """Whether the default of a parameter is an object that the write can change.

    An attribute of an object that merely has a name elsewhere is that object's affair.
    """
    scope = world.scopes[write.cell.owner]
    name = write.cell.name.strip("()")
    outer = (write.cell.owner[0], scope.parent)
    for parameter in scope.parameters:
        if parameter.name == name and parameter.default is not None:
            made_here = isinstance(parameter.default, (Fresh, Result))
            found = world.evaluate(outer, parameter.default)
            if write.action is Action.ATTRIBUTE:
                return made_here and any(_is_object(item) for item in found)
            return any(kind_of(world, each) for item in found for each in contents(world, item))
    return False


def _is_object(item: Object) -> bool:
    """Whether an object is an instance whose attributes can be set, as far as is known."""
    return isinstance(item, InstanceObject) or (isinstance(item, LibraryInstance) and item.made)
