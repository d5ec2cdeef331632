"""Does an annotation offer no way to change the object behind it?"""

from pystatelint.link.evaluate import WRAPPERS
from pystatelint.link.objects import ExternalObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import NONE, AnyValue, Attr, Generic, Name, Union

STREAMS = frozenset(
    {
        "collections.abc.AsyncGenerator",
        "collections.abc.AsyncIterator",
        "collections.abc.Awaitable",
        "collections.abc.Coroutine",
        "collections.abc.Generator",
        "collections.abc.Iterator",
        "typing.AsyncGenerator",
        "typing.AsyncIterator",
        "typing.Awaitable",
        "typing.Coroutine",
        "typing.Generator",
        "typing.Iterator",
    }
)
"""Annotations of functions that yield or are awaited: the first argument says what comes out."""


def is_read_only(world: World, sid: Sid, annotation: AnyValue | None) -> bool:
    """Whether an annotation, read in scope `sid`, names only types without mutators."""
    match annotation:
        case Union(options=options):
            named = [option for option in options if option != NONE]
            return bool(named) and all(is_read_only(world, sid, option) for option in named)
        case Generic(base=base, arguments=arguments):
            names = _names(world, sid, base)
            if names & (STREAMS | WRAPPERS):
                return bool(arguments) and is_read_only(world, sid, arguments[0])
            return bool(names) and names <= world.knowledge.tables.read_only
        case Name() | Attr():
            names = _names(world, sid, annotation)
            return bool(names) and names <= world.knowledge.tables.read_only
        case _:
            return False


def _names(world: World, sid: Sid, value: AnyValue) -> frozenset[str]:
    """Return the names of the library classes that a value may be; empty if it may be another."""
    found = world.evaluate(sid, value)
    names = [each.dotted for each in found if isinstance(each, ExternalObject)]
    return frozenset(names) if len(names) == len(found) else frozenset()
