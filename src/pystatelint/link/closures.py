"""Which variables of functions do the functions inside them change, call after call?

A closure (P. J. Landin, "The mechanical evaluation of expressions", 1964) keeps the variables
of the call that made it for as long as it lives itself.
"""

from collections.abc import Container, Iterator

import msgspec

from pystatelint.link.callgraph import CallGraph
from pystatelint.link.captured import Captured, captured, held_by, owners
from pystatelint.link.cells import Seed, is_holder, is_kept_apart
from pystatelint.link.closure_keepers import keepers
from pystatelint.link.derive import from_parameter
from pystatelint.link.describe import describe
from pystatelint.link.entries import EntryPoints
from pystatelint.link.guards import is_lock
from pystatelint.link.interest import WRITES
from pystatelint.link.kinds import has_method
from pystatelint.link.objects import (
    CellKey,
    ExternalObject,
    InstanceObject,
    MethodObject,
    Sid,
)
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action, CellKind, Receiver
from pystatelint.link.records_functions import KeptClosure
from pystatelint.link.values import UNKNOWN_VALUE, described
from pystatelint.link.world import World
from pystatelint.link.writes import ITEM_EFFECTS, inserts
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Call,
    ContextFlag,
    Effect,
    EffectKind,
    Name,
    Scope,
)


class Closures(msgspec.Struct, frozen=True):
    """The variables that closures keep and change: as cells, with writes and keepers."""

    seeds: tuple[Seed, ...]
    writes: tuple[RawWrite, ...]
    kept: tuple[KeptClosure, ...]


def closures(
    world: World, graph: CallGraph, entries: EntryPoints, served: Container[Sid]
) -> Closures:
    """Return what closures that live as long as the process change in their variables.

    Parameters:
        entries: the functions that frameworks call, with the rows that say so.
        served: the functions that entry points lead to.
    """
    writes = [
        write
        for sid, scope in world.scopes.items()
        if scope.free
        for write in _writes(world, sid, scope, graph)
    ]
    kept_by = keepers(world, entries, served) if writes else {}
    writes = [write for write in writes if write.cell.owner in kept_by]
    cells = dict.fromkeys(write.cell for write in writes)
    kept = [
        KeptClosure(
            cell=closure_symbol(world, cell),
            path=world.path(cell.owner),
            keeper=kept_by[cell.owner],
            constant=_is_constant(world, [each for each in writes if each.cell == cell]),
        )
        for cell in cells
    ]
    return Closures(
        tuple(_seed(world, cell) for cell in cells),
        tuple(writes),
        tuple(sorted(kept, key=lambda each: (each.cell, each.path))),
    )


def _is_constant(world: World, writes: list[RawWrite]) -> bool:
    """Whether a variable is worked out once, by functions that get nothing to work it out from."""
    return all(
        not world.scopes[write.sid].parameters
        and (write.text.endswith(EMPTYING) or _is_chosen(world, write))
        for write in writes
    )


EMPTYING = (".clear()", ".pop()")
"""Ends of writes that only take out what was there."""


def _is_chosen(world: World, write: RawWrite) -> bool:
    """Whether a write is no count, and stands in a branch."""
    flags = world.scopes[write.sid].contexts[write.context].flags
    return write.action is not Action.AUGMENTED and bool(flags & ContextFlag.BRANCH)


def closure_symbol(world: World, cell: CellKey) -> str:
    """Return the qualified name of a variable of a function (PEP 3155)."""
    return f"{world.symbol(cell.owner)}.<locals>.{cell.name}"


def _seed(world: World, cell: CellKey) -> Seed:
    """Return a variable as a cell before its writes are known."""
    (binding,) = world.bindings(cell)
    found = held_by(world, Captured(cell))
    return Seed(
        key=cell,
        kind=CellKind.CLOSURE,
        span=binding.span,
        value=described(world, found) if found else UNKNOWN_VALUE,
        holder=any(is_holder(world, each) for each in found),
        apart=any(is_kept_apart(world, each) for each in found),
    )


def _writes(world: World, sid: Sid, scope: Scope, graph: CallGraph) -> Iterator[RawWrite]:
    """Yield what one function changes in the variables of those around it."""
    for effect in scope.effects:
        yield from _by_effect(world, sid, scope, effect)
    for each in graph.foreign.get(sid, ()):
        if each.bits & WRITES:
            call = scope.calls[each.number]
            match each.callee:
                case MethodObject(_, name):
                    target = call.callee
                    base = target.base if isinstance(target, Attr) else None
                    text = f"{{}}.{name}()"
                    yield from _by_call(world, sid, scope, call, base, name, text)
                case ExternalObject(dotted) if dotted in world.knowledge.writers:
                    for position in world.knowledge.writers[dotted].positions:
                        value = next(iter(call.arguments[position:]), None)
                        yield from _by_call(world, sid, scope, call, value, "", f"{dotted}({{}})")
                case _:
                    pass


