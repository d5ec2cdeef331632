"""Which containers hold an object that can change?

Such an object may do so by itself: a cached property is enough. No write of the
container is in sight then, but neither is a proof that all it holds stays as it is.
"""

from collections.abc import Iterable, Iterator

from pystatelint.link.cells import Seed
from pystatelint.link.escapes import Escape
from pystatelint.link.records import Value
from pystatelint.link.world import World
from pystatelint.model.finding import Step, StepKind


def changing_parts(world: World, seeds: Iterable[Seed]) -> Iterator[Escape]:
    """Yield, for each cell with a container, the objects in it that can change."""
    for seed in seeds:
        for part in _instances(seed.value.parts):
            text = f"an object in it, an instance of {part.dotted}, may change"
            step = Step(StepKind.ESCAPE, world.path(seed.key.owner), seed.span, text)
            yield Escape(seed.key, step)


def _instances(parts: tuple[Value, ...]) -> Iterator[Value]:
    """Yield the instances in a display that can change, or may; what lies in a cell is its own."""
    for part in parts:
        if part.kind == "instance":
            if part.mutable is not False:
                yield part
        elif part.kind != "cell":
            yield from _instances(part.parts)
