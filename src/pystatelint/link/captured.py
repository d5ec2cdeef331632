"""Which variable of an enclosing function is a value, and what does it hold?"""

from collections.abc import Iterable, Iterator

import msgspec

from pystatelint.link.elements import element
from pystatelint.link.objects import PATH_LIMIT, CellKey, Objects, Sid, merged
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Item,
    Name,
    Param,
    ParameterKind,
    Scope,
    Truthy,
    Typed,
    Union,
)


class Captured(msgspec.Struct, frozen=True):
    """A variable of an enclosing function, as an inner one gets at it: the path inside it."""

    cell: CellKey
    path: tuple[str, ...] = ()


def owners(scope: Scope, name: str) -> Iterator[int]:
    """Yield the number of the function whose variable a free name is."""
    return (owner for free, owner in scope.free if free == name)


def captured(sid: Sid, scope: Scope, value: AnyValue) -> tuple[Captured, ...]:
    """Return the variables of enclosing functions that a value may be, or be part of."""
    steps: tuple[str, ...] = ()
    while True:
        match value:
            case Name(name=name):
                if len(steps) > PATH_LIMIT:
                    return ()
                cells = (CellKey((sid[0], owner), name) for owner in owners(scope, name))
                return tuple(Captured(cell, steps) for cell in cells)
            case Item(base=base):
                steps, value = ("[]", *steps), base
            case Alias(base=base) | Truthy(base=base):
                value = base
            case Typed(value=inner):
                value = inner
            case Union(options=options) if not steps:
                return _merged(captured(sid, scope, option) for option in options)
            case _:
                return ()


def _merged(groups: Iterable[tuple[Captured, ...]]) -> tuple[Captured, ...]:
    """Return what is in any group, once each, in order."""
    return tuple(dict.fromkeys(each for group in groups for each in group))


def held_by(world: World, where: Captured) -> Objects:
    """Return what a variable, or a part of what it holds, may be; nothing if a caller gave it."""
    found = merged(
        [
            contents(world, each)
            for binding in world.bindings(where.cell)
            if binding.value is not None and not _is_given(world, where.cell.owner, binding.value)
            for each in world.evaluate(where.cell.owner, binding.value)
        ]
        or [()]
    )
    for _ in where.path:
        found = merged([element(world, each) for each in found] or [()])
    return found


def _is_given(world: World, owner: Sid, value: AnyValue) -> bool:
    """Whether a variable is a parameter that holds an object of the caller."""
    if not isinstance(value, Param):
        return False
    kind = world.scopes[owner].parameters[value.index].kind
    return kind not in (ParameterKind.STAR, ParameterKind.DOUBLE_STAR)
