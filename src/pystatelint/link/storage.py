"""What does a cell hold?"""

from pystatelint.link.cached_results import RESULT, kept_by_cache
from pystatelint.link.objects import (
    CONSTANT,
    CellKey,
    CellObject,
    ClassObject,
    ModuleObject,
    Object,
    Objects,
    ParameterObject,
    PartObject,
    merged,
)
from pystatelint.link.world import World
from pystatelint.model.facts import NONE, Binding


def contents(world: World, item: Object) -> Objects:
    """Return the objects behind a reference: a cell's values, a part's content, or itself."""
    if type(item) is CellObject:
        found = world.held.get(item.cell)
        if found is None:
            found = cell_contents(world, item.cell, frozenset())
            if world.tentative is None:
                world.held[item.cell] = found
        return found
    if type(item) is not PartObject:
        return (item,)
    return () if item.content is None else contents(world, item.content)


def cell_contents(world: World, cell: CellKey, seen: frozenset[CellKey]) -> Objects:
    """Return what bindings and global rebinds put into a cell, by value or by annotation."""
    if cell in seen:
        return ()
    if cell.name == RESULT:
        return kept_by_cache(world, cell.owner)
    seen = seen | {cell}
    groups: list[Objects] = []
    bindings = world.bindings(cell)
    valued = len(bindings) > 1 and any(b.value is not None for b in bindings)
    for binding in bindings:
        if binding.value is not None:
            groups.append(_seen_through(world, world.evaluate(cell.owner, binding.value), seen))
        elif valued:
            continue  # what it holds is told elsewhere: ``x: dict`` and then ``x = None``
        if binding.annotation is not None and not any(groups):
            groups.append(world.declared(cell.owner, binding.annotation))
    for sid, effect in world.global_binds.get(cell, ()):
        if effect.value is not None:
            groups.append(_seen_through(world, world.evaluate(sid, effect.value), seen))
    found = merged(groups) if groups else ()
    if cell.owner[1] or CONSTANT not in found or not all(map(_tells_nothing, found)):
        return found
    return (*found, *_awaited(world, cell, bindings))


def _tells_nothing(item: Object) -> bool:
    """Whether an object is None or another constant, or whatever a caller passed."""
    return item == CONSTANT or type(item) is ParameterObject


def owners_behind(world: World, found: Objects) -> Objects:
    """Put in the place of a cell the module or class that it holds: its attributes are theirs.

    ``global x`` and ``from m import x`` in a function give a name a module of its own late.
    """
    if len(found) != 1 or type(found[0]) is not CellObject:
        return found
    held = [each for each in contents(world, found[0]) if each != CONSTANT]
    return tuple(held) if held and all(type(each) in OWNERS for each in held) else found


OWNERS = frozenset({ClassObject, ModuleObject})
"""What has names of its own, which are cells."""


def _awaited(world: World, cell: CellKey, bindings: tuple[Binding, ...]) -> Objects:
    """Return what a module waits for with ``x: Client | None = None``.

    A class that says so leaves it to each instance to get its own.
    """
    declared = [
        world.declared(cell.owner, binding.annotation)
        for binding in bindings
        if binding.annotation is not None and binding.value == NONE
    ]
    return merged(declared) if declared else ()


def _seen_through(world: World, found: Objects, seen: frozenset[CellKey]) -> Objects:
    """Replace references to other cells by what those hold."""
    for item in found:
        if type(item) in REFERENCES:
            break
    else:
        return found
    result: list[Objects] = []
    for item in found:
        if type(item) is CellObject:
            result.append(cell_contents(world, item.cell, seen))
        elif type(item) is PartObject:
            result.append((item.content,) if item.content is not None else ())
        else:
            result.append((item,))
    return merged(result)


REFERENCES = frozenset({CellObject, PartObject})
"""What leads to an object without being it."""
