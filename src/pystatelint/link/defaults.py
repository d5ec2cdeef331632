"""What is the default of a parameter, and what kind of container is it?"""

from pystatelint.link.attributes import member
from pystatelint.link.elements import ELEMENTS, at_step
from pystatelint.link.kinds import container_kinds
from pystatelint.link.objects import Objects, ParameterObject, merged
from pystatelint.link.world import World
from pystatelint.model.facts import Fresh


def default_of(world: World, parameter: ParameterObject) -> Objects:
    """Return what a parameter's own default is, unless the caller is known to give something."""
    default = world.scopes[parameter.sid].parameters[parameter.index].default
    if default is None or parameter.given:
        return ()
    return world.evaluate((parameter.sid[0], world.scopes[parameter.sid].parent), default)


def default_kinds(world: World, parameter: ParameterObject) -> tuple[str, ...]:
    """Return the kinds of container that a parameter's own default, or its part, may be."""
    found = default_of(world, parameter)
    for step in parameter.path:
        if step in ELEMENTS:
            found = merged([at_step(world, item, step) for item in found] or [()])
        else:
            found = merged([member(world, item, step[1:]) for item in found] or [()])
    return tuple(kind for item in found for kind in container_kinds(world, item))


def is_empty(world: World, parameter: ParameterObject) -> bool:
    """Whether a parameter's own default holds nothing, so that nothing in it can be meant."""
    default = world.scopes[parameter.sid].parameters[parameter.index].default
    return type(default) is Fresh and default.empty
