"""Why does a function run when it does: from where, and by which calls?"""

from collections import deque
from collections.abc import Container, Iterator, Mapping

import msgspec

from pystatelint.link.callgraph import Edge, Edges
from pystatelint.link.objects import Sid
from pystatelint.link.phase_sets import ASSUMED, BITS, MAIN, RUN
from pystatelint.link.reach import way_shown
from pystatelint.link.records import Phase
from pystatelint.link.world import World
from pystatelint.model.facts import ContextFlag, ScopeKind
from pystatelint.model.finding import Step, StepKind

GUARD = "the main guard of {}"


class Starts(msgspec.Struct, frozen=True):
    """Where phases begin, and where they get to.

    Attributes:
        bits: the phases in which each scope starts by itself.
        causes: why it does so, as a clause whose subject is the scope.
        pinned: hooks, which run when their framework says, whoever else calls them.
        calls: who calls whom.
        reached: the phases in which each scope runs in the end.
    """

    bits: Mapping[Sid, int]
    causes: Mapping[Sid, str]
    pinned: Container[Sid]
    calls: Edges
    reached: Mapping[Sid, int]


class Whys:
    """Tells of each function why it runs in its phases; found out when it is asked."""

    __slots__ = ("_callers", "_sids", "_starts", "_world")

    def __init__(self, world: World, starts: Starts) -> None:
        self._world = world
        self._starts = starts
        self._callers: Mapping[Sid, list[Edge]] = {}
        self._sids: Mapping[str, Sid] = {}

    def of(self, function: str, phase: Phase) -> Step | None:
        """Return the shortest way from a start to a function, None if there is none.

        Args:
            function: qualified name of a function, class or module.
            phase: one in which it runs.
        """
        if not self._sids:
            self._sids = {self._world.symbol(sid): sid for sid in self._world.scopes}
            self._callers = _inverse(self._starts)
        sid = self._sids.get(function)
        way = None if sid is None else self._way(sid, BITS[phase])
        return None if way is None else self._told(way, BITS[phase])

    def _way(self, sid: Sid, bit: int) -> list[Sid] | None:
        """Return the shortest way by which a phase gets to a scope, its start first."""
        after: dict[Sid, Sid] = {sid: sid}
        queue = deque([sid])
        while queue:
            now = queue.popleft()
            if _starts_in(self._starts.bits.get(now, 0), bit):
                way = [now]
                while after[way[-1]] != way[-1]:
                    way.append(after[way[-1]])
                return way
            for edge in self._callers.get(now, ()):
                if edge.caller in after:
                    continue
                if bit == MAIN and self._is_guarded(edge):
                    after[edge.caller] = now
                    return [edge.caller, *_rest(after, now)]
                if _starts_in(self._starts.reached.get(edge.caller, 0), bit):
                    after[edge.caller] = now
                    queue.append(edge.caller)
        return None

    def _is_guarded(self, edge: Edge) -> bool:
        """Whether a call stands under the main guard of a module."""
        scope = self._world.scopes[edge.caller]
        return (
            scope.kind in BODIES
            and edge.context >= 0
            and bool(scope.contexts[edge.context].flags & ContextFlag.MAIN_GUARD)
        )

    def _told(self, way: list[Sid], bit: int) -> Step:
        """Return the step that tells a way."""
        world, root = self._world, way[0]
        begun = self._starts.bits.get(root, 0)
        guarded = bit == MAIN and not _starts_in(begun, MAIN)
        if guarded:
            text = GUARD.format(world.symbol(root))
        else:
            cause = ASSUMPTION if begun & ASSUMED else self._starts.causes.get(root, UNKNOWN)
            text = f"{world.symbol(root)}, {cause}"
        if len(way) > 1:
            text = f"{text}: {way_shown(world, way)}"
        return Step(StepKind.REACH, world.path(root), world.scopes[root].span, text)


ASSUMPTION = "which nobody in the application is seen to call; that somebody does is assumed"
UNKNOWN = "which only functions call that nobody is seen to start"
BODIES = frozenset({ScopeKind.CLASS, ScopeKind.MODULE})


def _rest(after: Mapping[Sid, Sid], sid: Sid) -> Iterator[Sid]:
    """Yield a scope and what follows it on the way down."""
    yield sid
    while after[sid] != sid:
        sid = after[sid]
        yield sid


def _starts_in(bits: int, bit: int) -> bool:
    """Whether bits hold a phase; what is assumed to run does so at run time."""
    return bool(bits & bit) or (bit == RUN and bool(bits & ASSUMED))


def _inverse(starts: Starts) -> dict[Sid, list[Edge]]:
    """Return the calls of each scope that hand phases to it."""
    found: dict[Sid, list[Edge]] = {}
    for edges in starts.calls.values():
        for edge in edges:
            if edge.callee not in starts.pinned:
                found.setdefault(edge.callee, []).append(edge)
    return found
