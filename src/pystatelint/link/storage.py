"""What does a cell hold?"""

from pystatelint.link.objects import (
    CellKey,
    CellObject,
    Object,
    Objects,
    PartObject,
    merged,
)
from pystatelint.link.world import World


def contents(world: World, item: Object) -> Objects:
    """Return the objects behind a reference: a cell's values, a part's content, or itself."""
    match item:
        case CellObject(cell):
            return cell_contents(world, cell, frozenset())
        case PartObject(content=None):
            return ()
        case PartObject(content=content) if content is not None:
            return contents(world, content)
        case _:
            return (item,)


def cell_contents(world: World, cell: CellKey, seen: frozenset[CellKey]) -> Objects:
    """Return what bindings and global rebinds put into a cell, by value or by annotation."""
    if cell in seen:
        return ()
    seen = seen | {cell}
    groups: list[Objects] = []
    bindings = world.bindings(cell)
    valued = any(binding.value is not None for binding in bindings)
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
    return merged(groups) if groups else ()


def _seen_through(world: World, found: Objects, seen: frozenset[CellKey]) -> Objects:
    """Replace references to other cells by what those hold."""
    result: list[Objects] = []
    for item in found:
        match item:
            case CellObject(cell):
                result.append(cell_contents(world, cell, seen))
            case PartObject(content=content):
                result.append((content,) if content is not None else ())
            case _:
                result.append((item,))
    return merged(result) if result else ()
