"""Which classes does the project hand to a framework by certain calls?"""

from pystatelint.link.decorated import decorators_of
from pystatelint.link.hierarchy import project_classes
from pystatelint.link.library_names import library_names
from pystatelint.link.objects import ClassObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import Attr, Name, Scope, ScopeKind


def registered(world: World, names: tuple[str, ...]) -> frozenset[Sid]:
    """Return the classes, with their ancestors, that calls or decorators of these names get.

    Parameters:
        names: canonical names of library functions and methods.
    """
    given: set[Sid] = set()
    for sid, scope in world.scopes.items():
        if scope.calls:
            given.update(_passed(world, sid, scope, names))
        if scope.kind is ScopeKind.CLASS and scope.decorators:
            if any(each.dotted in names for each in decorators_of(world, sid)):
                given.add(sid)
    return frozenset(ancestor for sid in given for ancestor in project_classes(world, sid))


def _passed(world: World, sid: Sid, scope: Scope, names: tuple[str, ...]) -> set[Sid]:
    """Return the classes that calls in one scope pass to functions of these names."""
    last = {name.rpartition(".")[2] for name in names}
    return {
        item.sid
        for call in scope.calls
        if (type(call.callee) is Attr or type(call.callee) is Name) and call.callee.name in last
        if not set(names).isdisjoint(library_names(world, world.evaluate(sid, call.callee)))
        for value in (*call.arguments, *(each for _, each in call.keywords))
        for item in world.evaluate(sid, value)
        if isinstance(item, ClassObject)
    }
