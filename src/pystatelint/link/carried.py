"""Does what certain parameters were given flow into a value, also in helper methods?"""

from collections.abc import Mapping

from pystatelint.link.arguments import parameters_of
from pystatelint.link.objects import FunctionObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Entered,
    Fresh,
    Item,
    Param,
    Result,
    Slice,
    Truthy,
    Typed,
    Union,
)
from pystatelint.model.self_stores import plain

DEPTH = 6
"""How far calls and attributes are followed back."""

Given = Mapping[Sid, frozenset[int]]
"""Methods -> numbers of the parameters that get something in question."""


def carries(
    world: World, sid: Sid, value: AnyValue | None, given: frozenset[int], depth: int = 0
) -> bool:
    """Whether what one of the parameters `given` got flows into a value of scope `sid`."""
    if value is None or depth > DEPTH:
        return False
    match value:
        case Param(index=index):
            return index in given
        case (
            Alias(base=base)
            | Attr(base=base)
            | Item(base=base)
            | Slice(base=base)
            | Truthy(base=base)
            | Entered(base=base)
        ):
            return carries(world, sid, base, given, depth + 1)
        case Typed(value=inner):
            return carries(world, sid, inner, given, depth + 1)
        case Union(options=parts) | Fresh(parts=parts):
            return any(carries(world, sid, part, given, depth + 1) for part in parts)
        case Result(call=number):
            call = world.scopes[sid].calls[number]
            parts = (*call.arguments, *(item for _, item in call.keywords))
            if isinstance(call.callee, Attr):
                parts = (*parts, call.callee.base)
            return any(carries(world, sid, part, given, depth + 1) for part in parts)
        case _:
            return False


def handed_on(world: World, method: Sid, given: frozenset[int]) -> Given:
    """Return the methods that a method calls on its own object, with what they get.

    Parameters:
        method: where it starts; it is in the result.
        given: numbers of the parameters of `method` in question.
    """
    found: dict[Sid, frozenset[int]] = {method: given}
    queue = [method]
    while queue:
        sid = queue.pop()
        scope = world.scopes[sid]
        for call in scope.calls:
            if not (isinstance(call.callee, Attr) and plain(call.callee.base) == Param(0)):
                continue
            for item in world.evaluate(sid, call.callee):
                if isinstance(item, FunctionObject) and item.receiver is not None:
                    got = frozenset(
                        index
                        for index, value in parameters_of(world, call, item)
                        if carries(world, sid, value, found[sid])
                    )
                    known = found.get(item.sid)
                    if known is None or not got <= known:
                        found[item.sid] = got | (known or frozenset())
                        queue.append(item.sid)
    return found
