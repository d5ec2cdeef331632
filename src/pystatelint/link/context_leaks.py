"""Which context variables does a call set, and leave set for the next one?

Threads keep their context: what one call of a worker thread sets, the next call in it
reads (PEP 567). Tasks of an event loop have a context of their own.
"""

from collections.abc import Iterator, Mapping

import msgspec

from pystatelint.link.callgraph import Edge, by_caller
from pystatelint.link.decorated import decorators_of
from pystatelint.link.entries import EntryPoints
from pystatelint.link.invoke import CONTEXT_VARIABLE
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    FunctionObject,
    LibraryInstance,
    MethodObject,
    Sid,
)
from pystatelint.link.places import ContextLeak
from pystatelint.link.reach import reached_from
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import Attr, Call, Const, ContextFlag, Result, Scope, ScopeFlag
from pystatelint.model.finding import Step
from pystatelint.model.span import Span

MANAGERS = frozenset({"contextlib.asynccontextmanager", "contextlib.contextmanager"})
"""Decorators whose generator runs in the context of the ``with`` statement."""


class Act(msgspec.Struct, frozen=True):
    """A call of a context variable's ``set`` or ``reset``: in scope `sid`, at `span`.

    Attributes:
        variable: the variable. sid: the scope. span: the call.
        restores: it takes a value back, by its name, its argument or its place.
        certain: it happens on the way out, whatever fails.
        constant: what it sets is a constant.
    """

    variable: CellKey
    sid: Sid
    span: Span
    restores: bool
    certain: bool
    constant: bool


def context_leaks(
    world: World, entries: EntryPoints, edges: tuple[Edge, ...]
) -> tuple[ContextLeak, ...]:
    """Return the calls that set a variable for more than their own call, by path and span.

    Args:
        world: the modules.
        entries: the functions that frameworks call, with the rows that say so.
        edges: who calls whom.
    """
    acts = tuple(_acts(world))
    if all(act.restores for act in acts):
        return ()
    acts += tuple(_handed_resets(world, acts))
    told = frozenset(act.variable for act in acts if not act.restores and not act.constant)
    reach = _reach(world, entries, edges)
    found: list[ContextLeak] = []
    for act in acts:
        if _restores(act, told):
            continue
        undone = tuple(
            each for each in acts if each.variable == act.variable and _restores(each, told)
        )
        if _stays_set(act, undone) and (act.sid in reach or _is_manager(world, act.sid)):
            found.append(_record(world, act, reach.get(act.sid), skipped=bool(undone)))
    return tuple(sorted(found, key=lambda each: (each.path, each.span)))


def _restores(act: Act, told: frozenset[CellKey]) -> bool:
    """Whether an act takes a value back: also a constant, where others set what they are told.

    Args:
        act: the act.
        told: the variables that somebody sets to what is no constant.
    """
    return act.restores or (act.constant and act.variable in told)


def _acts(world: World) -> Iterator[Act]:
    """Yield where variables are set and reset, tests excepted."""
    for sid, number in world.calls_named(("reset", "set")):
        scope = world.scopes[sid]
        call = scope.calls[number]
        if not world.modules[sid[0]].test and not _is_entered(scope, number):
            assert isinstance(call.callee, Attr)  # such calls are listed
            for variable in _variables(world, sid, call.callee):
                yield _act(variable, sid, scope, call)


def _handed_resets(world: World, acts: tuple[Act, ...]) -> Iterator[Act]:
    """Yield where something gets the ``reset`` of a variable that is set: to call it at the end.

    ``stack.callback(variable.reset, token)``
    """
    known = frozenset(act.variable for act in acts)
    for sid, scope in world.scopes.items():
        if world.modules[sid[0]].test:
            continue
        for call in scope.calls:
            for value in call.arguments:
                if type(value) is Attr and value.name == "reset":
                    for variable in _variables(world, sid, value):
                        if variable in known:
                            yield Act(variable, sid, call.span, True, True, False)


def _act(variable: CellKey, sid: Sid, scope: Scope, call: Call) -> Act:
    """Return what one call does to a variable."""
    at_end = bool(scope.contexts[call.context].flags & ContextFlag.FINALLY)
    match call.callee, call.arguments:
        case Attr(name="reset"), _:
            return Act(variable, sid, call.span, True, at_end, False)
        case _, (Const(text=text), *_):
            return Act(variable, sid, call.span, at_end or text in NOTHING, at_end, True)
        case _:
            return Act(variable, sid, call.span, at_end, at_end, False)


NOTHING = frozenset({"", "0", "False", "None"})
"""Constants that stand for no value."""


def _variables(world: World, sid: Sid, callee: Attr) -> Iterator[CellKey]:
    """Yield the context variables whose method a callee is."""
    for item in world.evaluate(sid, callee.base):
        if type(item) is CellObject and CONTEXT_VARIABLE in contents(world, item):
            yield item.cell


def _is_entered(scope: Scope, number: int) -> bool:
    """Whether the result of a call is the subject of a ``with`` (tokens can be, since 3.14)."""
    return any(guard.value == Result(number) for guard in scope.guards)


def _stays_set(act: Act, undone: tuple[Act, ...]) -> bool:
    """Whether nothing resets the variable, or only what an exception skips.

    A reset in another function is that of a hook or of ``__exit__``.
    """
    return all(each.sid == act.sid and not each.certain for each in undone)


def _is_manager(world: World, sid: Sid) -> bool:
    """Whether a function is a generator that makes a context manager."""
    generates = world.scopes[sid].flags & ScopeFlag.GENERATOR
    return bool(generates) and any(each.dotted in MANAGERS for each in decorators_of(world, sid))


def _reach(world: World, entries: EntryPoints, edges: tuple[Edge, ...]) -> Mapping[Sid, Step]:
    """Return the functions that run in the context of a thread that serves many calls."""
    roots = {
        sid: frozenset(row.role for row in rows if row.keeps_context)
        for sid, rows in entries.items()
        if not world.scopes[sid].flags & ScopeFlag.ASYNC
    }
    apart = frozenset(_run_apart(world))
    shared = by_caller(
        edge
        for edge in edges
        if edge.callee not in apart and not world.scopes[edge.callee].flags & ScopeFlag.ASYNC
    )
    return reached_from(world, roots, shared)


def _run_apart(world: World) -> Iterator[Sid]:
    """Yield the functions that ``copy_context().run`` gets."""
    for sid, number in world.calls_named(("run",)):
        call = world.scopes[sid].calls[number]
        for item in world.callees(sid)[number] if call.arguments else ():
            if isinstance(item, MethodObject) and _is_context(world, item):
                for given in world.evaluate(sid, call.arguments[0]):
                    if isinstance(given, FunctionObject):
                        yield given.sid


def _is_context(world: World, method: MethodObject) -> bool:
    """Whether the receiver of a method is a context."""
    return any(
        isinstance(item, LibraryInstance) and item.dotted.startswith("contextvars.")
        for item in contents(world, method.receiver)
    )


def _record(world: World, act: Act, entry: Step | None, *, skipped: bool) -> ContextLeak:
    """Return one finished record."""
    return ContextLeak(
        variable=world.cell_symbol(act.variable),
        function=world.symbol(act.sid),
        path=world.path(act.sid),
        span=act.span,
        entry=entry,
        skipped=skipped,
    )
