"""From which entry point is a function reached, and by which calls?"""

from collections import deque
from collections.abc import Iterator, Mapping

from pystatelint.link.callgraph import Edges
from pystatelint.link.objects import Sid
from pystatelint.link.world import World
from pystatelint.model.finding import Step, StepKind

ROLE_TEXTS = {
    "request": "which serves requests",
    "dependency": "which runs for each request",
    "middleware": "which every request passes",
    "task": "which runs once per task",
    "tool": "which models call as a tool",
    "event": "which runs once per event",
    "schedule": "which runs on a schedule",
}
"""Entry points that run again and again, from the best evidence to the weakest."""

MOST_HOPS = 4
"""Most calls that a way shows; of a longer one the middle is left out."""


class Reach(Mapping[Sid, Step]):
    """The step that tells how a function is reached, for each that an entry point leads to.

    Steps are put together when they are asked for: few of many functions write something.
    """

    __slots__ = ("_callers", "_texts", "_world")

    def __init__(self, world: World, callers: Mapping[Sid, Sid], texts: Mapping[Sid, str]) -> None:
        self._world = world
        self._callers = callers
        self._texts = texts

    def __getitem__(self, sid: Sid) -> Step:
        way = [sid]
        while self._callers[way[-1]] != way[-1]:
            way.append(self._callers[way[-1]])
        world, root = self._world, way[-1]
        text = f"{world.symbol(root)}, {self._texts[root]}"
        if sid == root:
            text = f"this is {text}"
        else:
            text = f"reached from {text}: {way_shown(world, way[::-1])}"
        return Step(StepKind.REACH, world.path(root), world.scopes[root].span, text)

    def __contains__(self, sid: object) -> bool:
        return sid in self._callers

    def __iter__(self) -> Iterator[Sid]:
        return iter(self._callers)

    def __len__(self) -> int:
        return len(self._callers)


def reached_from(world: World, roles: Mapping[Sid, frozenset[str]], calls: Edges) -> Reach:
    """Return how each function is reached that an entry point leads to.

    Breadth first from the best-ranked roots, so that each function gets the shortest way
    from the best of them.
    """
    callers: dict[Sid, Sid] = {}
    texts: dict[Sid, str] = {}
    for role, text in ROLE_TEXTS.items():
        roots = sorted(sid for sid, names in roles.items() if role in names)
        queue = deque((root, root) for root in roots if not world.modules[root[0]].test)
        while queue:
            sid, caller = queue.popleft()
            if sid in callers:
                continue
            callers[sid] = caller
            if sid == caller:
                texts[sid] = text
            queue.extend([(edge.callee, sid) for edge in calls.get(sid, ())])
    return Reach(world, callers, texts)


def way_shown(world: World, way: list[Sid]) -> str:
    """Return a way as text: ``create → Chat.send → keep``."""
    names = [_name(world, sid) for sid in way]
    if len(names) > MOST_HOPS + 1:
        names = [*names[:2], "…", *names[-2:]]
    return " → ".join(names)


def _name(world: World, sid: Sid) -> str:
    """Return the name of a function inside its module; of a module body, the module's."""
    qualname = world.scopes[sid].qualname.replace(".<locals>", "")
    return qualname or world.modules[sid[0]].name
