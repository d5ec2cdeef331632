"""Which methods of a class does a framework call?"""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from pystatelint.link.hierarchy import ancestor_names, class_member
from pystatelint.link.objects import FunctionObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import Scope
from pystatelint.models.functions import Entry


def known_methods(world: World, sid: Sid) -> Iterator[tuple[Sid, Entry]]:
    """Yield the methods that a framework calls, with the row that says so.

    It knows a class by a base, or by its shape: a constructor and methods of certain names.
    """
    entries = world.knowledge.entries
    for base in ancestor_names(world, sid):
        for entry in entries.find("base", base):
            for method, _ in _matching(world, sid, entry):
                yield method, entry
    for entry in entries.find("shape", _first_given(world, sid)):
        for method, scope in _matching(world, sid, entry):
            names = tuple(each.name for each in scope.parameters[1:])
            if names[: len(entry.parameters)] == entry.parameters:
                yield method, entry


def _first_given(world: World, sid: Sid) -> str:
    """Return the name of the first parameter of a class's constructor, or nothing."""
    for item in class_member(world, sid, "__init__"):
        if isinstance(item, FunctionObject):
            return next((each.name for each in world.scopes[item.sid].parameters[1:]), "")
    return ""


def _matching(world: World, sid: Sid, entry: Entry) -> Iterator[tuple[Sid, Scope]]:
    """Yield the methods in the body of a class that a row speaks of."""
    globs = [each for each in entry.methods if "*" in each]
    beginnings = tuple([glob.partition("*")[0] for glob in globs])
    for method in world.methods.get(sid, ()):
        scope = world.scopes[method]
        name = scope.name
        # Hardly any method is meant, and most are told by their first letters.
        if name in entry.methods or (
            name.startswith(beginnings) and any(fnmatchcase(name, glob) for glob in globs)
        ):
            yield method, scope
