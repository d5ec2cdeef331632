"""What stands in the containers that the methods of a class fill?"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.given import Callers, given
from pystatelint.link.hierarchy import descendants, project_classes
from pystatelint.link.objects import Object, Objects, ParameterObject, Sid, merged
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, EffectKind, Generic, Param
from pystatelint.model.self_stores import plain

FILLING = frozenset({"add", "append", "appendleft", "extend", "insert", "setdefault", "update"})
"""Methods that put what they are given last into a container, or its elements."""

Place = tuple[Sid, str]
"""A class, and the attribute of it or of its instances that holds the container."""


class Collected(msgspec.Struct, frozen=True):
    """What was found out of containers so far.

    Attributes:
        callers: the calls of each function.
        put: class -> attribute -> what its methods put in, each with the method.
        known: what stands in each container.
    """

    callers: Callers
    put: dict[Sid, dict[str, list[tuple[Sid, AnyValue]]]]
    known: dict[Place, Objects]


def elements_of(world: World, collected: Collected, place: Place) -> Objects:
    """Return what stands in a container, as far as its class tells."""
    found = collected.known.get(place)
    if found is None:
        collected.known[place] = ()
        found = collected.known[place] = _elements(world, collected, place)
    return found


def _elements(world: World, collected: Collected, place: Place) -> Objects:
    """Look at what the class and its family put in, and at annotations."""
    owner, name = place
    groups = [_declared(world, each, name) for each in project_classes(world, owner)]
    for each in (*project_classes(world, owner), *descendants(world, owner)):
        for method, value in _put_by(world, collected, each).get(name, ()):
            groups.append(_seen(world, collected, world.evaluate(method, value)))
    return merged(groups)


def _declared(world: World, owner: Sid, name: str) -> Objects:
    """Return instances of the last type in the brackets of an annotation: ``set[Plugin]``."""
    for binding in world.names.get(owner, {}).get(name, ()):
        annotation = binding.annotation
        while isinstance(annotation, Generic) and annotation.arguments:
            last = annotation.arguments[-1]
            if not isinstance(last, Generic):
                return world.declared(owner, last)
            annotation = last
    return ()


def _put_by(
    world: World, collected: Collected, owner: Sid
) -> dict[str, list[tuple[Sid, AnyValue]]]:
    """Return what the methods of a class put into attributes; looked up once."""
    table = collected.put.get(owner)
    if table is None:
        table = collected.put[owner] = {}
        for method in world.methods.get(owner, ()):
            for name, value in _puts(world, method):
                table.setdefault(name, []).append((method, value))
    return table


def _puts(world: World, method: Sid) -> Iterator[tuple[str, AnyValue]]:
    """Yield what a method puts into containers on the object or class that it runs on."""
    scope = world.scopes[method]
    for call in scope.calls:
        if type(call.callee) is Attr and call.callee.name in FILLING and call.arguments:
            held = plain(call.callee.base)
            if type(held) is Attr and plain(held.base) == SELF:
                yield held.name, call.arguments[-1]
    for effect in scope.effects:
        if effect.kind is EffectKind.SET_ITEM and effect.value is not None:
            held = plain(effect.target)
            if type(held) is Attr and plain(held.base) == SELF:
                yield held.name, effect.value


SELF = Param(0)


def _seen(world: World, collected: Collected, found: Objects) -> Objects:
    """Replace parameters by what callers pass for them; the types of both are kept."""
    groups: list[Objects] = [_given(world, collected, each) for each in found]
    return merged(groups) if groups else ()


def _given(world: World, collected: Collected, each: Object) -> Objects:
    """Return what an object is: of a parameter what callers pass."""
    return given(world, collected.callers, each) if type(each) is ParameterObject else (each,)
