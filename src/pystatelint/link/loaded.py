"""Which modules are loaded for certain before a function runs?"""

from collections.abc import Iterable, Iterator, Mapping

from pystatelint.link.callgraph import Edge
from pystatelint.link.modules import absolute
from pystatelint.link.objects import Sid
from pystatelint.link.world import World
from pystatelint.model.facts import Binding, BindingKind, ContextFlag, Member, Module


def loaded_before(
    world: World, edges: tuple[Edge, ...], functions: Iterable[Sid]
) -> Mapping[Sid, frozenset[int]]:
    """Return the modules that are loaded when each function is first called, by number.

    So is its own module, those of its callers, and what their bodies import.
    """
    callers: dict[Sid, list[Sid]] = {}
    for edge in edges:
        callers.setdefault(edge.callee, []).append(edge.caller)
    return {sid: _imported(world, _calling(callers, sid)) for sid in functions}


def _calling(callers: Mapping[Sid, list[Sid]], sid: Sid) -> frozenset[int]:
    """Return the modules of a function and of whoever calls it, however deep."""
    found, queue = {sid}, [sid]
    while queue:
        for caller in callers.get(queue.pop(), ()):
            if caller not in found:
                found.add(caller)
                queue.append(caller)
    return frozenset(module for module, _ in found)


def _imported(world: World, modules: Iterable[int]) -> frozenset[int]:
    """Return some modules, what their bodies import, what those import, and so on."""
    found = set(modules)
    queue = list(found)
    while queue:
        for imported in _imports(world, queue.pop()):
            if imported not in found:
                found.add(imported)
                queue.append(imported)
    return frozenset(found)


UNSURE = ContextFlag.BRANCH | ContextFlag.MAIN_GUARD | ContextFlag.TYPE_CHECKING
"""Statements that may not run when a module is imported."""


def _imports(world: World, number: int) -> Iterator[int]:
    """Yield the packages of a module, and the modules of the project that its body imports."""
    module = world.modules[number]
    names = [module.name.rpartition(".")[0]]
    scope = module.facts.scopes[0]
    for binding in scope.bindings:
        if binding.kind is BindingKind.IMPORT or binding.kind is BindingKind.STAR:
            if not scope.contexts[binding.context].flags & UNSURE:
                names.extend(_names(world, number, binding))
    yield from (world.index[name] for name in names if name in world.index)


def _names(world: World, number: int, binding: Binding) -> Iterator[str]:
    """Yield the dotted names of modules that an import may load."""
    match binding.value:
        case Module(name=name):
            yield name
        case Member(module=module, name=name, level=level):
            target = absolute(world, number, module, level)
            yield target
            yield f"{target}.{name}"
        case _:
            return
