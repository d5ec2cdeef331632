"""What is an element of an object?"""

from pystatelint.link.hierarchy import class_member, library_ancestors
from pystatelint.link.objects import (
    CONSTANT,
    COPIED,
    ELEMENT,
    INDEPENDENT,
    SHALLOW,
    CellObject,
    ClassObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    LibraryInstance,
    MadeObject,
    Object,
    Objects,
    PairsObject,
    ParameterObject,
    PartObject,
    inside,
    merged,
)
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import Fresh, Result


def element(world: World, each: Object) -> Objects:
    """Return what an element of an object may be."""
    if type(each) is MadeObject:
        return made_elements(world, each)
    if type(each) is ParameterObject:
        return inside(each, "[]", ())
    if type(each) is PairsObject:
        return element(world, each.of) if each.inner else (PairsObject(each.of, inner=True),)
    if type(each) is ExternalObject or type(each) is ClassObject:
        return (each,)  # a parametrised type: ``dict[str, int]``
    held = contents(world, each)
    getters = [getter for content in held for getter in _getters(world, content)]
    if getters:
        found = merged([world.results(getter) for getter in getters])
        if not any(_is_kept(item) for item in found):
            return found
    inner = [made_elements(world, part) for part in held if type(part) is MadeObject]
    inner += [_given(world, each, part) for part in held if type(part) is InstanceObject]
    return inside(each, "[]", merged(inner) if inner else ()) if each not in held else ()


def _getters(world: World, content: Object) -> tuple[FunctionObject, ...]:
    """Return the ``__getitem__`` of a project class: what it gives need not be kept in it."""
    if type(content) is not InstanceObject:
        return ()
    found = class_member(world, content.sid, "__getitem__")
    return tuple(item for item in found if type(item) is FunctionObject)


def _is_kept(item: Object) -> bool:
    """Whether a ``__getitem__`` gives what the one of the library's container gives."""
    return type(item) is LibraryInstance and item.dotted.endswith(".__getitem__()?")


def _given(world: World, each: Object, made: InstanceObject) -> Objects:
    """Return what lies in a container of the project's own because its constructor was given it.

    ``Registry({"hooks": []})``, where Registry is a dict.
    """
    if type(each) is not CellObject or not library_ancestors(world, made.sid):
        return ()
    owner = each.cell.owner
    calls = [b.value.call for b in world.bindings(each.cell) if type(b.value) is Result]
    given = [
        item
        for call in calls
        for argument in world.scopes[owner].calls[call].arguments
        for item in world.evaluate(owner, argument)
    ]
    found = [made_elements(world, item) for item in given if type(item) is MadeObject]
    return merged(found) if found else ()


def made_elements(world: World, made: MadeObject) -> Objects:
    """Return the elements of a display, or what a generator yields."""
    match made.value:
        case Fresh(shape=shape, parts=parts) if shape == SHALLOW:
            originals = [each for part in parts for each in world.evaluate(made.sid, part)]
            held = [element(world, each) for each in originals if type(each) not in INDEPENDENT]
            return of_copy(merged(held) if held else ())
        case Fresh(shape="operation"):
            return ()  # an element of one of the operands, or of the other: nobody knows
        case Fresh(empty=False, leaves=True):
            return (CONSTANT,)
        case Fresh(parts=parts):
            return _one_of([world.evaluate(made.sid, part) for part in parts])
        case None if made.shape == "generator":
            found = [world.evaluate(made.sid, part) for part in world.scopes[made.sid].yields]
            return merged(found) if found else ()
        case _:
            return ()


def of_copy(found: Objects) -> Objects:
    """Return elements as such that a shallow copy holds: no longer surely those of the original."""
    return tuple(_in_copy(each) for each in found)


def _in_copy(each: Object) -> Object:
    """Return an element of a cell or of an argument, marked as reached in a copy."""
    if type(each) is PartObject and each.path[-1] == ELEMENT:
        return PartObject(each.cell, (*each.path[:-1], COPIED), each.content)
    if type(each) is ParameterObject and each.path and each.path[-1] == ELEMENT:
        return ParameterObject(each.sid, each.index, (*each.path[:-1], COPIED), each.given)
    return each


def at_step(world: World, each: Object, step: str) -> Objects:
    """Return what stands at a step of a path that leads to an element."""
    return of_copy(element(world, each)) if step == COPIED else element(world, each)


ELEMENTS = frozenset({COPIED, ELEMENT})
"""Steps that lead to an element; all others lead to an attribute."""


def _one_of(groups: list[Objects]) -> Objects:
    """Return what an element of a display may be.

    Where some were made for the display and others lie in a cell, as in ``[*BASE, {}]``, which
    one is meant is not known: then it is no proof against the cell.
    """
    found = merged(groups) if groups else ()
    if any(type(each) is PartObject for each in found):
        own = tuple(each for each in found if type(each) is MadeObject and each != CONSTANT)
        return own or found
    return found