CONTENT = {
    EffectKind.SET_ITEM: Action.ITEM,
    EffectKind.DELETE_ITEM: Action.ITEM,
    EffectKind.AUGMENT_ITEM: Action.ITEM,
    EffectKind.READ_ITEM: Action.ITEM,
}
REBINDING = {
    EffectKind.BIND: (Action.REBIND, "{} = ..."),
    EffectKind.UNBIND: (Action.UNBIND, "del {}"),
    EffectKind.AUGMENT: (Action.AUGMENTED, "{} op= ..."),
}
"""What each effect does to a variable, and how it reads."""


def _by_effect(world: World, sid: Sid, scope: Scope, effect: Effect) -> Iterator[RawWrite]:
    """Yield the writes to variables of enclosing functions that one statement amounts to."""
    if effect.kind in REBINDING:
        action, text = REBINDING[effect.kind]
        for owner in owners(scope, effect.name) if isinstance(effect.target, Name) else ():
            where = Captured(CellKey((sid[0], owner), effect.name))
            yield _raw(world, sid, effect, where, action, text.format(effect.name))
    elif effect.kind in CONTENT:
        text = ITEM_EFFECTS[effect.kind].format(describe(scope, effect.target))
        for where in captured(sid, scope, effect.target):
            held = held_by(world, where)
            reads = effect.kind is EffectKind.READ_ITEM
            if any(
                inserts(world, scope, effect, each)
                if reads
                else has_method(world, each, ITEM_METHODS[effect.kind])
                for each in held
            ):
                yield _raw(world, sid, effect, where, Action.ITEM, text)

    elif effect.kind in ATTRIBUTES and isinstance(effect.target, (Alias, Name)):
        for where in captured(sid, scope, effect.target):
            if any(isinstance(each, InstanceObject) for each in held_by(world, where)):
                inside = Captured(where.cell, (f".{effect.name}",))
                text = ATTRIBUTES[effect.kind].format(describe(scope, effect.target), effect.name)
                yield _raw(world, sid, effect, inside, Action.ATTRIBUTE, text)


ATTRIBUTES = {
    EffectKind.SET_ATTRIBUTE: "{}.{} = ...",
    EffectKind.DELETE_ATTRIBUTE: "del {}.{}",
    EffectKind.AUGMENT_ATTRIBUTE: "{}.{} op= ...",
}
"""Effects on an attribute of the object that a variable holds, and how they read."""

ITEM_METHODS = {
    EffectKind.SET_ITEM: "__setitem__",
    EffectKind.DELETE_ITEM: "__delitem__",
    EffectKind.AUGMENT_ITEM: "__setitem__",
}
"""What a statement calls on the container (data model, 3.3.7)."""


def _by_call(
    world: World,
    sid: Sid,
    scope: Scope,
    call: Call,
    target: AnyValue | None,
    method: str,
    text: str,
) -> Iterator[RawWrite]:
    """Yield the writes to such variables by a mutator, or a function that changes one."""
    if target is None:
        return
    for where in captured(sid, scope, target):
        held = held_by(world, where)
        if any(has_method(world, each, method or "__setitem__") for each in held):
            described_as = text.format(describe(scope, target))
            yield _raw(world, sid, call, where, Action.METHOD, described_as)


def _raw(
    world: World, sid: Sid, act: Effect | Call, where: Captured, action: Action, text: str
) -> RawWrite:
    """Return one write."""
    if isinstance(act, Call):
        given: tuple[AnyValue | None, ...] = (*act.arguments, *(value for _, value in act.keywords))
    else:
        given = (act.key, act.value)
    return RawWrite(
        cell=where.cell,
        action=action,
        receiver=Receiver.ENCLOSING,
        text=text,
        sid=sid,
        span=act.span,
        context=act.context,
        inner=where.path,
        value=given[-1] if given else None,
        from_parameter=any(from_parameter(world, sid, value) for value in given),
        guarded=_locks(world, sid, act.context),
    )


def _locks(world: World, sid: Sid, context: int) -> tuple[str, ...]:
    """Return the locks held that are variables of enclosing functions themselves."""
    scope = world.scopes[sid]
    return tuple(
        closure_symbol(world, where.cell)
        for number in scope.contexts[context].guards
        for where in captured(sid, scope, scope.guards[number].value)
        if any(is_lock(each) for each in held_by(world, where))
    )
