"""Which writes of coroutine functions rely on what other tasks may have changed meanwhile?"""

import re
from collections.abc import Iterable, Iterator, Mapping

from pystatelint.link.changers import (
    AT_THE_END,
    Changes,
    changers_of_attribute,
    changers_of_cell,
)
from pystatelint.link.company import Company, company_at
from pystatelint.link.entries import EntryPoints
from pystatelint.link.flags import unreset_flags
from pystatelint.link.guards import keeps_others_out
from pystatelint.link.hierarchy import class_member
from pystatelint.link.interleavings import Danger, Hazard, hazards
from pystatelint.link.kinds import container_kinds
from pystatelint.link.objects import InstanceObject, LibraryInstance, Object, Objects, Sid
from pystatelint.link.records import Cell, Phase, Verdict
from pystatelint.link.records_races import Race
from pystatelint.link.sharing import Storage, storages, symbol_of
from pystatelint.link.storage import contents
from pystatelint.link.suspension import suspending_lines
from pystatelint.link.world import World
from pystatelint.model.course import Course, Made
from pystatelint.model.facts import Attr, Scope
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.span import Span

SHOWN_OTHERS = 3
"""How many other places that change a spot a record keeps."""

Phases = Mapping[Sid, frozenset[Phase]]


def races(
    world: World,
    found: Iterable[tuple[Sid, Hazard]],
    company: Company,
) -> tuple[Race, ...]:
    """Return the races, by path and span.

    Parameters:
        found: what may go wrong in each function. company: who else is there.
    """
    known = [
        race for sid, hazard in found if (race := _race(world, sid, hazard, company)) is not None
    ]
    return tuple(sorted(known, key=lambda race: (race.path, race.span)))


def roles_of_many(entries: EntryPoints) -> dict[Sid, frozenset[str]]:
    """Return the roles of functions of which several calls may run at once.

    A task or thread that code starts by hand may well be the only one.
    """
    found = {
        sid: frozenset(row.role for row in rows if row.framework not in BY_HAND)
        for sid, rows in entries.items()
    }
    return {sid: roles for sid, roles in found.items() if roles}


BY_HAND = frozenset({"anyio", "asyncio", "stdlib", "trio"})
"""Libraries whose rows tell what code starts by itself."""


def with_courses(world: World) -> Iterator[Sid]:
    """Yield the functions of which facts tell the course."""
    for number, module in enumerate(world.modules):
        for course in module.facts.courses:
            yield number, course.scope


def hazardous(
    world: World, phases: Phases, suspends: frozenset[Sid]
) -> Iterator[tuple[Sid, Hazard]]:
    """Yield what may go wrong in functions that run at run time.

    Parameters:
        phases: when each function can run. suspends: the functions that can suspend.
    """
    for number, module in enumerate(world.modules):
        if module.test:
            continue
        for course in module.facts.courses:
            sid = (number, course.scope)
            if Phase.RUN in phases[sid] and not world.locks_of_callers.get(sid):
                for hazard in _hazards_of(world, sid, course, suspends):
                    yield sid, hazard


def _hazards_of(
    world: World, sid: Sid, course: Course, suspends: frozenset[Sid]
) -> tuple[Hazard, ...]:
    """Return what may go wrong in one function."""
    lines = suspending_lines(world, sid, suspends)
    locks = frozenset(_locks(world, sid, world.scopes[sid]))
    return (*hazards(course.steps, lines, locks), *unreset_flags(course.steps, lines))


def _locks(world: World, sid: Sid, scope: Scope) -> Iterator[int]:
    """Yield the lines of managers that keep others out: by their type, else by their name."""
    for guard in scope.guards:
        if keeps_others_out(world, sid, guard.value):
            yield guard.line


