"""What is known of a value, as rules read it?"""

from collections.abc import Callable, Mapping
from typing import Any

from pystatelint.link.changeable import can_change, keeps_instances_unchanged
from pystatelint.link.lineage import library_names
from pystatelint.link.objects import (
    SHALLOW,
    CellObject,
    ClassObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    LibraryInstance,
    MadeObject,
    ModuleObject,
    Object,
    Objects,
    ParameterObject,
    PartialObject,
    PartObject,
    Sid,
)
from pystatelint.link.records import Value
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Fresh

UNKNOWN_VALUE = Value(kind="unknown")
CONSTANT_VALUE = Value(kind="constant", mutable=False)
PARAMETER_VALUE = Value(kind="parameter")
CONSTANT_SHAPES = frozenset({"constant", "string"})
DEPTH = 3
"""How deep the parts of a display are described."""


def value_of(world: World, sid: Sid, value: AnyValue | None, depth: int = 0) -> Value:
    """Return what is known of `value`, read in scope `sid`, references kept as such."""
    if value is None:
        return UNKNOWN_VALUE
    return described(world, world.evaluate(sid, value), depth)


def described(world: World, found: Objects, depth: int = 0) -> Value:
    """Return the most telling of several objects: one that can change before one that cannot."""
    if len(found) == 1:
        return object_value(world, found[0], depth)
    if not found:
        return UNKNOWN_VALUE
    values = [object_value(world, item, depth) for item in found]
    return max(values, key=_weight)


def _weight(value: Value) -> int:
    """Rank values by how much they say about hidden state."""
    known = 0 if value.kind in {"unknown", "parameter"} else 1
    return known + {True: 4, None: 2, False: 0}[value.mutable] * known


def object_value(world: World, item: Object, depth: int = 0) -> Value:
    """Return what is known of one object."""
    describe = DESCRIPTIONS.get(item.__class__)
    return UNKNOWN_VALUE if describe is None else describe(world, item, depth)


def _instance(world: World, item: InstanceObject, _depth: int) -> Value:
    """Return what is known of an instance of a project class."""
    return Value(
        kind="instance",
        dotted=world.symbol(item.sid),
        mutable=can_change(world, item.sid),
        literal=True,
    )


def _function(world: World, item: FunctionObject, _depth: int) -> Value:
    """Return what is known of a project function."""
    return Value(kind="function", dotted=world.symbol(item.sid), mutable=False)


def _class(world: World, item: ClassObject, _depth: int) -> Value:
    """Return what is known of a project class."""
    return Value(kind="class", dotted=world.symbol(item.sid), mutable=False)


def _module(world: World, item: ModuleObject, _depth: int) -> Value:
    """Return what is known of a project module."""
    return Value(kind="module", dotted=world.modules[item.module].name, mutable=False)


def _external(_world: World, item: ExternalObject, _depth: int) -> Value:
    """Return what is known of something in a library."""
    return Value(kind="external", dotted=item.dotted)


def _reference(world: World, item: CellObject | PartObject, depth: int) -> Value:
    """Return what is known of what a cell holds, or of something inside it."""
    held = UNKNOWN_VALUE
    if depth < DEPTH:
        held = described(world, contents(world, item), depth + 1)
    return Value(
        kind="cell",
        dotted=world.cell_symbol(item.cell),
        mutable=held.mutable,
        parts=(held,),
        path=item.path if type(item) is PartObject else (),
    )


def _partial(_world: World, _item: PartialObject, _depth: int) -> Value:
    """Return what is known of a function with some arguments given beforehand."""
    return Value(kind="instance", dotted="functools.partial", mutable=False)


def _parameter(_world: World, _item: ParameterObject, _depth: int) -> Value:
    """Return what is known of what a caller passed."""
    return PARAMETER_VALUE


def _made(world: World, item: MadeObject, depth: int) -> Value:
    """Return what is known of a display or constructor call."""
    shape = item.shape
    if shape in CONSTANT_SHAPES:
        return CONSTANT_VALUE
    fresh = item.value if type(item.value) is Fresh and item.value.shape != SHALLOW else None
    parts: tuple[Value, ...] = ()
    if fresh is not None and fresh.parts and depth < DEPTH:
        parts = tuple([value_of(world, item.sid, part, depth + 1) for part in fresh.parts])
    empty = fresh.empty if fresh is not None else False
    if shape == "frozenset" or (shape == "operation" and _are_types(parts)):
        return CONSTANT_VALUE
    if shape == "tuple":
        return Value(kind="tuple", mutable=_can_change(parts), literal=True, parts=parts)
    if shape == "generator":
        return Value(kind="generator", mutable=True, literal=True)
    row = world.knowledge.tables.kinds.get(shape)
    if row is None:
        return UNKNOWN_VALUE
    return Value(
        kind=shape,
        dotted=row.noun or shape,
        mutable=True,
        empty=empty,
        literal=True,
        parts=parts,
    )


def _can_change(parts: tuple[Value, ...]) -> bool | None:
    """Whether what a tuple holds can change; None if it holds a library object, which may."""
    if any(part.mutable for part in parts):
        return True
    may = any(part.kind == "instance" and part.mutable is None for part in parts)
    return None if may else False


TYPE_KINDS = frozenset({"class", "external"})


def _are_types(parts: tuple[Value, ...]) -> bool:
    """Whether an operator joins types: ``int | None`` makes one (PEP 604)."""
    kinds = {part.kind for part in parts}
    return bool(kinds & TYPE_KINDS) and kinds <= TYPE_KINDS | {"constant", "operation"}


def _library(world: World, item: LibraryInstance, _depth: int) -> Value:
    """Return what is known of an instance of a library class."""
    dotted, made = item.dotted, item.made
    kind = world.knowledge.container_kinds.get(dotted)
    if kind is not None:
        return Value(kind=kind, dotted=dotted, mutable=True, literal=made)
    row = world.knowledge.immutable.get(dotted)
    if row is not None:
        category = row.category
        return Value(
            kind="instance", dotted=dotted, mutable=False if category != "wrapper" else None
        )
    if dotted in world.knowledge.tables.holders:
        return Value(kind="instance", dotted=dotted, mutable=False, literal=made)
    if dotted.endswith("?"):
        return Value(kind="unknown", dotted=dotted.removesuffix("?"))
    return Value(kind="instance", dotted=dotted, mutable=_inherits(world, dotted), literal=made)


def _inherits(world: World, dotted: str) -> bool | None:
    """Whether instances of a library class can change, by the classes that it inherits from."""
    names = library_names(world, dotted)[1:]
    if any(keeps_instances_unchanged(world, name) for name in names):
        return False
    return True if any(name in world.knowledge.container_kinds for name in names) else None


DESCRIPTIONS: Mapping[type, Callable[[World, Any, int], Value]] = {
    CellObject: _reference,
    ClassObject: _class,
    ExternalObject: _external,
    FunctionObject: _function,
    InstanceObject: _instance,
    LibraryInstance: _library,
    MadeObject: _made,
    ModuleObject: _module,
    ParameterObject: _parameter,
    PartialObject: _partial,
    PartObject: _reference,
}
"""How an object is described, by what it is."""
