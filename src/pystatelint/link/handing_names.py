"""By which names do the tables know what an expression calls or decorates with?"""

from collections.abc import Iterator

from pystatelint.link.given import Callers, given
from pystatelint.link.knowledge import STRANGER
from pystatelint.link.library_names import library_names
from pystatelint.link.objects import ClassObject, FunctionObject, ParameterObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import Alias, AnyValue, Attr, Name, Param, Scope


def names_of(world: World, callers: Callers, sid: Sid, value: AnyValue) -> tuple[str, ...]:
    """Return the names of what is called, or used as a decorator.

    Where the receiver is a parameter, its callers say what it is. An attribute of something
    unknown goes by its own name: ``?.on_event``, ``?.on_startup.append``.
    """
    found = world.evaluate(sid, value)
    names = tuple(name for name in library_names(world, found) if STRANGER not in name)
    if names:
        return names
    passed = [
        name
        for item in found
        if isinstance(item, ParameterObject)
        for name in library_names(world, given(world, callers, item))
    ]
    if passed:
        return tuple(dict.fromkeys(passed))
    if any(isinstance(item, (ClassObject, FunctionObject)) for item in found):
        return ()
    return tuple(_strangers(value))


def _strangers(value: AnyValue) -> Iterator[str]:
    """Yield the names of an attribute of something unknown, the longer one first."""
    if not isinstance(value, Attr):
        return
    base = value.base
    while isinstance(base, Alias):
        base = base.base
    if isinstance(base, Attr):
        yield f"{STRANGER}.{base.name}.{value.name}"
    yield f"{STRANGER}.{value.name}"


def known_as(scope: Scope, value: AnyValue) -> Iterator[str]:
    """Yield the names by which code knows something: those of variables and attributes."""
    while isinstance(value, Alias):
        yield value.name.rpartition(".")[2]
        value = value.base
    if isinstance(value, (Attr, Name)):
        yield value.name
    elif isinstance(value, Param):
        yield scope.parameters[value.index].name
