"""What does a scope do with an object: change it, hand it on, or lose it out of sight?"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.arguments import parameters_of
from pystatelint.link.fields import FIELD_KINDS, class_kind
from pystatelint.link.held import Held, depth_in
from pystatelint.link.hierarchy import class_member
from pystatelint.link.library_names import library_names
from pystatelint.link.objects import (
    ClassObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    MethodObject,
    Object,
    Sid,
)
from pystatelint.link.uses import Fate, Program, given_back, kept_as
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Call,
    Effect,
    EffectKind,
    Name,
    Param,
    ScopeKind,
)

CHANGES = frozenset(
    {EffectKind.AUGMENT, EffectKind.AUGMENT_ITEM, EffectKind.DELETE_ITEM, EffectKind.SET_ITEM}
)
KEEPING = frozenset({"add", "append", "appendleft", "insert", "put", "put_nowait", "setdefault"})
"""Mutators that keep an argument itself, where others copy what it holds."""


def handle(world: World, program: Program, held: Held) -> Iterator[Held | Fate]:
    """Yield what becomes of an object in a scope that has it; nothing if it is only read."""
    scope = world.scopes[held.sid]
    for effect in scope.effects:
        yield from _by_effect(world, program, held, effect)
    for number, call in enumerate(scope.calls):
        yield from _by_call(world, program, held, number, call)
    yield from _given_to_callers(world, program, held)
    yield from _seen_inside(world, held)


def _by_effect(world: World, program: Program, held: Held, effect: Effect) -> Iterator[Held | Fate]:
    """Yield what a statement does with the object."""
    if effect.kind in CHANGES and depth_in(world, held, effect.target) == 0:
        yield Fate.CHANGED
    if effect.kind is EffectKind.AUGMENT_ATTRIBUTE:
        if depth_in(world, held, Attr(effect.target, effect.name)) == 0:
            yield Fate.CHANGED
    depth = None if effect.value is None else depth_in(world, held, effect.value)
    if depth is None or effect.kind is EffectKind.READ_ITEM:
        return
    if effect.kind is EffectKind.SET_ATTRIBUTE:
        owners = world.evaluate(held.sid, effect.target)
        yield from kept_as(world, program, owners, effect.name, depth)
    elif effect.kind in (EffectKind.SET_ITEM, EffectKind.BIND) or depth > 0:
        yield Fate.UNSEEN


def _by_call(
    world: World, program: Program, held: Held, number: int, call: Call
) -> Iterator[Held | Fate]:
    """Yield what a call does with the object: its receiver, or one of its arguments."""
    if type(call.callee) is Attr and depth_in(world, held, call.callee.base) == 0:
        if _changes_containers(world, call.callee.name):
            yield Fate.CHANGED
    found = world.callees(held.sid)[number]
    for word, value in _arguments(call):
        depth = depth_in(world, held, value)
        if depth is None or (not word and depth == 0):
            continue  # ``f(**kwargs)`` hands on what is in it
        if not found:
            yield Fate.UNSEEN
        for callee in found:
            yield from _passed(world, program, call, callee, Passed(word, value, depth))


CONTAINERS = ("bytearray", "counter", "defaultdict", "deque", "dict", "list", "ordereddict", "set")
"""Kinds of what is followed; a queue's ``get`` takes something out, that of a dict does not."""


def _changes_containers(world: World, method: str) -> bool:
    """Whether a method of one of the containers that are followed changes it."""
    mutators = world.knowledge.mutators
    return any(method in mutators.get(kind, ()) for kind in CONTAINERS)


class Passed(msgspec.Struct, frozen=True):
    """An argument: its position as text or its keyword, and how deep inside it the object is."""

    word: str
    value: AnyValue
    depth: int


def _arguments(call: Call) -> Iterator[tuple[str, AnyValue]]:
    """Yield the arguments by position, as text, or by keyword; empty for ``**``."""
    for position, value in enumerate(call.arguments):
        yield str(position), value
    yield from call.keywords


