"""When can each scope run?"""

from collections.abc import Container, Iterable, Mapping

from pystatelint.link.callgraph import ASIDE, CallGraph, Edges
from pystatelint.link.mentions import Mentions, may_be_called_unseen, mentions
from pystatelint.link.objects import Sid
from pystatelint.link.outsiders import Outsiders
from pystatelint.link.phase_sets import ASSUMED, MAIN, RUN, SETS, shown
from pystatelint.link.records import Phase
from pystatelint.link.roots import defined_in_main, hooks_of, roots, run_bits
from pystatelint.link.starters import Starters
from pystatelint.link.whys import Starts
from pystatelint.link.world import World
from pystatelint.model.facts import ContextFlag, Scope, ScopeKind


def phases_of(
    world: World,
    graph: CallGraph,
    passed: Container[Sid],
    roles: Mapping[Sid, frozenset[str]],
    starting: Starters,
    outsiders: Outsiders,
) -> tuple[dict[Sid, frozenset[Phase]], Starts]:
    """Return the phases in which each scope can run, and where they begin.

    A function runs when it starts by itself and when its callers run. Functions that only
    call each other run at run time too: what nobody is seen to start, somebody else does.
    Where there are no others, that is an assumption, and noted as such.

    Parameters:
        passed: functions that are handed to somebody who may call them.
        roles: in which roles frameworks call a function.
        starting: functions that serve until the process ends.
    """
    hooks = hooks_of(world)
    scripts = defined_in_main(world)
    start = roots(world, graph.callers, passed, roles, hooks, scripts, starting)
    found = start.bits
    mentioned = mentions(world) if outsiders is Outsiders.NONE else None
    _assume(world, found, start.uncalled, mentioned)
    begun = dict(found)
    _propagate(world, found, graph.calls, hooks, tuple(found))
    islands = tuple(
        sid for sid, bits in found.items() if not bits and world.scopes[sid].kind not in BODIES
    )
    found.update((sid, run_bits(scripts, sid)) for sid in islands)
    _assume(world, found, islands, mentioned)
    begun.update((sid, found[sid]) for sid in islands)
    _propagate(world, found, graph.calls, hooks, islands)
    world.assumed.update(sid for sid, bits in found.items() if bits & ASSUMED and not bits & RUN)
    starts = Starts(begun, start.causes, hooks, graph.calls, found)
    return {sid: shown(bits) for sid, bits in found.items()}, starts


def _assume(
    world: World, found: dict[Sid, int], uncalled: tuple[Sid, ...], mentioned: Mentions | None
) -> None:
    """Note the functions that nobody is seen to call, and that nobody may call unseen."""
    if mentioned is not None:
        for sid in uncalled:
            if not may_be_called_unseen(world, sid, world.scopes[sid], mentioned):
                found[sid] = ASSUMED


def _propagate(
    world: World,
    found: dict[Sid, int],
    calls: Edges,
    pinned: Container[Sid],
    starts: Iterable[Sid],
) -> None:
    """Hand phases down the call graph until nothing changes.

    Parameters:
        pinned: hooks, which run when their framework says, whoever else calls them.
    """
    queue = [sid for sid in starts if found[sid] and sid in calls]
    while queue:
        sid = queue.pop()
        scope = world.scopes[sid]
        body = scope.kind in BODIES
        own = found[sid]
        for edge in calls[sid]:
            callee = edge.callee
            bits = own
            if edge.context == ASIDE:
                bits = _meanwhile(own)
            elif body and _in_main(scope, edge.context):
                bits = MAIN
            known = found[callee]
            if bits | known != known and callee not in pinned:
                found[callee] = bits | known
                if callee in calls:
                    queue.append(callee)


def _meanwhile(bits: int) -> int:
    """Return when a task runs whose maker waits for it: those of a script run side by side."""
    return bits & ~MAIN | RUN if bits & MAIN else bits


BODIES = frozenset({ScopeKind.MODULE, ScopeKind.CLASS})


def _in_main(scope: Scope, context: int) -> bool:
    """Whether a statement of a module or class body stands under the main guard."""
    return bool(scope.contexts[context].flags & ContextFlag.MAIN_GUARD)


def moment(world: World, sid: Sid, context: int, phases: frozenset[Phase]) -> frozenset[Phase]:
    """Return the phases of one statement: under ``if __name__ == "__main__"`` it is main."""
    scope = world.scopes[sid]
    if scope.kind in BODIES and _in_main(scope, context):
        return SETS[MAIN]
    return phases
