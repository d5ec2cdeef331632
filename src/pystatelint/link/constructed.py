"""How many calls in the project make an instance of each class?"""

from pystatelint.link.hierarchy import project_classes
from pystatelint.link.objects import ClassObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Fresh, Name, Union


def constructions(world: World) -> dict[Sid, int | None]:
    """Return the number of constructor calls per class, calls of subclasses included.

    None where the class itself is passed on as a value: then anybody may call it.
    """
    counts: dict[Sid, int] = {}
    passed: set[Sid] = set()
    for sid, scope in world.scopes.items():
        for call in scope.calls:
            for item in world.evaluate(sid, call.callee):
                if isinstance(item, ClassObject):
                    for ancestor in project_classes(world, item.sid):
                        counts[ancestor] = counts.get(ancestor, 0) + 1
            for value in (*call.arguments, *(each for _, each in call.keywords)):
                passed.update(_classes(world, sid, value))
        for value in scope.results:
            passed.update(_classes(world, sid, value))
        for binding in scope.bindings:
            if isinstance(binding.value, Fresh):
                passed.update(_classes(world, sid, binding.value))
    result: dict[Sid, int | None] = dict(counts)
    result.update(dict.fromkeys(sorted(passed)))
    return result


def _classes(world: World, sid: Sid, value: AnyValue) -> set[Sid]:
    """Return the classes that a value hands over."""
    match value:
        case Fresh(parts=parts) | Union(options=parts):
            return {each for part in parts for each in _classes(world, sid, part)}
        case Name():
            return {
                item.sid for item in world.evaluate(sid, value) if isinstance(item, ClassObject)
            }
        case _:
            return set()
