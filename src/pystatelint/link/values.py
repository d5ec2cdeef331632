"""What is known of a value, as rules read it?"""

from pystatelint.link.fields import class_kind
from pystatelint.link.hierarchy import ancestor_names, project_classes
from pystatelint.link.immutable_objects import is_all_ours, is_value_object
from pystatelint.link.lineage import library_names
from pystatelint.link.objects import (
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
from pystatelint.model.facts import AnyValue, BindingKind, Const, Fresh, Result

UNKNOWN_VALUE = Value(kind="unknown")
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
    match item:
        case MadeObject():
            return _made(world, item, depth)
        case InstanceObject(sid):
            return Value(
                kind="instance",
                dotted=world.symbol(sid),
                mutable=can_change(world, sid),
                literal=True,
            )
        case LibraryInstance(dotted, made):
            return _library(world, dotted, made=made)
        case FunctionObject(sid):
            return Value(kind="function", dotted=world.symbol(sid), mutable=False)
        case ClassObject(sid):
            return Value(kind="class", dotted=world.symbol(sid), mutable=False)
        case ModuleObject(module):
            return Value(kind="module", dotted=world.modules[module].name, mutable=False)
        case ExternalObject(dotted):
            return Value(kind="external", dotted=dotted)
        case CellObject(cell):
            held = (
                described(world, contents(world, item), depth + 1)
                if depth < DEPTH
                else UNKNOWN_VALUE
            )
            return Value(
                kind="cell", dotted=world.cell_symbol(cell), mutable=held.mutable, parts=(held,)
            )
        case PartObject(cell, path):
            held = (
                described(world, contents(world, item), depth + 1)
                if depth < DEPTH
                else UNKNOWN_VALUE
            )
            return Value(
                kind="cell",
                dotted=world.cell_symbol(cell),
                mutable=held.mutable,
                parts=(held,),
                path=path,
            )
        case PartialObject():
            return Value(kind="instance", dotted="functools.partial", mutable=False)
        case ParameterObject():
            return Value(kind="parameter")
        case _:
            return UNKNOWN_VALUE


def _made(world: World, item: MadeObject, depth: int) -> Value:
    """Return what is known of a display or constructor call."""
    shape = item.shape
    if shape in CONSTANT_SHAPES:
        return Value(kind="constant", mutable=False)
    fresh = item.value if isinstance(item.value, Fresh) else None
    parts: tuple[Value, ...] = ()
    if fresh is not None and depth < DEPTH:
        parts = tuple(value_of(world, item.sid, part, depth + 1) for part in fresh.parts)
    empty = fresh.empty if fresh is not None else False
    if shape == "frozenset" or (shape == "operation" and _are_types(parts)):
        return Value(kind="constant", mutable=False)
    if shape == "tuple":
        return Value(
            kind="tuple", mutable=any(part.mutable for part in parts), literal=True, parts=parts
        )
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


TYPE_KINDS = frozenset({"class", "external"})


def _are_types(parts: tuple[Value, ...]) -> bool:
    """Whether an operator joins types: ``int | None`` makes one (PEP 604)."""
    kinds = {part.kind for part in parts}
    return bool(kinds & TYPE_KINDS) and kinds <= TYPE_KINDS | {"constant", "operation"}


def _library(world: World, dotted: str, *, made: bool) -> Value:
    """Return what is known of an instance of a library class."""
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
    if any(_keeps_instances_unchanged(world, name) for name in names):
        return False
    return True if any(name in world.knowledge.container_kinds for name in names) else None


def can_change(world: World, sid: Sid) -> bool | None:
    """Whether instances of a project class can change; None if nothing tells."""
    kind = class_kind(world, sid).kind
    if kind in {"enum", "namedtuple"}:
        return False
    if _has_nothing_to_change(world, sid) or is_value_object(world, sid):
        return False
    if any(_keeps_instances_unchanged(world, name) for name in ancestor_names(world, sid)):
        return False
    return not is_frozen(world, sid)


def _has_nothing_to_change(world: World, sid: Sid) -> bool:
    """Whether a class binds no attribute at all: its instances are mere markers."""
    lineage = project_classes(world, sid)
    names = [
        name
        for item in lineage
        for name, bindings in world.names.get(item, {}).items()
        if bindings[0].kind is not BindingKind.DEF
    ]
    bound = any(world.self_bindings.get(item) for item in lineage)
    return not bound and is_all_ours(world, sid) and all(name.startswith("__") for name in names)


def _keeps_instances_unchanged(world: World, base: str) -> bool:
    """Whether a library base makes instances immutable, or their state apart per thread or task."""
    row = world.knowledge.immutable.get(base)
    constant = row is not None and row.category == "constant" and base != "object"
    return constant or base in world.knowledge.tables.holders


def is_frozen(world: World, sid: Sid) -> bool:
    """Whether a class is declared frozen: ``@dataclass(frozen=True)`` and the like."""
    scope = world.scopes[sid]
    outer = (sid[0], scope.parent)
    pairs = [*scope.keywords, *_model_config(world, sid)]
    for decoration in scope.decorators:
        if isinstance(decoration.value, Result):
            pairs.extend(world.scopes[outer].calls[decoration.value.call].keywords)
        else:
            for item in world.evaluate(outer, decoration.value):
                if isinstance(item, ExternalObject) and item.dotted in {
                    "attrs.frozen",
                    "attr.frozen",
                }:
                    return True
    return any(
        name in {"frozen", "allow_mutation"}
        and isinstance(value, Const)
        and value.text == ("True" if name == "frozen" else "False")
        for name, value in pairs
    )


def _model_config(world: World, sid: Sid) -> tuple[tuple[str, AnyValue], ...]:
    """Return the keywords of ``model_config = ConfigDict(...)`` (pydantic)."""
    for item in project_classes(world, sid):
        for binding in world.names.get(item, {}).get("model_config", ()):
            if isinstance(binding.value, Result):
                return world.scopes[item].calls[binding.value.call].keywords
    return ()
