"""Which cells are there, and what is each one at first?"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.cached_results import RESULT, kept_by_cache
from pystatelint.link.fields import is_class_var, is_declarative, is_final
from pystatelint.link.hierarchy import ancestor_names
from pystatelint.link.kinds import kind_of
from pystatelint.link.lineage import library_names
from pystatelint.link.modules import is_cell
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ExternalObject,
    InstanceObject,
    LibraryInstance,
    MadeObject,
    Object,
    Sid,
)
from pystatelint.link.records import CellKind, Value
from pystatelint.link.storage import contents
from pystatelint.link.values import CONSTANT_VALUE, UNKNOWN_VALUE, described, value_of
from pystatelint.link.world import VALUE_KINDS, World
from pystatelint.link.writes import is_marker
from pystatelint.model.facts import (
    NONE,
    Binding,
    BindingKind,
    Const,
    ParameterKind,
    Result,
    Scope,
    ScopeKind,
)
from pystatelint.model.span import Span

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
CLASS = ScopeKind.CLASS
MODULE = ScopeKind.MODULE

DEFAULT_DUNDERS = frozenset({"__all__", "__slots__", "__match_args__", "__doc__", "__version__"})
"""Names that the language reads."""


class Seed(msgspec.Struct, frozen=True, kw_only=True):
    """A cell before its writes are known; fields as `pystatelint.link.records.Cell`.

    Attributes:
        holder: what it holds may be changed by all: kept apart, made to be shared, or weak.
        apart: what is changed in there is not the cell's: each thread or task has its own.
    """

    key: CellKey
    kind: CellKind
    span: Span
    value: Value
    class_var: bool = False
    final: bool = False
    declarative: bool = False
    holder: bool = False
    apart: bool = False
    bound: bool = True
    placeholder: bool = False


def seeds(world: World) -> Iterator[Seed]:
    """Yield every cell of the project that has a binding."""
    defaulting = frozenset(world.defaulting)
    for sid, scope in world.scopes.items():
        if scope.kind is MODULE or scope.kind is CLASS:
            yield from _bound_seeds(world, sid, scope.kind)
            continue
        if sid in defaulting:
            yield from _default_seeds(world, sid)
        if scope.decorators:
            yield from _cache_seeds(world, sid, scope)


def _bound_seeds(world: World, sid: Sid, kind: ScopeKind) -> Iterator[Seed]:
    """Yield the cells that a module or class body binds."""
    for name, bindings in world.names.get(sid, {}).items():
        if bindings[0].kind not in VALUE_KINDS and name not in world.rebound:
            continue  # most names, told at a glance: a function, a class or an import
        cell = CellKey(sid, name)
        if is_cell(world, cell, bindings):
            seed = _seed(world, cell, bindings, kind)
            if seed is not None:
                yield seed


def _seed(
    world: World, cell: CellKey, bindings: tuple[Binding, ...], kind: ScopeKind
) -> Seed | None:
    """Return the cell of one name; annotations without a value make none in a class."""
    if len(bindings) == 1 and _is_plain_constant(bindings[0]) and cell not in world.global_binds:
        return Seed(
            key=cell,
            kind=CellKind.CLASS if kind is CLASS else CellKind.MODULE,
            span=bindings[0].span,
            value=CONSTANT_VALUE,
            declarative=_is_declared(world, cell, kind),
            placeholder=bindings[0].value == NONE,
        )
    values = [binding for binding in bindings if binding.kind in VALUE_KINDS]
    first = next(
        (binding for binding in values if binding.kind is not BindingKind.ANNOTATION), None
    )
    if first is None:
        if kind is CLASS or cell not in world.global_binds:
            return None
        first = values[0] if values else bindings[0]
    annotations = [binding.annotation for binding in bindings if binding.annotation is not None]
    found = contents(world, CellObject(cell))
    default = context_default(world, cell) if kind is MODULE else None
    return Seed(
        key=cell,
        kind=_kind(kind, default),
        span=first.span,
        value=default or (described(world, found) if found else UNKNOWN_VALUE),
        class_var=any(is_class_var(world, cell.owner, each) for each in annotations),
        final=any(is_final(world, cell.owner, each) for each in annotations),
        declarative=_is_declared(world, cell, kind),
        holder=any(is_holder(world, item) for item in found),
        apart=any(is_kept_apart(world, item) for item in found),
        placeholder=first.value == NONE,
    )


def _is_plain_constant(binding: Binding) -> bool:
    """Whether a binding gives a name a constant, and says nothing else of it.

    Many cells are of this kind, and nothing has to be evaluated to know them.
    """
    return type(binding.value) is Const and binding.annotation is None


def _is_declared(world: World, cell: CellKey, kind: ScopeKind) -> bool:
    """Whether the language or a framework reads a cell once."""
    if cell.name in DEFAULT_DUNDERS:
        return True
    return kind is CLASS and is_declarative(world, cell.owner, cell.name)


def _kind(kind: ScopeKind, default: Value | None) -> CellKind:
    """Return the kind of a bound cell; a ContextVar with a default that can change is its own."""
    if kind is CLASS:
        return CellKind.CLASS
    return CellKind.MODULE if default is None else CellKind.CONTEXTVAR


def context_default(world: World, cell: CellKey) -> Value | None:
    """Return the default of the ContextVar that a cell holds, if it can change."""
    for binding in world.bindings(cell):
        if type(binding.value) is Result:
            call = world.scopes[cell.owner].calls[binding.value.call]
            made = world.evaluate(cell.owner, binding.value)
            if LibraryInstance("contextvars.ContextVar", made=True) in made:
                for name, default in call.keywords:
                    if name == "default" and not isinstance(default, Const):
                        value = value_of(world, cell.owner, default)
                        return value if value.mutable else None
    return None


def is_holder(world: World, item: Object) -> bool:
    """Whether an object keeps its state apart per thread or task, or is made to be shared."""
    return is_kept_apart(world, item) or _is_shared_kind(world, item)


def _is_shared_kind(world: World, item: Object) -> bool:
    """Whether an object is a container that is made to be shared, or forgets by itself."""
    if type(item) not in OBJECTS_OF_A_KIND:
        return False
    kind = kind_of(world, item)
    if kind in world.knowledge.weak:
        return True
    return kind in world.knowledge.shared_by_design and type(item) is not InstanceObject


OBJECTS_OF_A_KIND = frozenset({InstanceObject, LibraryInstance, MadeObject})
"""What may be a container."""


def is_kept_apart(world: World, item: Object) -> bool:
    """Whether an object looks different to each thread or task, or counts for the whole process."""
    holders = world.knowledge.tables.holders
    if type(item) is LibraryInstance:
        return any(name in holders for name in library_names(world, item.dotted))
    if type(item) is ExternalObject:
        return item.dotted in holders and holders[item.dotted].values
    if type(item) is InstanceObject:
        return not holders.keys().isdisjoint(ancestor_names(world, item.sid))
    return False


def _default_seeds(world: World, sid: Sid) -> Iterator[Seed]:
    """Yield the parameter defaults that can change."""
    scope = world.scopes[sid]
    outer = (sid[0], scope.parent)
    for parameter in scope.parameters:
        if parameter.default is None or type(parameter.default) is Const:
            continue
        if parameter.kind in (ParameterKind.STAR, ParameterKind.DOUBLE_STAR):
            continue
        if is_marker(world, outer, parameter.default):
            continue
        value = value_of(world, outer, parameter.default)
        held = value.parts[0] if value.kind == "cell" and value.parts else value
        if held.mutable:
            yield Seed(
                key=CellKey(sid, f"({parameter.name})"),
                kind=CellKind.DEFAULT,
                span=parameter.span,
                value=value,
            )


def _cache_seeds(world: World, sid: Sid, scope: Scope) -> Iterator[Seed]:
    """Yield the results of a cached function, if they can change."""
    kept = kept_by_cache(world, sid)
    if kept:
        yield Seed(
            key=CellKey(sid, RESULT),
            kind=CellKind.CACHE,
            span=scope.span,
            value=described(world, kept),
            holder=any(is_holder(world, item) for item in kept),
            apart=any(is_kept_apart(world, item) for item in kept),
        )
