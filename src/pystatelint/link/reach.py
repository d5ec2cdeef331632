"""From which entry point is a function reached?"""

from collections import deque
from collections.abc import Mapping

from pystatelint.link.callgraph import Edge
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


def reached_from(
    world: World, roles: Mapping[Sid, frozenset[str]], edges: tuple[Edge, ...]
) -> dict[Sid, Step]:
    """Return, for each function that an entry point leads to, the step that says so.

    Breadth first from the best-ranked roots, so that each function gets the nearest.
    """
    callees: dict[Sid, list[Sid]] = {}
    for edge in edges:
        callees.setdefault(edge.caller, []).append(edge.callee)
    found: dict[Sid, Step] = {}
    for role, text in ROLE_TEXTS.items():
        roots = sorted(sid for sid, names in roles.items() if role in names)
        queue = deque((root, root) for root in roots if not world.modules[root[0]].test)
        while queue:
            sid, root = queue.popleft()
            if sid in found:
                continue
            found[sid] = _step(world, sid, root, text)
            queue.extend((callee, root) for callee in callees.get(sid, ()))
    return found


def _step(world: World, sid: Sid, root: Sid, text: str) -> Step:
    """Return the step that names an entry point."""
    scope = world.scopes[root]
    verb = "this is" if sid == root else "reached from"
    return Step(
        StepKind.REACH, world.path(root), scope.span, f"{verb} {world.symbol(root)}, {text}"
    )
