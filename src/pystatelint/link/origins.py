"""On which parameter does an expression hang, and by which path?"""

import msgspec

from pystatelint.link.objects import COPIED, ELEMENT, PATH_LIMIT
from pystatelint.model.facts import Alias, AnyValue, Attr, Item, Param, Slice, Truthy, Typed, Union


class Origin(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a caller passed for parameter `index`, or what stands at `path` inside it.

    The path reads like ``(".opts", "[]")``.
    """

    index: int
    path: tuple[str, ...] = ()


def origins(value: AnyValue) -> tuple[Origin, ...]:
    """Return the parameters that `value` may be, or be part of; copies are no part."""
    steps: tuple[str, ...] = ()
    while True:
        if type(value) is Param:
            return (Origin(value.index, steps),) if len(steps) <= PATH_LIMIT else ()
        if type(value) is Attr:
            steps, value = (f".{value.name}", *steps), value.base
        elif type(value) is Item:
            steps, value = ("[]", *steps), value.base
        elif type(value) is Slice and steps[:1] == (ELEMENT,):
            steps, value = (COPIED, *steps[1:]), value.base
        elif type(value) is Alias or type(value) is Truthy:
            value = value.base
        elif type(value) is Typed:
            value = value.value
        elif type(value) is Union:
            return tuple(
                Origin(each.index, (*each.path, *steps))
                for option in value.options
                for each in origins(option)
                if len(each.path) + len(steps) <= PATH_LIMIT
            )
        else:
            return ()
