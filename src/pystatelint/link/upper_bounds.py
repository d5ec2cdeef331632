"""Which class gets the attribute that a store through ``cls`` or ``type(x)`` binds?

Of a class that others inherit from, a method knows no more than an upper bound: it runs on
the class that a caller names, or on that of the instance. Each heir then gets an attribute
of its own, and the base none.
"""

from collections.abc import Iterator, Mapping

import msgspec

from pystatelint.link.class_ways import Known, Way, is_passed, way_to_class
from pystatelint.link.given import Callers
from pystatelint.link.hierarchy import descendants
from pystatelint.link.objects import CellKey, ClassObject, InstanceObject, Sid
from pystatelint.link.plausible import WHOLE
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Receiver
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, Fresh, Name, Param, Scope
from pystatelint.model.self_stores import plain

MOST_HEIRS = 3
"""Heirs that one store is told of."""


class Stores(msgspec.Struct, frozen=True):
    """Writes, as far as it is known what they concern.

    Attributes:
        settled: all but the vague ones, each with the class that gets it.
        vague: stores of which nobody can say which class gets them.
    """

    settled: tuple[RawWrite, ...]
    vague: tuple[RawWrite, ...]


class Uses(msgspec.Struct, frozen=True):
    """How classes are used.

    Attributes:
        made: class -> number of calls that make an instance of just that class.
        callers: the calls of each function.
        extended: classes that ``type(name, bases, ...)`` makes heirs of.
    """

    made: Mapping[Sid, int]
    callers: Callers
    extended: frozenset[Sid]


def settle(
    world: World, callers: Callers, made: Mapping[Sid, int], writes: tuple[RawWrite, ...]
) -> Stores:
    """Return writes with each store through a class put where it certainly goes.

    Parameters:
        callers: the calls of each function.
        made: class -> number of calls that make an instance of just that class.
    """
    uses = Uses(made, callers, frozenset(_extended(world)))
    settled: list[RawWrite] = []
    vague: list[RawWrite] = []
    for write in writes:
        owners = _owners(world, uses, write) if _is_store(write) else None
        if owners is None:
            settled.append(write)
        elif not owners:
            vague.append(write)
        else:
            name = write.cell.name
            cells = [CellKey(owner, name) for owner in owners[:MOST_HEIRS]]
            settled.extend(msgspec.structs.replace(write, cell=cell) for cell in cells)
    return Stores(tuple(settled), tuple(vague))


def _is_store(write: RawWrite) -> bool:
    """Whether a write binds an attribute of a class."""
    bound = write.receiver is Receiver.CLASS and write.action in WHOLE
    return bound and not write.inner and not write.through


def _owners(world: World, uses: Uses, write: RawWrite) -> tuple[Sid, ...] | None:
    """Return the heirs that get the attribute; None if the class gets it that the write names."""
    target = _target(world.scopes[write.sid], write)
    way = None if target is None else way_to_class(world, write.sid, target)
    if way is None or world.scopes[way.method].name == "__init_subclass__":
        return None
    if way.known is Known.OBJECT:
        return None if _is_exact(world, uses, way) else ()
    owner = world.classes_by_scope[way.method]
    if not _is_inherited(world, uses, owner):
        return None
    if way.known is Known.CLASS and world.scopes[way.method].name != "__new__":
        found = _called_on(world, uses, way.method, frozenset())
    else:
        found = _constructed(world, uses, owner)
    return None if owner in found else tuple(sorted(found))


def _target(scope: Scope, write: RawWrite) -> AnyValue | None:
    """Return what a write sets an attribute of."""
    for effect in scope.effects:
        if effect.span == write.span and effect.name == write.cell.name:
            return effect.target
    for call in scope.calls:
        if call.span == write.span and call.callee in SETTERS and call.arguments:
            return call.arguments[0]
    return None


SETTERS = (Name("setattr"), Name("delattr"))


def _is_exact(world: World, uses: Uses, way: Way) -> bool:
    """Whether an object that is passed is certainly of its class, and not of an heir."""
    assert way.value is not None  # an object is passed
    return any(
        type(each) is InstanceObject
        and each.sid in uses.made
        and not _is_inherited(world, uses, each.sid)
        for each in world.evaluate(way.method, way.value)
    )


def _is_inherited(world: World, uses: Uses, owner: Sid) -> bool:
    """Whether a class has heirs, those of tests left out."""
    heirs = world.subclasses.get(owner, ())
    return owner in uses.extended or any(not world.modules[each[0]].test for each in heirs)


def _constructed(world: World, uses: Uses, owner: Sid) -> frozenset[Sid]:
    """Return those of a class and its heirs of which the project makes instances."""
    return frozenset(each for each in (owner, *descendants(world, owner)) if each in uses.made)


def _called_on(world: World, uses: Uses, method: Sid, seen: frozenset[Sid]) -> frozenset[Sid]:
    """Return the classes on which a class method is called for certain."""
    found: set[Sid] = set()
    if method in seen:
        return frozenset()
    for caller, number in uses.callers.of(method):
        callee = plain(world.scopes[caller].calls[number].callee)
        if type(callee) is Attr:
            found.update(_named(world, uses, caller, callee.base, seen | {method}))
    return frozenset(found)


def _named(
    world: World, uses: Uses, caller: Sid, base: AnyValue, seen: frozenset[Sid]
) -> Iterator[Sid]:
    """Yield the classes that the base of a call certainly is, or is an instance of."""
    way = way_to_class(world, caller, base)
    if way is not None and way.known is Known.CLASS:
        yield from _called_on(world, uses, way.method, seen)
    elif (way is not None and way.known is Known.SELF) or plain(base) == Param(0):
        owner = world.classes_by_scope.get(caller if way is None else way.method)
        if owner is not None:
            yield from _constructed(world, uses, owner)
    elif way is None and not is_passed(base):
        for item in world.evaluate(caller, base):
            if type(item) is ClassObject or (
                type(item) is InstanceObject and item.sid in uses.made
            ):
                yield item.sid


def _extended(world: World) -> Iterator[Sid]:
    """Yield the classes that calls of ``type(name, bases, ...)`` make heirs of."""
    for sid, scope in world.scopes.items():
        for call in scope.calls:
            if call.callee == TYPE and len(call.arguments) == 3:
                bases = call.arguments[1]
                for base in bases.parts if isinstance(bases, Fresh) else ():
                    for item in world.evaluate(sid, base):
                        if type(item) is ClassObject:
                            yield item.sid


TYPE = Name("type")
