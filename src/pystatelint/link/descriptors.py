"""What do descriptors keep on themselves of the objects that they serve?"""

from collections.abc import Iterator

from pystatelint.link.carried import carries, handed_on
from pystatelint.link.objects import Sid
from pystatelint.link.places import DescriptorStore
from pystatelint.link.world import World
from pystatelint.model.facts import Const
from pystatelint.model.self_stores import self_stores
from pystatelint.model.span import Span

INSTANCE = frozenset({1})
INSTANCE_AND_VALUE = frozenset({1, 2})

ACCESSORS = {"__delete__": INSTANCE, "__get__": INSTANCE, "__set__": INSTANCE_AND_VALUE}
"""Methods of the descriptor protocol, with the parameters that belong to one object.

What ``__get__`` learns of the owner class alone is the same for all its objects
(docs.python.org/3/howto/descriptor.html).
"""


def descriptor_stores(world: World) -> tuple[DescriptorStore, ...]:
    """Return the ``self.x =`` that the accessors of descriptors fill for one object."""
    found: dict[tuple[Sid, Span], DescriptorStore] = {}
    for accessor, owner in world.classes_by_scope.items():
        given = ACCESSORS.get(world.scopes[accessor].name)
        if given is None or world.modules[accessor[0]].test:
            continue
        for method, name, span in _kept(world, accessor, given):
            found[method, span] = DescriptorStore(
                owner=world.symbol(owner),
                name=name,
                method=world.symbol(method),
                path=world.path(method),
                span=span,
                accessor=world.symbol(accessor),
                accessor_path=world.path(accessor),
                accessor_span=world.scopes[accessor].span,
            )
    return tuple(sorted(found.values(), key=lambda each: (each.path, each.span)))


def _kept(world: World, accessor: Sid, given: frozenset[int]) -> Iterator[tuple[Sid, str, Span]]:
    """Yield method, attribute and place of the stores to self that concern one object.

    A constant concerns it where an accessor changes the object: ``self.dirty = True``.
    """
    changes = world.scopes[accessor].name != "__get__"
    for method, passed in handed_on(world, accessor, given).items():
        for name, value, span, _ in self_stores(world.scopes[method]):
            flagged = changes and method == accessor and isinstance(value, Const)
            if flagged or carries(world, method, value, passed):
                yield method, name, span
