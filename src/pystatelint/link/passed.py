"""Which cells does a call hand to a function that changes them?

``fill(CACHE)``, ``SERVICE.push(x)``: who calls writes the cell, though the statement that
changes it stands elsewhere. The write counts when and where the call happens.
"""

from collections.abc import Iterator

from pystatelint.link.attributes import member
from pystatelint.link.cells import is_holder
from pystatelint.link.defaults import default_kinds
from pystatelint.link.derive import from_parameter
from pystatelint.link.describe import describe
from pystatelint.link.elements import ELEMENTS, at_step
from pystatelint.link.hierarchy import project_classes
from pystatelint.link.kinds import has_method, kind_of
from pystatelint.link.mutations import is_mutator
from pystatelint.link.objects import (
    CONSTANT,
    CellKey,
    CellObject,
    InstanceObject,
    MethodObject,
    Object,
    Objects,
    ParameterObject,
    PartObject,
    Sid,
    inside,
    merged,
)
from pystatelint.link.parameter_changes import CALLED, ParameterWrite, locks_on_way, way_to
from pystatelint.link.passed_values import Passing
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action, Receiver
from pystatelint.link.route import Route, route
from pystatelint.link.storage import contents
from pystatelint.link.summaries import Summaries
from pystatelint.link.world import World
from pystatelint.link.writes import PARAMETER, place_of
from pystatelint.model.facts import AnyValue, Call, Value


def passed_writes(world: World, calls: Passing, summaries: Summaries) -> Iterator[RawWrite]:
    """Yield the writes to cells that calls of changing functions amount to."""
    for changed, writes in summaries.items():
        for caller, number, given in calls.of(world, changed):
            found = world.evaluate(caller, given) if isinstance(given, Value) else (given,)
            for item in found:
                if type(item) in CHANGEABLE:
                    yield from _written(world, caller, number, given, item, tuple(writes.values()))


CHANGEABLE = frozenset({CellObject, MethodObject, ParameterObject, PartObject})
"""What a cell may be, or the method of one."""


def _written(
    world: World,
    caller: Sid,
    number: int,
    given: AnyValue | Object,
    item: Object,
    writes: tuple[ParameterWrite, ...],
) -> Iterator[RawWrite]:
    """Yield the writes that one object, given as an argument of one call, undergoes."""
    if type(item) is MethodObject:
        yield from _called(world, caller, number, given, item, writes)
    cell, _ = place_of(world, item)
    if cell is None:
        return
    for write in writes:
        if write.path[-1:] == (CALLED,):
            continue
        inner = _place_inside(world, item, cell, write)
        if inner is not None:
            way = _way(world, caller, given, item, cell)
            yield _raw(world, caller, number, way, cell, inner, write)


def _called(
    world: World,
    caller: Sid,
    number: int,
    given: AnyValue | Object,
    method: MethodObject,
    writes: tuple[ParameterWrite, ...],
) -> Iterator[RawWrite]:
    """Yield the write of ``each(ITEMS.append)``, where the callee calls what it gets."""
    cell, inner = place_of(world, method.receiver)
    if cell is not None and is_mutator(world, method):
        for write in writes:
            if write.path == (CALLED,):
                way = _way(world, caller, given, method.receiver, cell)
                yield _raw(world, caller, number, way, cell, inner, write)


def _way(world: World, caller: Sid, given: AnyValue | Object, item: Object, cell: CellKey) -> Route:
    """Return how the caller gets at the cell."""
    if isinstance(item, ParameterObject):
        return PARAMETER
    return route(world, caller, given, cell) if isinstance(given, Value) else Route(Receiver.NAME)


def _raw(
    world: World,
    caller: Sid,
    number: int,
    way: Route,
    cell: CellKey,
    inner: tuple[str, ...],
    write: ParameterWrite,
) -> RawWrite:
    """Return the write as done by the call."""
    call = world.scopes[caller].calls[number]
    return RawWrite(
        cell=cell,
        action=write.action,
        receiver=way.receiver,
        text=f"{describe(world.scopes[caller], call.callee)}()",
        sid=caller,
        span=call.span,
        context=call.context,
        inner=inner,
        aliases=way.aliases,
        from_parameter=write.from_parameter and _takes_parameters(world, caller, call),
        guarded=locks_on_way(world, write),
        through=way_to(world, write),
    )


def _takes_parameters(world: World, caller: Sid, call: Call) -> bool:
    """Whether something that a caller of the caller passed is among the arguments."""
    given = (*call.arguments, *(value for _, value in call.keywords))
    return any(from_parameter(world, caller, value) for value in given)


def _place_inside(
    world: World, item: Object, cell: CellKey, write: ParameterWrite
) -> tuple[str, ...] | None:
    """Return the path inside the cell that a write concerns; None if it concerns none.

    A step that leads out of the cell, such as to a class attribute, makes it somebody else's.
    """
    attribute = write.action is Action.ATTRIBUTE
    steps = write.path[:-1] if attribute else write.path
    now: Objects = (item,)
    for step in steps:
        now = merged([_step(world, each, cell, step) for each in now] or [()])
    last = write.path[-1:] if attribute else ()
    for each in now:
        if _can_take(world, each, write):
            return (*place_of(world, each)[1], *last)
    return None


def _step(world: World, each: Object, cell: CellKey, step: str) -> Objects:
    """Return what stands at one step below an object, as far as it belongs to the cell."""
    if any(is_holder(world, held) for held in contents(world, each)):
        return ()  # what stands in there is apart per thread or task
    found = at_step(world, each, step) if step in ELEMENTS else member(world, each, step[1:])
    if not found:
        return () if _is_worked_out(world, each, step[1:]) else inside(each, step, ())
    return tuple(item for item in found if place_of(world, item)[0] == cell)


def _is_worked_out(world: World, item: Object, name: str) -> bool:
    """Whether an attribute is a property of a project class: what it gives need not be kept."""
    return any(
        name in world.names.get(owner, {})
        for held in contents(world, item)
        if isinstance(held, InstanceObject)
        for owner in project_classes(world, held.sid)
    )


def _can_take(world: World, item: Object, write: ParameterWrite) -> bool:
    """Whether what an object is known to be can be changed in the way of a write."""
    if write.method and isinstance(item, ParameterObject):
        mutators = world.knowledge.mutators
        return any(write.method in mutators[kind] for kind in default_kinds(world, item))
    if write.method:
        return has_method(world, item, write.method)
    held = contents(world, item)
    if not any(kind_of(world, each) for each in held):
        inner = place_of(world, item)[1]
        if inner.count("[]") > 1:
            return False  # what lies in something that lies in there need not belong to it
    return not held or any(each != CONSTANT and not is_holder(world, each) for each in held)
