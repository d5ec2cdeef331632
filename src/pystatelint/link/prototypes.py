"""Of which classes do instances get copies of what stands in the class body?

``for name, each in inspect.getmembers(self): setattr(made, name, each.bind(made))``: what the
class body holds is a prototype, and each instance has its own under the same name.
"""

from pystatelint.link.hierarchy import descendants
from pystatelint.link.objects import Sid
from pystatelint.link.world import World
from pystatelint.model.facts import Const, ContextFlag, Name, Scope
from pystatelint.model.layers import last_name

SETTING = Name("setattr")
LISTING = frozenset({"dir", "getmembers", "vars"})
"""Functions that give the names of all attributes (docs.python.org/3/library/inspect.html)."""


def with_prototypes(world: World) -> frozenset[Sid]:
    """Return the classes of which a method copies all attributes, and their heirs."""
    found: set[Sid] = set()
    for method, owner in world.classes_by_scope.items():
        if owner not in found and _copies_all(world.scopes[method]):
            found.update((owner, *descendants(world, owner)))
    return frozenset(found)


def _copies_all(scope: Scope) -> bool:
    """Whether a method lists attributes and sets, in a loop, one of a name that differs."""
    sets = lists = False
    for call in scope.calls:
        callee = call.callee
        if callee == SETTING and len(call.arguments) == 3:
            looped = scope.contexts[call.context].flags & ContextFlag.LOOP
            sets = sets or (bool(looped) and type(call.arguments[1]) is not Const)
        elif last_name(callee) in LISTING:
            lists = True
    return sets and lists