def _passed(
    world: World, program: Program, call: Call, callee: Object, passed: Passed
) -> Iterator[Held | Fate]:
    """Yield what one callee does with an argument."""
    match callee:
        case FunctionObject():
            yield from _as_parameter(world, call, callee, passed)
        case ClassObject(sid):
            yield from _to_constructor(world, program, call, sid, passed)
        case _:
            if _is_changed_by(world, callee, passed):
                yield Fate.CHANGED
            elif not _only_reads(world, callee, passed.depth):
                yield Fate.UNSEEN


def _as_parameter(
    world: World, call: Call, function: FunctionObject, passed: Passed
) -> Iterator[Held | Fate]:
    """Yield the parameter that an argument reaches."""
    reached = [
        index
        for index, value in parameters_of(world, call, function)
        if value is passed.value or value == passed.value
    ]
    for index in reached:
        yield Held(function.sid, Param(index), passed.depth)
    if not reached:
        yield Fate.UNSEEN


def _to_constructor(
    world: World, program: Program, call: Call, sid: Sid, passed: Passed
) -> Iterator[Held | Fate]:
    """Yield what making an instance does with an argument: a data class keeps it by its name."""
    made = [
        FunctionObject(each.sid, InstanceObject(sid))
        for each in class_member(world, sid, "__init__")
        if type(each) is FunctionObject
    ]
    for function in made:
        yield from _as_parameter(world, call, function, passed)
    if not made and passed.word.isidentifier() and class_kind(world, sid).kind in FIELD_KINDS:
        yield from kept_as(world, program, (InstanceObject(sid),), passed.word, passed.depth)
    elif not made:
        yield Fate.UNSEEN


def _is_changed_by(world: World, callee: Object, passed: Passed) -> bool:
    """Whether a table says that a library function changes the argument itself."""
    if type(callee) is not ExternalObject or passed.depth > 0 or not passed.word.isdigit():
        return False
    row = world.knowledge.writers.get(callee.dotted)
    return row is not None and int(passed.word) in row.positions


def _only_reads(world: World, callee: Object, depth: int) -> bool:
    """Whether something outside the project is known to keep and to change nothing."""
    knowledge = world.knowledge
    names = tuple(library_names(world, (callee,)))
    if any(name in knowledge.pure or name in knowledge.immutable for name in names):
        return True
    if any(name in knowledge.container_kinds for name in names):
        return depth == 0  # a copy
    copies = isinstance(callee, MethodObject) and callee.name not in KEEPING
    return copies and depth == 0 and bool(_containers(world, callee))


def _containers(world: World, callee: Object) -> frozenset[str]:
    """Return the method if containers and strings have it: they copy what they are given."""
    known = {*world.knowledge.all_mutators, "difference", "join", "union"}
    return frozenset({callee.name} & known) if isinstance(callee, MethodObject) else frozenset()


def _given_to_callers(world: World, program: Program, held: Held) -> Iterator[Held | Fate]:
    """Yield what callers get: they read it as the result of their call, or of the property."""
    scope = world.scopes[held.sid]
    if held.sid in program.entries:
        return
    for value in scope.results:
        depth = depth_in(world, held, value)
        if depth is not None:
            yield from given_back(world, program, held.sid, depth, Fate.UNSEEN)
    for value in scope.yields:
        depth = depth_in(world, held, value)
        if depth is not None:
            yield from given_back(world, program, held.sid, depth + 1, Fate.HANDED_OUT)


def _seen_inside(world: World, held: Held) -> Iterator[Held | Fate]:
    """Yield the object under the name by which inner functions, or other modules, see it."""
    scope = world.scopes[held.sid]
    for binding in scope.bindings:
        depth = None if binding.value is None else depth_in(world, held, binding.value)
        if depth is None:
            continue
        if scope.kind in (ScopeKind.MODULE, ScopeKind.CLASS):
            yield Fate.UNSEEN
            continue
        for index, inner in enumerate(world.modules[held.sid[0]].facts.scopes):
            if (binding.name, held.sid[1]) in inner.free:
                yield Held((held.sid[0], index), Name(binding.name), depth)
