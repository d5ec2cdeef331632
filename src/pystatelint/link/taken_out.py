"""Who takes a value out of a place again, and surely?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from pystatelint.link.arguments import parameters_of
from pystatelint.link.callgraph import Edge
from pystatelint.link.hierarchy import owner_of
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ClassObject,
    FunctionObject,
    ModuleObject,
    PartObject,
    Sid,
)
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Call,
    Const,
    ContextFlag,
    Effect,
    EffectKind,
    Name,
    Scope,
    ScopeKind,
)

STORES = frozenset({EffectKind.BIND, EffectKind.SET_ATTRIBUTE, EffectKind.SET_ITEM})
DELETIONS = frozenset({EffectKind.UNBIND, EffectKind.DELETE_ATTRIBUTE, EffectKind.DELETE_ITEM})
EMPTYING = frozenset({"clear", "delattr", "pop", "popitem", "release_local"})


class Undoing(msgspec.Struct, frozen=True):
    """A statement of scope `sid` that takes a value out again; `certain`: whatever fails."""

    sid: Sid
    certain: bool


def undoings(world: World, cells: Iterable[CellKey]) -> Mapping[CellKey, list[Undoing]]:
    """Return where values are taken out of cells again, tests excepted.

    By deletion, by a constant, or by any store in ``finally``.
    """
    wanted = frozenset(cells)
    found: dict[CellKey, list[Undoing]] = {}
    for sid, scope in world.scopes.items():
        if world.modules[sid[0]].test or scope.kind is ScopeKind.MODULE:
            continue
        for effect in scope.effects:
            at_end = _is_at_end(scope, effect.context)
            empties = at_end or isinstance(effect.value, Const)
            if effect.kind in DELETIONS or (effect.kind in STORES and empties):
                for cell in wanted.intersection(_cells_of(world, sid, effect)):
                    found.setdefault(cell, []).append(Undoing(sid, at_end))
        for call in scope.calls:
            if isinstance(call.callee, (Attr, Name)) and call.callee.name in EMPTYING:
                for cell in wanted.intersection(_emptied(world, sid, call)):
                    at_end = _is_at_end(scope, call.context)
                    found.setdefault(cell, []).append(Undoing(sid, at_end))
    return found


def _cells_of(world: World, sid: Sid, effect: Effect) -> Iterator[CellKey]:
    """Yield the cells that a store or deletion concerns."""
    if effect.kind in (EffectKind.BIND, EffectKind.UNBIND):
        yield CellKey((sid[0], 0), effect.name)
        return
    for item in world.evaluate(sid, effect.target):
        match item:
            case CellObject(cell) | PartObject(cell, _, _):
                yield cell
            case ModuleObject(module):
                yield CellKey((module, 0), effect.name)
            case ClassObject(owner):
                yield CellKey(owner_of(world, owner, effect.name) or owner, effect.name)
            case _:
                pass


def _emptied(world: World, sid: Sid, call: Call) -> Iterator[CellKey]:
    """Yield the cells that ``cell.clear()`` empties, or ``delattr(cell, name)``."""
    base = (call.callee.base,) if isinstance(call.callee, Attr) else ()
    for value in (*base, *call.arguments[:1]):
        for item in world.evaluate(sid, _without_dict(value)):
            if isinstance(item, (CellObject, PartObject)):
                yield item.cell


def _without_dict(value: AnyValue) -> AnyValue:
    """Return the object whose ``__dict__`` a value is, or the value itself."""
    return value.base if isinstance(value, Attr) and value.name == "__dict__" else value


def _is_at_end(scope: Scope, context: int) -> bool:
    """Whether a statement stands in a ``finally`` block."""
    return bool(scope.contexts[context].flags & ContextFlag.FINALLY)


Callers = Mapping[Sid, Sequence[Edge]]
"""Function -> the calls of it."""


def emptying_calls(
    world: World, sid: Sid, given: frozenset[int], callers: Callers
) -> tuple[tuple[Undoing, ...], frozenset[Sid]]:
    """Return the calls that give a storing function nothing to store, and the other callers.

    ``set_user(None)`` takes out what ``set_user(request.user)`` has stored.

    Args:
        world: the modules.
        sid: the function.
        given: numbers of its parameters that otherwise get what it stores.
        callers: who calls whom.
    """
    emptying: list[Undoing] = []
    storing: set[Sid] = set()
    for edge in callers.get(sid, ()):
        caller = world.scopes[edge.caller]
        if edge.number < 0 or world.modules[edge.caller[0]].test:
            continue
        call = caller.calls[edge.number]
        for item in world.callees(edge.caller)[edge.number]:
            if isinstance(item, FunctionObject) and item.sid == sid:
                passed = dict(parameters_of(world, call, item))
                if given and all(isinstance(passed.get(i, NOTHING), Const) for i in given):
                    emptying.append(Undoing(edge.caller, _is_at_end(caller, edge.context)))
                else:
                    storing.add(edge.caller)
    return tuple(emptying), frozenset(storing)


NOTHING = Const("none", "None")
"""What stands for an argument that is left out."""


def is_sure(world: World, undoing: Undoing, storing: frozenset[Sid], callers: Callers) -> bool:
    """Whether what some functions store is surely taken out by a statement.

    Surely are ``finally`` blocks, and functions that a framework or somebody else calls;
    not what the storing functions only do, or only call, on success.
    """
    if undoing.certain:
        return True
    if undoing.sid in storing:
        return False
    calls = callers.get(undoing.sid, ())
    if any(_is_at_end(world.scopes[edge.caller], edge.context) for edge in calls):
        return True
    return not calls or any(edge.caller not in storing for edge in calls)
