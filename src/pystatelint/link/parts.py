"""Which functions run elsewhere only while their caller waits for them?

What is done in a thread, or by a task, that its maker waits for is a part of the maker's work:
it happens when that does.
"""

from collections.abc import Container, Iterator, Mapping

from pystatelint.link.callgraph import ASIDE, CallGraph, Edge
from pystatelint.link.entries import EntryPoints, handed_functions
from pystatelint.link.given import Callers
from pystatelint.link.handing_names import names_of
from pystatelint.link.interest import ENTERS
from pystatelint.link.objects import Sid
from pystatelint.link.waited_for import is_waited_for
from pystatelint.link.world import World
from pystatelint.model.facts import ScopeFlag
from pystatelint.model.span import Span
from pystatelint.models.functions import Entry

WHOLE = Span(0, 0, 1 << 30, 0)
"""All of a function, not just the lines of one loop."""


def parts_of_work(
    world: World,
    graph: CallGraph,
    callers: Callers,
    entries: EntryPoints,
    starting: Container[Sid],
) -> Mapping[Sid, tuple[Edge, ...]]:
    """Return the functions that somebody always waits for, with the calls by those who do.

    Parameters:
        callers: the calls of each function.
        entries: the functions that frameworks call, with the rows that say so.
        starting: functions that serve until the process ends.
    """
    asked = {sid for sid, rows in entries.items() if all(row.joins for row in rows)}
    found: dict[Sid, list[Edge]] = {}
    alone: set[Sid] = set()
    for part, row in _handings(world, graph, callers) if asked else ():
        found.setdefault(part.callee, []).append(part)
        if not _is_waited_for(world, part, row, starting):
            alone.add(part.callee)
    return {sid: tuple(found[sid]) for sid in asked if sid in found and sid not in alone}


def _handings(world: World, graph: CallGraph, callers: Callers) -> Iterator[tuple[Edge, Entry]]:
    """Yield the calls that hand a function over, and the row that says so."""
    for sid, leaving in graph.foreign.items():
        if world.modules[sid[0]].test:
            continue
        scope = world.scopes[sid]
        for number in dict.fromkeys(each.number for each in leaving if each.bits & ENTERS):
            call = scope.calls[number]
            context = ASIDE if scope.flags & ScopeFlag.ASYNC else call.context
            for dotted in names_of(world, callers, sid, call.callee):
                for row in world.knowledge.entries.find("call-arg", dotted):
                    for function in handed_functions(world, sid, call, row):
                        yield Edge(sid, function, context, number), row


def _is_waited_for(world: World, part: Edge, row: Entry, starting: Container[Sid]) -> bool:
    """Whether the caller does nothing but wait until the function has run.

    What a generator starts may run while it is left, and what a function starts that serves
    runs while it does, unless the same expression waits.
    """
    scope = world.scopes[part.caller]
    at_once = scope.flags & ScopeFlag.GENERATOR or part.caller in starting
    where = scope.calls[part.number].span if at_once else WHOLE
    return row.joins and is_waited_for(world, part.caller, part.number, where)
