"""What do rules need to know of a class?"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.decorated import decorators_of, named
from pystatelint.link.fields import FIELD_KINDS, class_kind, is_class_var
from pystatelint.link.found_out import SelfBinding
from pystatelint.link.hierarchy import ancestry
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ClassObject,
    ExternalObject,
    InstanceObject,
    Sid,
)
from pystatelint.link.only_read import is_only_read
from pystatelint.link.records import ClassInfo, Decorator, Field, InstanceBinding, Value
from pystatelint.link.storage import contents
from pystatelint.link.uses import Program, kept_as
from pystatelint.link.values import value_of
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Binding,
    BindingKind,
    Call,
    Const,
    Fresh,
    Result,
    Scope,
    Truthy,
)
from pystatelint.models.classes import FieldMaker

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
ANNOTATION = BindingKind.ANNOTATION
VALUE = BindingKind.VALUE

STATELESS = "pystatelint.stateless.stateless"
"""The decorator that declares a class stateless."""


def class_info(
    world: World, program: Program, sid: Sid, instances: tuple[str, ...], constructed: int | None
) -> ClassInfo:
    """Return what rules need to know of one class.

    Parameters:
        program: what uses there are of its fields.
        instances, constructed: as in `pystatelint.link.records.ClassInfo`.
    """
    scope = world.scopes[sid]
    kind = class_kind(world, sid)
    decorators = decorators_of(world, sid)
    return ClassInfo(
        symbol=world.symbol(sid),
        name=scope.name,
        module=world.modules[sid[0]].name,
        path=world.path(sid),
        span=scope.span,
        ancestors=tuple(_ancestor_names(world, sid)),
        decorators=decorators,
        kind=kind.kind,
        declarative=bool(kind.declared) or bool(kind.kind),
        fields=tuple(_fields(world, program, sid)),
        instance_bindings=tuple(_instance_bindings(world, sid)),
        slots=scope.slots,
        stateless_allow=stateless_allow(world, sid, scope, decorators),
        instances=instances,
        constructed=constructed,
    )


def _ancestor_names(world: World, sid: Sid) -> Iterator[str]:
    """Yield the qualified names of the resolution order, without the class itself."""
    for item in ancestry(world, sid)[1:]:
        match item:
            case ClassObject(inner):
                yield world.symbol(inner)
            case ExternalObject(dotted):
                yield dotted
            case _:
                pass


def _fields(world: World, program: Program, sid: Sid) -> Iterator[Field]:
    """Yield the names bound or annotated in the body, in order."""
    for name, bindings in world.names.get(sid, {}).items():
        binding = bindings[-1]
        if binding.kind in (VALUE, ANNOTATION):
            field = _field(world, sid, name, binding)
            left_alone = _is_left_alone(world, program, sid, field)
            yield msgspec.structs.replace(field, left_alone=True) if left_alone else field


def _field(world: World, sid: Sid, name: str, binding: Binding) -> Field:
    """Return one field with the default that the framework gets."""
    value = None if binding.value is None else value_of(world, sid, binding.value)
    maker, default = _default(world, sid, binding.value, value)
    declared = binding.annotation
    return Field(
        name=name,
        path=world.path(sid),
        span=binding.span,
        annotated=declared is not None,
        class_var=declared is not None and is_class_var(world, sid, declared),
        value=value,
        maker=maker,
        default=default,
    )


def _is_left_alone(world: World, program: Program, sid: Sid, field: Field) -> bool:
    """Whether a field holds a container that all who get at it only read, for all that is seen."""
    default = field.default
    if default is None or default.mutable is not True or class_kind(world, sid).kind not in SHARING:
        return False
    if default.kind not in world.knowledge.mutators:
        return False
    uses = kept_as(world, program, (InstanceObject(sid),), field.name, 0)
    return is_only_read(world, program, uses)


SHARING = FIELD_KINDS - {"protocol", "typeddict"}
"""Kinds of classes whose instances hold the very default of a field."""


def _default(
    world: World, sid: Sid, raw: AnyValue | None, value: Value | None
) -> tuple[str, Value | None]:
    """Return the field function and the default that it gets."""
    if not isinstance(raw, Result):
        return "", value
    call = world.scopes[sid].calls[raw.call]
    dotted = named(world, sid, call.callee)
    maker = world.knowledge.tables.field_makers.get(dotted)
    if maker is None:
        return "", value
    given = _given(call, maker)
    return dotted, None if given is None else value_of(world, sid, given)


def _given(call: Call, maker: FieldMaker) -> AnyValue | None:
    """Return the default among the arguments of a field function."""
    for name, value in call.keywords:
        if name == maker.default:
            return value
    if maker.position is not None and len(call.arguments) > maker.position:
        return call.arguments[maker.position]
    return None


def _instance_bindings(world: World, sid: Sid) -> Iterator[InstanceBinding]:
    """Yield the ``self.x =`` of the class's own methods, in source order."""
    table = world.self_bindings.get(sid, {})
    for binding in sorted(
        (each for bindings in table.values() for each in bindings), key=lambda each: each.span
    ):
        yield InstanceBinding(
            name=binding.name,
            method=world.symbol(binding.method),
            path=world.path(binding.method),
            span=binding.span,
            value=value_of(world, binding.method, binding.value),
            constructor=binding.constructor,
            from_cell=_from_cell(world, binding),
        )


def _from_cell(world: World, binding: SelfBinding) -> str:
    """Return the symbol of the cell whose object is bound as it is, or nothing."""
    value = binding.value
    if isinstance(value, Truthy):
        value = value.base
    for item in world.evaluate(binding.method, value):
        if isinstance(item, CellObject):
            return world.cell_symbol(item.cell)
    return ""


def stateless_allow(
    world: World, sid: Sid, scope: Scope, decorators: tuple[Decorator, ...]
) -> tuple[str, ...] | None:
    """Return the allow-list of a ``@stateless`` decorator, None without one."""
    outer = (sid[0], scope.parent)
    for decorator, decoration in zip(decorators, scope.decorators, strict=True):
        if decorator.dotted != STATELESS:
            continue
        if isinstance(decoration.value, Result):
            call = world.scopes[outer].calls[decoration.value.call]
            return tuple(
                name
                for each in (*call.arguments, *(v for _, v in call.keywords))
                for name in _names(each)
            )
        return ()
    return None


def _names(value: AnyValue) -> tuple[str, ...]:
    """Return the string constants of a display."""
    match value:
        case Const(kind="str", text=text):
            return (text,)
        case Fresh(texts=texts):
            return texts
        case _:
            return ()


Holders = dict[Sid, tuple[str, ...]]
"""Class -> symbols of the cells that hold an instance of it."""


def holders(world: World, cells: Iterator[CellKey]) -> Holders:
    """Return, for each class, those of some cells that hold an instance of it."""
    found: Holders = {}
    for cell in cells:
        for item in contents(world, CellObject(cell)):
            if isinstance(item, InstanceObject):
                found[item.sid] = (*found.get(item.sid, ()), world.cell_symbol(cell))
    return found
