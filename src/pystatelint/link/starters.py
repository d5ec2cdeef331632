"""Which functions start the process: they serve, or call what serves, until it ends?"""

from pystatelint.link.callgraph import CallGraph
from pystatelint.link.interest import SERVES
from pystatelint.link.objects import Sid


def starters(graph: CallGraph) -> frozenset[Sid]:
    """Return the functions from which a call that serves for good is made, however deep."""
    queue = [
        sid for sid, calls in graph.foreign.items() if any(each.bits & SERVES for each in calls)
    ]
    if not queue:
        return frozenset()
    callers: dict[Sid, list[Sid]] = {}
    for edge in graph.edges:
        callers.setdefault(edge.callee, []).append(edge.caller)
    found = set(queue)
    while queue:
        for caller in callers.get(queue.pop(), ()):
            if caller not in found:
                found.add(caller)
                queue.append(caller)
    return frozenset(found)
