"""Does what certain parameters were given flow into a value, also in helper methods?"""

from collections.abc import Mapping

from pystatelint.link.arguments import parameters_of
from pystatelint.link.derive import base_of
from pystatelint.link.objects import FunctionObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, Fresh, Param, Result, Union
from pystatelint.model.self_stores import plain

DEPTH = 6
"""How far calls and attributes are followed back."""

Given = Mapping[Sid, frozenset[int]]
"""Methods -> numbers of the parameters that get something in question."""


def carries(
    world: World, sid: Sid, value: AnyValue | None, given: frozenset[int], depth: int = 0
) -> bool:
    """Whether what one of the parameters `given` got flows into a value of scope `sid`."""
    while value is not None and depth <= DEPTH:
        parts: tuple[AnyValue, ...] = ()
        if type(value) is Param:
            return value.index in given
        if type(value) is Result:
            call = world.scopes[sid].calls[value.call]
            parts = (*call.arguments, *[item for _, item in call.keywords])
            if type(call.callee) is Attr:
                parts = (*parts, call.callee.base)
        elif type(value) is Fresh:
            parts = value.parts
        elif type(value) is Union:
            parts = value.options
        if parts:
            return any(carries(world, sid, part, given, depth + 1) for part in parts)
        value = base_of(value)
        depth += 1
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
