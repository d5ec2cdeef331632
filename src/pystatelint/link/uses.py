"""Who reads an attribute of some objects, and who gets what a function gives back?"""

import enum
from collections.abc import Iterator

import msgspec

from pystatelint.link.entries import EntryPoints
from pystatelint.link.expressions import Reads
from pystatelint.link.given import Callers
from pystatelint.link.held import Held
from pystatelint.link.hierarchy import descendants, project_classes
from pystatelint.link.objects import (
    ClassObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    MadeObject,
    ModuleObject,
    Object,
    Objects,
    Sid,
)
from pystatelint.link.outsiders import Outsiders
from pystatelint.link.world import World
from pystatelint.model.facts import Result, ScopeFlag


class Fate(enum.Enum):
    """What becomes of an object, besides that somebody reads it."""

    CHANGED = "changed"
    UNSEEN = "unseen"
    """It goes where nobody follows it: to code that is not known, into another container."""
    HANDED_OUT = "handed out"
    """A generator that nobody in sight calls yields it, or yields what holds it."""


class Program(msgspec.Struct, frozen=True):
    """Who does what, tests left out.

    Attributes:
        reads: where each attribute is read.
        callers: the calls of each function.
        entries: functions that frameworks call, and whose results they get.
        outsiders: who else may use what the program does not use itself.
    """

    reads: Reads
    callers: Callers
    entries: EntryPoints
    outsiders: Outsiders

    @property
    def is_used_by_others(self) -> bool:
        """Whether somebody out of sight may use what nobody in sight uses."""
        return self.outsiders is Outsiders.ANYBODY


def kept_as(
    world: World, program: Program, owners: Objects, name: str, depth: int
) -> Iterator[Held | Fate]:
    """Yield the expressions that may read an attribute of some objects.

    Parameters:
        depth: how deep inside the attribute the object lies.
    """
    found = [
        Held(sid, read, depth)
        for sid, read in program.reads.get(name, ())
        if _may_be_one_of(world, world.evaluate(sid, read.base), owners)
    ]
    yield from found
    if not found and program.is_used_by_others:
        yield Fate.UNSEEN


def given_back(
    world: World, program: Program, sid: Sid, depth: int, otherwise: Fate
) -> Iterator[Held | Fate]:
    """Yield the expressions by which callers get what a function gives back.

    Parameters:
        otherwise: its fate if there are only callers that are not in sight.
    """
    scope = world.scopes[sid]
    owner = world.classes_by_scope.get(sid)
    if scope.flags & ScopeFlag.PROPERTY and owner is not None:
        yield from kept_as(world, program, (InstanceObject(owner),), scope.name, depth)
        return
    sites = tuple(program.callers.of(sid))
    for caller, number in sites:
        yield Held(caller, Result(number), depth)
    if not sites and program.is_used_by_others:
        yield otherwise


NO_INSTANCE = (ClassObject, ExternalObject, FunctionObject, MadeObject, ModuleObject)


def _may_be_one_of(world: World, found: Objects, owners: Objects) -> bool:
    """Whether some objects may be among others, as far as their classes are known."""
    classes = {each.sid for each in owners if type(each) is InstanceObject}
    if not found or not classes or len(classes) < len(owners):
        return True
    return any(_may_be_instance(world, each, classes) for each in found)


def _may_be_instance(world: World, item: Object, classes: set[Sid]) -> bool:
    """Whether an object may be an instance of one of some classes, or of a relative of theirs."""
    if type(item) is InstanceObject:
        return _are_related(world, item.sid, classes)
    return not isinstance(item, NO_INSTANCE)


def _are_related(world: World, sid: Sid, classes: set[Sid]) -> bool:
    """Whether a class is, or inherits from, or is a base of one of some classes."""
    family = {*project_classes(world, sid), *descendants(world, sid)}
    return not family.isdisjoint(classes)
