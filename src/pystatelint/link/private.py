"""Which values belong to one call of an entry point: what it is given, and its request?"""

from collections import deque
from collections.abc import Iterator, Mapping

import msgspec

from pystatelint.link.arguments import parameters_of
from pystatelint.link.carried import carries
from pystatelint.link.derive import is_receiver
from pystatelint.link.entries import EntryPoints
from pystatelint.link.objects import ExternalObject, FunctionObject, LibraryInstance, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Entered,
    Fresh,
    Item,
    Name,
    Param,
    Result,
    Truthy,
    Typed,
    Union,
)
from pystatelint.models.functions import Entry

ROLES = ("request", "dependency", "middleware", "tool", "task")
"""Entry points that get data of their call, from the most telling to the least."""

MOST_CALLS = 4
"""How far data is followed from call to call."""

DEPTH = 6
"""How far a value is followed back to the request."""


class Private(msgspec.Struct, frozen=True):
    """What of a function's values belongs to one call.

    Attributes:
        given: numbers of the parameters that get data of the call.
        objects: those of them that get the request itself, its user or its session.
        entry: the entry point, and its role.
    """

    given: frozenset[int]
    objects: frozenset[int]
    entry: tuple[Sid, str]

    def holds(self, world: World, sid: Sid, value: AnyValue) -> bool:
        """Return whether data of the call flows into a value, read in function `sid`."""
        return carries(world, sid, value, self.given) or _is_of_request(world, sid, value)

    def is_object(self, world: World, sid: Sid, value: AnyValue) -> bool:
        """Return whether a value, read in function `sid`, is the request, its user or session."""
        match value:
            case Alias(base=base) | Truthy(base=base) | Typed(value=base):
                return self.is_object(world, sid, base) or _is_typed(world, sid, value)
            case Union(options=options):
                return any(self.is_object(world, sid, option) for option in options)
            case Attr(base=base, name="session" | "user"):
                return self.is_object(world, sid, base) or _is_typed(world, sid, value)
            case Param(index=index) if index in self.objects:
                return True
            case _:
                return _is_typed(world, sid, value)


def _is_typed(world: World, sid: Sid, value: AnyValue) -> bool:
    """Whether a value is the request, its user or a session by its type, or by its name."""
    tables = world.knowledge.tables
    for item in world.evaluate(sid, value):
        match item:
            case LibraryInstance(dotted=dotted):
                if dotted in tables.requests:
                    return True
            case ExternalObject(dotted=dotted):
                if dotted in tables.proxies:
                    return True
            case _:
                pass
    return False


NAMES = frozenset({"req", "request"})


def private_to_calls(world: World, entries: EntryPoints) -> Mapping[Sid, Private]:
    """Return the functions that data of one call gets to, with what they get."""
    found: dict[Sid, Private] = {}
    for role in ROLES:
        for root in sorted(entries):
            rows = tuple(row for row in entries[root] if row.role == role)
            if rows and not world.modules[root[0]].test:
                _spread(world, root, rows, found)
    return found


def _requests_of(world: World, root: Sid, rows: tuple[Entry, ...]) -> Iterator[int]:
    """Yield the parameters of an entry point that get the request, by the tables."""
    parameters = world.scopes[root].parameters
    first = 1 if is_receiver(world, root) else 0
    for row in rows:
        if row.request is not None and row.request + first < len(parameters):
            if parameters[row.request + first].name in NAMES:
                yield row.request + first


def _spread(world: World, root: Sid, rows: tuple[Entry, ...], found: dict[Sid, Private]) -> None:
    """Follow what an entry point is given through the functions that it calls."""
    first = 1 if is_receiver(world, root) else 0
    given = frozenset(range(first, len(world.scopes[root].parameters)))
    start = Private(given, frozenset(_requests_of(world, root, rows)), (root, rows[0].role))
    queue = deque([(root, start, 0)])
    while queue:
        sid, got, depth = queue.popleft()
        known = found.get(sid)
        if known is not None:
            if got.given <= known.given and got.objects <= known.objects:
                continue
            got = Private(got.given | known.given, got.objects | known.objects, known.entry)
        found[sid] = got
        if depth < MOST_CALLS:
            queue.extend((callee, passed, depth + 1) for callee, passed in _handed(world, sid, got))


def _handed(world: World, sid: Sid, got: Private) -> Iterator[tuple[Sid, Private]]:
    """Yield the functions that a function calls, with what they get of the call's data."""
    for number, call in enumerate(world.scopes[sid].calls):
        for item in world.callees(sid)[number]:
            if isinstance(item, FunctionObject):
                pairs = parameters_of(world, call, item)
                given = frozenset(i for i, value in pairs if got.holds(world, sid, value))
                whole = frozenset(i for i, value in pairs if got.is_object(world, sid, value))
                yield item.sid, Private(given | whole, whole, got.entry)


def _is_of_request(world: World, sid: Sid, value: AnyValue, depth: int = 0) -> bool:
    """Whether a value is taken from an object such as ``flask.request``."""
    if depth > DEPTH:
        return False
    match value:
        case Name():
            holders = world.knowledge.tables.holders
            return any(
                isinstance(item, ExternalObject)
                and item.dotted in holders
                and holders[item.dotted].category == "request"
                for item in world.evaluate(sid, value)
            )
        case (
            Alias(base=base)
            | Attr(base=base)
            | Item(base=base)
            | Truthy(base=base)
            | Entered(base=base)
        ):
            return _is_of_request(world, sid, base, depth + 1)
        case Typed(value=inner):
            return _is_of_request(world, sid, inner, depth + 1)
        case Union(options=parts) | Fresh(parts=parts):
            return any(_is_of_request(world, sid, part, depth + 1) for part in parts)
        case Result(call=number):
            call = world.scopes[sid].calls[number]
            parts = (*call.arguments, *(each for _, each in call.keywords))
            if isinstance(call.callee, Attr):
                parts = (*parts, call.callee.base)
            return any(_is_of_request(world, sid, part, depth + 1) for part in parts)
        case _:
            return False
