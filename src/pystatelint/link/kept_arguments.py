"""What do objects keep that serve many calls, of what one call gives them?"""

from collections.abc import Iterator, Mapping

from pystatelint.link.callgraph import Edge
from pystatelint.link.carried import carries, handed_on
from pystatelint.link.entries import EntryPoints
from pystatelint.link.lasting import Handler, lasting_handlers, one_per_process
from pystatelint.link.objects import Sid
from pystatelint.link.places import KeptArgument
from pystatelint.link.reach import ROLE_TEXTS
from pystatelint.link.records import Phase
from pystatelint.link.world import World
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import self_stores
from pystatelint.model.span import Span


def kept_arguments(
    world: World,
    entries: EntryPoints,
    held: Mapping[Sid, tuple[str, ...]],
    edges: tuple[Edge, ...],
    phases: Mapping[Sid, frozenset[Phase]],
) -> tuple[KeptArgument, ...]:
    """Return the ``self.x =`` that a handler of a lasting object fills from its arguments.

    Parameters:
        entries: the functions that frameworks call, with the rows that say so.
        held: the module cells that hold an instance of each class.
        edges, phases: who calls whom, and when each function can run.
    """
    kept = {
        handler: stores
        for handler in lasting_handlers(world, entries, held)
        if (stores := tuple(_kept(world, handler.sid)))
    }
    found = {
        (method, span): _record(world, handler, method, name, span)
        for handler in reversed(one_per_process(world, kept, edges, phases))
        for method, name, span in kept[handler]
    }
    return tuple(sorted(found.values(), key=lambda each: (each.path, each.span)))


def _kept(world: World, handler: Sid) -> Iterator[tuple[Sid, str, Span]]:
    """Yield method, attribute and place of the stores to self that get a handler's arguments."""
    arguments = frozenset(range(1, len(world.scopes[handler].parameters)))
    for method, given in handed_on(world, handler, arguments).items():
        for name, value, span, _ in self_stores(world.scopes[method]):
            if carries(world, method, value, given):
                yield method, name, span


def _record(world: World, handler: Handler, method: Sid, name: str, span: Span) -> KeptArgument:
    """Return one finished record."""
    row = handler.row
    symbol = world.symbol(handler.sid)
    place = world.scopes[handler.sid].span
    entry = f"this is {symbol}, {ROLE_TEXTS[row.role]}"
    return KeptArgument(
        owner=world.symbol(handler.owner),
        name=name,
        method=world.symbol(method),
        path=world.path(method),
        span=span,
        handler=symbol,
        entry=Step(StepKind.REACH, world.path(handler.sid), place, entry),
        role=row.role,
        model=row.model,
        made_by_framework=row.instance != "as-made",
    )
