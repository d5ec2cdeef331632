"""Which handlers belong to an object that serves many calls?"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from pystatelint.link.callgraph import Edge, targets
from pystatelint.link.decorated import decorators_of
from pystatelint.link.entries import EntryPoints
from pystatelint.link.hierarchy import ancestor_names
from pystatelint.link.objects import ClassObject, Sid
from pystatelint.link.reach import ROLE_TEXTS
from pystatelint.link.records import Phase
from pystatelint.link.registered import registered
from pystatelint.link.world import World
from pystatelint.models.functions import Entry


class Handler(msgspec.Struct, frozen=True):
    """A function that a framework calls on one object again and again.

    Attributes:
        sid: the function; its first parameter is the object.
        owner: the class of the object; the function itself where a decorator makes one.
        row: what says so.
    """

    sid: Sid
    owner: Sid
    row: Entry


def lasting_handlers(
    world: World, entries: EntryPoints, held: Mapping[Sid, tuple[str, ...]]
) -> Iterator[Handler]:
    """Yield the handlers whose object lives on after the call, by the tables.

    Parameters:
        entries: the functions that frameworks call, with the rows that say so.
        held: the module cells that hold an instance of each class.
    """
    for sid, rows in entries.items():
        if world.modules[sid[0]].test:
            continue
        owner = world.classes_by_scope.get(sid)
        for row in rows:
            if row.role not in ROLE_TEXTS:
                continue
            if owner is None:
                if row.bound and _is_bound(world, sid, row):
                    yield Handler(sid, sid, row)
            elif _lasts(row, held.get(owner, ())):
                if not _prepares(world, owner, world.scopes[sid].name):
                    yield Handler(sid, owner, row)


def _prepares(world: World, owner: Sid, name: str) -> bool:
    """Whether a method runs before the object, its class or the process is in use."""
    return any(
        not row.bases or not set(row.bases).isdisjoint(ancestor_names(world, owner))
        for row in world.knowledge.init_methods.get(name, ())
    )


def _lasts(row: Entry, holders: tuple[str, ...]) -> bool:
    """Whether one object serves many calls: by the framework's doing, or held by a module."""
    return row.instance == "per-process" or (row.instance == "as-made" and holders != ())


def _is_bound(world: World, sid: Sid, row: Entry) -> bool:
    """Whether a decorator passes the object that it makes of the function."""
    return any((row.bound, "True") in each.constants for each in decorators_of(world, sid))


def one_per_process(
    world: World,
    handlers: Iterable[Handler],
    edges: tuple[Edge, ...],
    phases: Mapping[Sid, frozenset[Phase]],
) -> tuple[Handler, ...]:
    """Return the handlers but those whose objects the project makes, or makes for itself.

    A shape alone may be that of something made in each call; and of some bases a
    framework makes objects only for the classes that it is given.
    """
    handlers = tuple(handlers)
    by_calls: frozenset[Sid] = frozenset()
    if any(each.row.kind == "shape" for each in handlers):
        by_calls = frozenset(edge.callee for edge in edges if Phase.RUN in phases[edge.caller])
    given = {
        names: registered(world, names)
        for names in {each.row.registered for each in handlers if each.row.registered}
    }
    return tuple(
        each
        for each in handlers
        if (not each.row.registered or each.owner in given[each.row.registered])
        and not (
            each.row.kind == "shape"
            and not by_calls.isdisjoint(targets(world, ClassObject(each.owner)))
        )
    )
