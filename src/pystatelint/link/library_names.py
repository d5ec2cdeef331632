"""By which names do the tables know some objects?"""

from collections.abc import Iterator

from pystatelint.link.interest import library_classes
from pystatelint.link.objects import ExternalObject, MethodObject, Objects
from pystatelint.link.world import World


def library_names(world: World, found: Objects) -> Iterator[str]:
    """Yield the canonical names of the library functions and methods among some objects."""
    for item in found:
        match item:
            case ExternalObject(dotted):
                yield dotted
            case MethodObject(receiver, name):
                for dotted in library_classes(world, receiver):
                    yield world.knowledge.canonical(f"{dotted}.{name}")
            case _:
                pass
