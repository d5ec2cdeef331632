"""Which of its parameters does a function change, by itself or through what it calls?

Bottom-up summaries in the manner of Infer (Calcagno, Distefano, O'Hearn and Yang,
"Compositional shape analysis by means of bi-abduction", POPL 2009), cut down to one question:
a set of paths per parameter that only grows, so a worklist over the call graph reaches the
fixpoint whatever the recursion.
"""

from pystatelint.link.callgraph import CallGraph
from pystatelint.link.objects import PATH_LIMIT, Sid
from pystatelint.link.origins import origins
from pystatelint.link.parameter_changes import ParameterWrite, own_writes
from pystatelint.link.passed_values import Key, Passing
from pystatelint.link.world import World
from pystatelint.model.facts import Value

MOST_PATHS = 8
"""Paths kept per parameter; one is enough to know that it is changed."""

MOST_HOPS = 4
"""Calls between the one who passes an object and the one who changes it."""

Summaries = dict[Key, dict[tuple[str, ...], ParameterWrite]]


def parameter_writes(world: World, graph: CallGraph, calls: Passing) -> Summaries:
    """Return, for each parameter that is changed, the writes by path."""
    found: Summaries = {}
    for sid, scope in world.scopes.items():
        foreign = graph.foreign.get(sid, ())
        if scope.parameters and (scope.effects or foreign):
            for origin, write in own_writes(world, sid, scope, foreign):
                _add(found, (sid, origin.index), write)
    queue = list(found)
    handed: dict[Key, int] = {}
    while queue:
        key = queue.pop()
        # Only what came in since this was last handed up can be new to the callers.
        first = handed.get(key, 0)
        if len(found[key]) > first:
            handed[key] = len(found[key])
            _hand_up(world, found, calls, key, first, queue)
    return found


def _add(found: Summaries, key: Key, write: ParameterWrite) -> None:
    """Keep a write if its path is new; the first one found is the shortest."""
    paths = found.setdefault(key, {})
    if write.path not in paths and len(paths) < MOST_PATHS:
        paths[write.path] = write


def _hand_up(
    world: World, found: Summaries, calls: Passing, changed: Key, first: int, queue: list[Key]
) -> None:
    """Add the parameters of callers that newly count as changed by their calls.

    Parameters:
        changed: what the calls change. first: number of its first write that is new.
        queue: gets the parameters of callers.
    """
    for caller, number, value in calls.of(world, changed):
        for origin in origins(value) if isinstance(value, Value) else ():
            key = caller, origin.index
            for write in tuple(found[changed].values())[first:]:
                path = (*origin.path, *write.path)
                if len(write.hops) < MOST_HOPS and _has_room(found.get(key), path):
                    _add(found, key, _through(write, path, (caller, number)))
                    queue.append(key)


def _has_room(known: dict[tuple[str, ...], ParameterWrite] | None, path: tuple[str, ...]) -> bool:
    """Whether a path is short enough, and one more for a parameter."""
    if len(path) > PATH_LIMIT:
        return False
    return known is None or (path not in known and len(known) < MOST_PATHS)


def _through(write: ParameterWrite, path: tuple[str, ...], hop: tuple[Sid, int]) -> ParameterWrite:
    """Return a callee's write as the caller's own."""
    return ParameterWrite(
        path=path,
        action=write.action,
        method=write.method,
        place=write.place,
        hops=(hop, *write.hops),
        from_parameter=write.from_parameter,
    )
