"""Is a change of the process's state put back by the code around it?"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from pystatelint.link.callgraph import CallGraph, Edge
from pystatelint.link.decorated import named
from pystatelint.link.hierarchy import ancestor_names, class_member
from pystatelint.link.objects import (
    ClassObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    Object,
    Sid,
)
from pystatelint.link.undoing import Acts, ProcessAct, Subject, concerns, undoes
from pystatelint.link.world import World
from pystatelint.model.facts import Alias, AnyValue, ContextFlag, Result, ScopeFlag

EXITS = ("__exit__", "__aexit__")
FIXTURES = frozenset({"pytest.fixture", "pytest_asyncio.fixture"})
"""Decorators of generators whose code after ``yield`` runs at the end, besides context managers."""


class Restorers(msgspec.Struct, frozen=True):
    """What is known of all scopes before one act is judged.

    Attributes:
        changed: scope -> what it changes, itself or by a function that it calls, once
            for each place.
        finals: scope -> what its ``finally`` blocks change, in the same way.
        undoing: scope -> that of which it only undoes changes.
        callers: scope that acts -> scopes that call it, and whether from ``finally``.
    """

    changed: Mapping[Sid, list[Subject]]
    finals: Mapping[Sid, list[Subject]]
    undoing: Mapping[Sid, frozenset[Subject]]
    callers: Mapping[Sid, tuple[tuple[Sid, bool], ...]]


def restorers(world: World, graph: CallGraph, acts: Acts) -> Restorers:
    """Return which scopes change which states, and which of them at their end."""
    changed: dict[Sid, list[Subject]] = {}
    finals: dict[Sid, list[Subject]] = {}
    callers: dict[Sid, list[tuple[Sid, bool]]] = {}
    calls = [edge for edge in graph.edges if edge.callee in acts]
    for edge in calls:
        last = _in_finally(world, edge.caller, edge.context)
        callers.setdefault(edge.callee, []).append((edge.caller, last))
    for sid, context, subject in _changes(calls, acts):
        changed.setdefault(sid, []).append(subject)
        if _in_finally(world, sid, context):
            finals.setdefault(sid, []).append(subject)
    return Restorers(
        changed=changed,
        finals=finals,
        undoing={sid: _only_undone(world, sid, found) for sid, found in acts.items()},
        callers={sid: tuple(found) for sid, found in callers.items()},
    )


def _in_finally(world: World, sid: Sid, context: int) -> bool:
    """Whether a statement runs however what stands before it ends."""
    return bool(world.scopes[sid].contexts[context].flags & ContextFlag.FINALLY)


def _changes(calls: Iterable[Edge], acts: Acts) -> Iterator[tuple[Sid, int, Subject]]:
    """Yield scope, context and subject of each act, and of each call of a function that acts."""
    for sid, found in acts.items():
        for act in found:
            yield sid, act.context, act.subject
    for edge in calls:
        for subject in dict.fromkeys(act.subject for act in acts[edge.callee]):
            yield edge.caller, edge.context, subject


def _only_undone(world: World, sid: Sid, found: tuple[ProcessAct, ...]) -> frozenset[Subject]:
    """Return that of which every act in a scope undoes another."""
    done = {act.subject for act in found if not undoes(world, sid, act)}
    return frozenset(act.subject for act in found) - done


def is_put_back(world: World, sid: Sid, act: ProcessAct, known: Restorers) -> bool:
    """Whether an act undoes another, or is sure to be undone by the code around it."""
    return (
        undoes(world, sid, act)
        or concerns(known.finals.get(sid, ()), act)
        or _is_put_back_by_callers(sid, act, known)
        or _is_in_restoring_block(world, sid, act, known)
        or _is_at_both_ends(world, sid, act, known)
        or _is_of_a_manager(world, sid, act, known)
        or _is_undone_by_a_callback(world, sid, act, known)
        or _only_asks(world, sid, act)
    )


def is_undone_later(world: World, sid: Sid, act: ProcessAct, acts: Acts, known: Restorers) -> bool:
    """Whether the same function undoes the act, unless something fails in between."""
    if any(concerns((each.subject,), act) and undoes(world, sid, each) for each in acts[sid]):
        return True
    return any(
        isinstance(item, FunctionObject) and concerns(known.undoing.get(item.sid, ()), act)
        for callees in world.callees(sid)
        for item in callees
    )


def _is_put_back_by_callers(sid: Sid, act: ProcessAct, known: Restorers) -> bool:
    """Whether whoever calls the function does so to put the state back, or does so after it."""
    callers = known.callers.get(sid, ())
    return bool(callers) and all(
        last or concerns(known.finals.get(caller, ()), act) for caller, last in callers
    )


def _is_in_restoring_block(world: World, sid: Sid, act: ProcessAct, known: Restorers) -> bool:
    """Whether a ``with`` around the act puts the state back: of a library or of the project."""
    scope = world.scopes[sid]
    restoring = world.knowledge.tables.process.states[act.state].restoring
    for number in scope.contexts[act.context].guards:
        for item in _managers(world, sid, scope.guards[number].value):
            match item:
                case ExternalObject(dotted) if dotted in restoring:
                    return True
                case FunctionObject(inner) if concerns(known.changed.get(inner, ()), act):
                    return True
                case ClassObject(owner) | InstanceObject(owner):
                    if concerns(_undone_by(world, owner, known), act):
                        return True
                case _:
                    pass
    return False


def _managers(world: World, sid: Sid, value: AnyValue) -> Iterator[Object]:
    """Yield what a ``with`` item calls, and the object that it is."""
    while isinstance(value, Alias):
        value = value.base
    if isinstance(value, Result):
        yield from world.evaluate(sid, world.scopes[sid].calls[value.call].callee)
    yield from world.evaluate(sid, value)


def _undone_by(world: World, owner: Sid, known: Restorers) -> frozenset[Subject]:
    """Return what leaving the ``with`` block of an object changes."""
    return frozenset(
        subject
        for name in EXITS
        for item in class_member(world, owner, name)
        if isinstance(item, FunctionObject)
        for subject in known.changed.get(item.sid, ())
    )


def _is_at_both_ends(world: World, sid: Sid, act: ProcessAct, known: Restorers) -> bool:
    """Whether a context manager or fixture made of a generator changes the state twice."""
    scope = world.scopes[sid]
    if not scope.flags & ScopeFlag.GENERATOR:
        return False
    if sum(concerns((subject,), act) for subject in known.changed[sid]) < 2:
        return False
    roles = world.knowledge.tables.decorators
    outer = (sid[0], scope.parent)
    for decoration in scope.decorators:
        value = decoration.value
        if isinstance(value, Result):
            value = world.scopes[outer].calls[value.call].callee
        dotted = named(world, outer, value)
        if dotted in FIXTURES or (dotted in roles and roles[dotted].role == "context"):
            return True
    return False


def _is_of_a_manager(world: World, sid: Sid, act: ProcessAct, known: Restorers) -> bool:
    """Whether the act is the business of its class, or ``__exit__`` of it changes the state too."""
    owner = world.classes_by_scope.get(sid)
    if owner is None:
        return False
    keepers = world.knowledge.tables.process.states[act.state].keepers
    if keepers and not set(keepers).isdisjoint(ancestor_names(world, owner)):
        return True
    return concerns(_undone_by(world, owner, known), act)


def _is_undone_by_a_callback(world: World, sid: Sid, act: ProcessAct, known: Restorers) -> bool:
    """Whether the function hands on what undoes the act: ``stack.callback(os.chdir, before)``."""
    calls = world.knowledge.tables.process.calls
    for call in world.scopes[sid].calls:
        for value in (*call.arguments, *(each for _, each in call.keywords)):
            for item in world.evaluate(sid, value):
                match item:
                    case ExternalObject(dotted) if calls.get(dotted) == act.state:
                        return True
                    case FunctionObject(inner) if concerns(known.undoing.get(inner, ()), act):
                        return True
                    case _:
                        pass
    return False


def _only_asks(world: World, sid: Sid, act: ProcessAct) -> bool:
    """Whether the next call puts the result back: ``mask = os.umask(0); os.umask(mask)``."""
    calls = world.scopes[sid].calls
    if not 0 <= act.call < len(calls) - 1:
        return False
    after = calls[act.call + 1]
    same = world.evaluate(sid, calls[act.call].callee) == world.evaluate(sid, after.callee)
    return same and any(_behind(value) == Result(act.call) for value in after.arguments)


def _behind(value: AnyValue) -> AnyValue:
    """Return the value behind local names."""
    while isinstance(value, Alias):
        value = value.base
    return value
