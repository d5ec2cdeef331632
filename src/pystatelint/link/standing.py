"""What object does a definition's name stand for, once its decorators are applied?"""

from pystatelint.link.library_names import library_names
from pystatelint.link.objects import LibraryInstance, Objects, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import Result


def made_by_decorators(world: World, sid: Sid) -> Objects:
    """Return the objects that tables say the decorators of a function make of it.

    ``@click.group() def cli(): ...`` makes ``cli`` a ``click.Group``.
    """
    scope = world.scopes[sid]
    outer = (sid[0], scope.parent)
    made: list[str] = []
    for decoration in scope.decorators:
        value = decoration.value
        if isinstance(value, Result):
            value = world.scopes[outer].calls[value.call].callee
        for dotted in library_names(world, world.evaluate(outer, value)):
            returned = world.knowledge.returns.get(dotted)
            if returned is not None:
                made.append(returned)
    return tuple(LibraryInstance(dotted, made=True) for dotted in dict.fromkeys(made))
