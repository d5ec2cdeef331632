"""Which functions of the project does a qualified name, or a glob of them, mean?"""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from pystatelint.link.attributes import member
from pystatelint.link.objects import FunctionObject, ModuleObject, Objects, Sid, merged
from pystatelint.link.world import World
from pystatelint.model.facts import ScopeKind


def functions_named(world: World, name: str) -> Iterator[Sid]:
    """Yield the functions of a qualified name: where they are defined, or re-exported.

    Parameters:
        name: ``package.module.Class.method``; with ``*`` a glob of such names.
    """
    if "*" in name:
        for sid, scope in world.scopes.items():
            if scope.kind is ScopeKind.FUNCTION and fnmatchcase(world.symbol(sid), name):
                yield sid
        return
    for item in _found(world, name):
        if isinstance(item, FunctionObject):
            yield item.sid


def _found(world: World, name: str) -> Objects:
    """Return what a qualified name means, looked up in the innermost module that there is."""
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        number = world.index.get(".".join(parts[:end]))
        if number is not None:
            found: Objects = (ModuleObject(number),)
            for part in parts[end:]:
                found = merged([member(world, each, part) for each in found] or [()])
            return found
    return ()
