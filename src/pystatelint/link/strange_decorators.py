"""May a decorator call the function on its own?"""

from pystatelint.link.decorated import decorators_of
from pystatelint.link.objects import Sid
from pystatelint.link.world import World
from pystatelint.model.facts import Scope, ScopeFlag

AS_CALLED = frozenset({"abstract", "context", "overload", "transparent"})
"""Roles of decorators whose function runs when somebody calls it by its name, and only then."""

IN_PROCESS = frozenset({"bounded", "unbounded"})
"""Bounds of caches that call the function for whoever asks, and for nobody else."""


def is_decorated_by_stranger(world: World, sid: Sid, scope: Scope) -> bool:
    """Return whether an unknown decorator got the function and may call it whenever it likes."""
    flags = ScopeFlag.STATIC | ScopeFlag.CLASS_METHOD | ScopeFlag.PROPERTY | ScopeFlag.OVERLOAD
    if scope.flags & flags and len(scope.decorators) == 1:
        return False
    return not all(_is_known(world, each.dotted) for each in decorators_of(world, sid))


def _is_known(world: World, decorator: str) -> bool:
    """Whether a decorator leaves it to the callers when the function runs."""
    if decorator in BUILT_IN:
        return True
    tables = world.knowledge.tables
    role, cache = tables.decorators.get(decorator), tables.caches.get(decorator)
    if cache is not None:
        return cache.bound in IN_PROCESS
    return role is not None and role.role in AS_CALLED


BUILT_IN = frozenset({"classmethod", "staticmethod"})
"""Decorators of the language that say what a method runs on."""
