"""What does a function bind on the instance that a class puts in place of its constructor?"""

from collections.abc import Iterator

from pystatelint.link.found_out import SelfBinding
from pystatelint.link.objects import Sid
from pystatelint.link.world import World
from pystatelint.model.facts import Def, EffectKind, Param, ScopeFlag
from pystatelint.model.self_stores import in_branch, plain


def bound_by_wrappers(world: World) -> Iterator[tuple[Sid, SelfBinding]]:
    """Yield the attributes that ``cls.__init__ = wrapped`` has each instance get, by class.

    Only what a class method of the class itself puts there, such as ``__init_subclass__``.
    """
    for method, owner in world.classes_by_scope.items():
        scope = world.scopes[method]
        if not scope.flags & ScopeFlag.CLASS_METHOD:
            continue
        for effect in scope.effects:
            if effect.kind is EffectKind.SET_ATTRIBUTE and effect.name == "__init__":
                value = effect.value and plain(effect.value)
                if type(value) is Def and plain(effect.target) == Param(0):
                    for binding in _bound(world, (method[0], value.scope)):
                        yield owner, binding


def _bound(world: World, wrapper: Sid) -> Iterator[SelfBinding]:
    """Yield what a function binds on its first parameter."""
    scope = world.scopes[wrapper]
    for effect in scope.effects:
        if effect.kind is EffectKind.SET_ATTRIBUTE and effect.value is not None:
            if plain(effect.target) == Param(0):
                yield SelfBinding(
                    effect.name,
                    wrapper,
                    effect.value,
                    effect.span,
                    constructor=not in_branch(scope, effect.context),
                )