def _race(world: World, sid: Sid, hazard: Hazard, company: Company) -> Race | None:
    """Return one finished record; None if nobody else is known to get at the spot."""
    for place in storages(world, sid, hazard.spot):
        evidence = company_at(world, sid, hazard.spot, place, company)
        symbol = symbol_of(world, place)
        cell = company.cells.get(symbol)
        if evidence is None or _is_safe(cell):
            continue
        path = world.path(sid)
        line, column = hazard.since
        container = _container(world, sid, hazard)
        harmless = _harmless(hazard, container)
        at = hazard.suspended or hazard.span.line
        return Race(
            danger=hazard.danger,
            name=hazard.spot.text,
            symbol=symbol,
            module=world.modules[sid[0]].name,
            function=world.symbol(sid),
            path=path,
            span=hazard.span,
            since=Step(
                StepKind.READ, path, Span(line, column, line, column), f"{hazard.spot.text} is read"
            ),
            suspended=Step(StepKind.READ, path, Span(at, 0, at, 0), "other tasks may run here"),
            made=hazard.made,
            creates=hazard.made is Made.CALL
            and not hazard.replaces
            and _creates(world, sid, hazard),
            way=hazard.way,
            augmented=hazard.augmented,
            closing=hazard.closing,
            sharing=evidence[0],
            evidence=evidence[1],
            reached_from=company.reach.get(sid),
            others=_others(world, sid, place, cell, company.changes, harmless)[:SHOWN_OTHERS],
            container=container,
        )
    return None


def _harmless(hazard: Hazard, container: str) -> frozenset[str]:
    """Return the methods by which others may change a container that is gone through."""
    if hazard.danger is Danger.ITERATION and container in ("", "list"):
        return AT_THE_END
    return frozenset()


def _is_safe(cell: Cell | None) -> bool:
    """Whether each task sees something else under the cell's name."""
    return cell is not None and cell.verdict is Verdict.SAFE


def _others(
    world: World,
    sid: Sid,
    place: Storage,
    cell: Cell | None,
    changes: Changes,
    harmless: frozenset[str],
) -> tuple[Step, ...]:
    """Return where other functions change what a place holds, by methods that are not harmless."""
    if place.owner is not None:
        return changers_of_attribute(world, changes, place.owner, place.name, sid, harmless)
    return () if cell is None else changers_of_cell(cell, world.symbol(sid), harmless)


def _creates(world: World, sid: Sid, hazard: Hazard) -> bool:
    """Whether a call gives a live object, by its type or else by the name of the function."""
    if not hazard.spot.within:
        held = [each for item in _held(world, sid, hazard) for each in contents(world, item)]
        if any(_is_live(world, each) for each in held):
            return True
        if any(_is_data(world, each) for each in held):
            return False
    return CREATING.match(hazard.maker) is not None


def _is_data(world: World, item: Object) -> bool:
    """Whether an object is known to be nothing but data."""
    if type(item) is LibraryInstance and item.dotted in world.knowledge.immutable:
        return True
    return type(item) is InstanceObject or bool(container_kinds(world, item))


def _is_live(world: World, item: Object) -> bool:
    """Whether an object has a life of its own: a client, a task, what has to be closed."""
    if type(item) is LibraryInstance:
        return item.dotted in LIVE or item.dotted in world.knowledge.tables.sessions
    if type(item) is not InstanceObject or class_member(world, item.sid, "__await__"):
        return False  # what is kept is what awaiting it gives
    return any(class_member(world, item.sid, name) for name in CLOSING)


CLOSING = ("aclose", "cancel", "close", "disconnect", "shutdown", "stop", "terminate", "__aexit__")
"""Methods of objects that somebody has to end."""

LIVE = frozenset(
    {
        "asyncio.Event",
        "asyncio.Future",
        "asyncio.Lock",
        "asyncio.Queue",
        "asyncio.Semaphore",
        "asyncio.Task",
        "asyncio.subprocess.Process",
        "concurrent.futures.ProcessPoolExecutor",
        "concurrent.futures.ThreadPoolExecutor",
        "subprocess.Popen",
        "threading.Lock",
        "threading.Thread",
    }
)
"""Classes of the standard library whose instances hold tasks, threads, processes or waiters."""

CREATING = re.compile(
    r"_*(acquire|build|connect|create|ensure_future|init|launch|make|new|open|spawn|start)"
    r"|_*[A-Z][a-z]"
)
"""How functions and classes are called that give a new object of its own."""


def _container(world: World, sid: Sid, hazard: Hazard) -> str:
    """Return the kind of container that a spot holds, or nothing."""
    for item in _held(world, sid, hazard):
        for kind in container_kinds(world, item):
            return kind
    return ""


def _held(world: World, sid: Sid, hazard: Hazard) -> Objects:
    """Return what a spot may hold; for an element its container."""
    spot = hazard.spot
    return world.evaluate(sid, Attr(spot.holder, spot.name) if spot.name else spot.holder)
