"""Which modules are there for tests, although they do not lie among them?"""

from pystatelint.link.world import World
from pystatelint.model.facts import BindingKind, Member, Module

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
IMPORT = BindingKind.IMPORT


def supporting_tests(world: World) -> frozenset[int]:
    """Return the modules, tests left out, that import a library which only tests use.

    Where the project itself has a package of that name, it is no such library.
    """
    libraries = world.knowledge.tables.test_libraries - world.index.keys()
    return frozenset(
        number
        for number, module in enumerate(world.modules)
        if not module.test and _imports_one_of(world, number, libraries)
    )


def _imports_one_of(world: World, number: int, libraries: frozenset[str]) -> bool:
    """Whether the body of a module imports one of some libraries, or a part of one."""
    for binding in world.scopes[(number, 0)].bindings:
        if binding.kind is IMPORT:
            match binding.value:
                case Module(name=name) | Member(module=name, level=0):
                    if name.partition(".")[0] in libraries:
                        return True
                case _:
                    pass
    return False
