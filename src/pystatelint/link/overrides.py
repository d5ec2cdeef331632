"""Which methods run in place of the method of a base class?

A constructor that calls ``self.prepare()`` runs the ``prepare`` of the class that is made: a
template method (Gamma et al. 1994). The call graph leads to that of the base; an override
runs when that one is called (class hierarchy analysis, Dean, Grove & Chambers 1995).
"""

from collections.abc import Iterable, Iterator

from pystatelint.link.callgraph import Edge, Edges
from pystatelint.link.hierarchy import project_classes
from pystatelint.link.mentions import is_unknown
from pystatelint.link.objects import Sid
from pystatelint.link.world import World
from pystatelint.model.facts import Attr


def override_edges(world: World, callers: Edges) -> Iterator[Edge]:
    """Yield an edge from each method that somebody calls to those that override it.

    Methods that are also called on something of an unknown class are left out: nobody knows
    when that is.

    Parameters:
        callers: the calls of each function.
    """
    tests = [module.test for module in world.modules]
    strange: dict[str, bool] = {}
    by_class = {owner: _named(world, methods) for owner, methods in world.methods.items()}
    for owner, named in by_class.items():
        bases = [by_class[base] for base in project_classes(world, owner)[1:] if base in by_class]
        for name, method in named.items() if bases else ():
            overridden = next((base[name] for base in bases if name in base), None)
            if overridden is None or all(
                tests[edge.caller[0]] for edge in callers.get(overridden, ())
            ):
                continue
            if name not in strange:
                strange[name] = _is_asked_of_strangers(world, name)
            if not strange[name]:
                yield Edge(overridden, method, 0, -1)


def _named(world: World, methods: Iterable[Sid]) -> dict[str, Sid]:
    """Return methods by name, but special ones."""
    named = {world.scopes[method].name: method for method in methods}
    return {name: method for name, method in named.items() if not name.startswith("__")}


def _is_asked_of_strangers(world: World, name: str) -> bool:
    """Whether code outside tests calls a method of this name on something unknown."""
    for sid in world.scopes_calling((name,)):
        if not world.modules[sid[0]].test:
            for number, call in enumerate(world.scopes[sid].calls):
                if type(call.callee) is Attr and call.callee.name == name:
                    if is_unknown(world, world.callees(sid)[number]):
                        return True
    return False
