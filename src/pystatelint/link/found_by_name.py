"""Is what is stored under a key something that exists under that name, or else fails?

There are only so many modules, models and time zones: who asks for another gets an exception,
and nothing is stored.
"""

from collections.abc import Iterator

from pystatelint.link.carried import DEPTH
from pystatelint.link.derive import base_of
from pystatelint.link.library_names import library_names
from pystatelint.link.objects import Sid
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, Call, Fresh, Result, Union
from pystatelint.model.layers import UNSAID, behind


def is_found_by_name(world: World, sid: Sid, key: AnyValue, stored: AnyValue | None) -> bool:
    """Whether a table of finders names a call that `stored` comes from, and that gets the key."""
    scope = world.scopes[sid]
    finders = world.knowledge.tables.finders
    return any(
        _gets(scope.calls[number], key)
        and not finders.isdisjoint(library_names(world, world.callees(sid)[number]))
        for number in _calls_behind(world, sid, stored)
    )


def _calls_behind(world: World, sid: Sid, value: AnyValue | None, depth: int = 0) -> Iterator[int]:
    """Yield the calls without whose success a value would not be there."""
    while value is not None and depth <= DEPTH:
        if type(value) is Result:
            yield value.call
            call = world.scopes[sid].calls[value.call]
            for each in call.arguments:
                yield from _calls_behind(world, sid, each, depth + 1)
            value = call.callee if type(call.callee) is Attr else None
        elif type(value) is Union:
            groups = [set(_calls_behind(world, sid, each, depth + 1)) for each in value.options]
            yield from set.intersection(*groups) if groups else ()
            return
        else:
            value = base_of(value)
        depth += 1


def _gets(call: Call, key: AnyValue) -> bool:
    """Whether the first argument of a call is the key, or a string that is put together."""
    given = call.arguments[:1] or tuple(value for _, value in call.keywords[:1])
    wanted = behind(key, UNSAID)
    return any(
        behind(each, UNSAID) == wanted or (type(each) is Fresh and each.shape == "string")
        for each in given
    )
