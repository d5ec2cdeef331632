"""Which sequences and dicts hold one new object at every place, and who changes it?"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from pystatelint.link.changeable import can_change
from pystatelint.link.held import Held
from pystatelint.link.hierarchy import descendants
from pystatelint.link.kinds import kind_of
from pystatelint.link.library_names import library_names
from pystatelint.link.objects import CellKey, InstanceObject, MadeObject, MethodObject, Sid
from pystatelint.link.only_read import fates
from pystatelint.link.places import AliasedElements
from pystatelint.link.raw import RawWrite
from pystatelint.link.uses import Fate, Program
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Call,
    EffectKind,
    Fresh,
    Item,
    Param,
    Result,
    Scope,
    ScopeKind,
    Truthy,
    Typed,
    Union,
)
from pystatelint.model.finding import Step, StepKind

FROMKEYS = frozenset({"collections.OrderedDict.fromkeys", "dict.fromkeys"})

READERS = frozenset({"get", "items", "pop", "setdefault", "values"})
"""Methods of a dict that give what it holds."""

ITEM_EFFECTS = frozenset(
    {EffectKind.SET_ITEM, EffectKind.DELETE_ITEM, EffectKind.AUGMENT_ITEM, EffectKind.AUGMENT}
)
ATTRIBUTE_EFFECTS = frozenset({EffectKind.SET_ATTRIBUTE, EffectKind.AUGMENT_ATTRIBUTE})


class Repetition(msgspec.Struct, frozen=True):
    """Call number `number` of scope `sid`, which puts one object at many places.

    Attributes:
        kind: kind of container that the object is; empty for an instance.
        by_key: the places are the keys of a dict.
    """

    sid: Sid
    number: int
    kind: str
    by_key: bool


class Seen(msgspec.Struct, frozen=True):
    """What became of a repetition.

    Attributes:
        writes: where the one object is changed.
        replaced: the places get objects of their own.
        kept: it is stored or returned, so that others may change it.
    """

    writes: tuple[Step, ...]
    replaced: bool
    kept: bool


def aliased_elements(
    world: World, program: Program, writes: Iterable[RawWrite]
) -> tuple[AliasedElements, ...]:
    """Return the repetitions of new objects that can change, by path and span.

    Args:
        world: the modules.
        program: what uses there are.
        writes: every write to a cell, and to what is in it.
    """
    by_cell: dict[CellKey, list[RawWrite]] = {}
    found: list[AliasedElements] = []
    repetitions = tuple(_repetitions(world))
    if repetitions:
        for write in writes:
            by_cell.setdefault(write.cell, []).append(write)
    for each in repetitions:
        seen = _seen(world, each, by_cell)
        call = world.scopes[each.sid].calls[each.number]
        found.append(
            AliasedElements(
                function=world.symbol(each.sid),
                path=world.path(each.sid),
                span=call.span,
                kind=each.kind,
                by_key=each.by_key,
                write=seen.writes[0] if seen.writes else None,
                replaced=seen.replaced,
                kept=seen.kept and not _is_left_alone(world, program, each),
            )
        )
    return tuple(sorted(found, key=lambda each: (each.path, each.span)))


def _repetitions(world: World) -> Iterator[Repetition]:
    """Yield ``[[]] * n`` and ``dict.fromkeys(keys, [])``, tests excepted."""
    for sid, number in world.calls_named(("__mul__", "fromkeys")):
        if world.modules[sid[0]].test:
            continue
        call = world.scopes[sid].calls[number]
        match call.callee:
            case Attr(base=Fresh(parts=parts), name="__mul__"):
                yield from _of_parts(world, sid, number, parts, by_key=False)
            case Attr(name="fromkeys") if _is_fromkeys(world, sid, call):
                yield from _of_parts(world, sid, number, _second(call), by_key=True)
            case _:
                pass


def _is_fromkeys(world: World, sid: Sid, call: Call) -> bool:
    """Whether a call is that of ``dict.fromkeys``, maybe by way of a dict."""
    found = world.evaluate(sid, call.callee)
    by_dict = any(
        isinstance(item, MethodObject)
        and isinstance(item.receiver, MadeObject)
        and item.receiver.shape == "dict"
        for item in found
    )
    return by_dict or not FROMKEYS.isdisjoint(library_names(world, found))


def _second(call: Call) -> tuple[AnyValue, ...]:
    """Return the value that all keys get."""
    named = tuple(value for name, value in call.keywords if name == "value")
    return call.arguments[1:2] or named


def _of_parts(
    world: World, sid: Sid, number: int, parts: tuple[AnyValue, ...], *, by_key: bool
) -> Iterator[Repetition]:
    """Yield the repetition, if one of the repeated objects is made here and can change."""
    for part in parts:
        if isinstance(part, (Fresh, Result)):
            for item in world.evaluate(sid, part):
                match item:
                    case MadeObject(shape=shape) if shape in REPEATABLE:
                        yield Repetition(sid, number, shape, by_key)
                        return
                    case InstanceObject(made) if can_change(world, made):
                        yield Repetition(sid, number, kind_of(world, item), by_key)
                        return
                    case _:
                        pass


REPEATABLE = frozenset(
    {"bytearray", "counter", "defaultdict", "deque", "dict", "list", "ordereddict", "set"}
)
"""Kinds of container whose sharing is seldom meant; an iterator is repeated to be shared."""


def _seen(world: World, each: Repetition, by_cell: Mapping[CellKey, list[RawWrite]]) -> Seen:
    """Return what the scope, the class and the cell that get a repetition do with it."""
    scope = world.scopes[each.sid]
    whole = Result(each.number)
    writes = list(_writes_in(world, each, each.sid, whole))
    replaced = _is_replaced(scope, whole)
    kept = any(_holds(value, whole) for value in scope.results)
    for owner, name in _attributes(world, each, whole):
        kept = True
        for method in _methods(world, owner):
            writes.extend(_writes_in(world, each, method, Attr(Param(0), name)))
            replaced = replaced or _is_replaced(world.scopes[method], Attr(Param(0), name))
    for cell in _cells(world, each, whole):
        kept = True
        for write in by_cell.get(cell, ()):
            if write.inner[:1] == ("[]",):
                text = f"changed here, in {world.symbol(write.sid)}"
                writes.append(Step(StepKind.WRITE, world.path(write.sid), write.span, text))
            replaced = replaced or (not write.inner and "[...] = ..." in write.text)
    return Seen(tuple(writes), replaced, kept)


def _is_left_alone(world: World, program: Program, each: Repetition) -> bool:
    """Whether all who get at the one object only read it, as far as they can be followed.

    Who gets the places one by one from a generator sees nothing of the others.
    """
    found = fates(world, program, (Held(each.sid, Result(each.number), 1),))
    return found <= {Fate.HANDED_OUT}


def _attributes(world: World, each: Repetition, whole: AnyValue) -> Iterator[tuple[Sid, str]]:
    """Yield class and name of the attributes of self that get a repetition."""
    owner = world.classes_by_scope.get(each.sid)
    for effect in world.scopes[each.sid].effects if owner is not None else ():
        if effect.kind is EffectKind.SET_ATTRIBUTE and _is(effect.target, Param(0)):
            if effect.value is not None and _is(effect.value, whole) and owner is not None:
                yield owner, effect.name


def _methods(world: World, owner: Sid) -> Iterator[Sid]:
    """Yield the methods of a class and of the classes below it."""
    family = {owner, *descendants(world, owner)}
    yield from (method for method, of in world.classes_by_scope.items() if of in family)


def _cells(world: World, each: Repetition, whole: AnyValue) -> Iterator[CellKey]:
    """Yield the module and class names that are bound to a repetition."""
    scope = world.scopes[each.sid]
    if scope.kind in (ScopeKind.MODULE, ScopeKind.CLASS):
        for binding in scope.bindings:
            if binding.value is not None and _is(binding.value, whole):
                yield CellKey(each.sid, binding.name)


def _writes_in(world: World, each: Repetition, sid: Sid, whole: AnyValue) -> Iterator[Step]:
    """Yield the places in a scope that change an element of `whole`."""
    scope = world.scopes[sid]
    text = f"changed here, in {world.symbol(sid)}"
    for effect in scope.effects:
        of_element = effect.kind in (ITEM_EFFECTS if each.kind else ATTRIBUTE_EFFECTS)
        in_place = bool(each.kind) and effect.kind is EffectKind.AUGMENT_ITEM
        if (of_element and _is_element(scope, effect.target, whole)) or (
            in_place and _is(effect.target, whole)
        ):
            yield Step(StepKind.WRITE, world.path(sid), effect.span, text)
    mutators = world.knowledge.mutators.get(each.kind, frozenset())
    for call in scope.calls:
        if isinstance(call.callee, Attr) and call.callee.name in mutators:
            if _is_element(scope, call.callee.base, whole):
                yield Step(StepKind.WRITE, world.path(sid), call.span, text)


def _is_replaced(scope: Scope, whole: AnyValue) -> bool:
    """Whether a scope puts other objects at the places."""
    return any(
        effect.kind is EffectKind.SET_ITEM and _is(effect.target, whole) for effect in scope.effects
    )


def _is(value: AnyValue, whole: AnyValue) -> bool:
    """Whether a value is `whole`, under whatever name."""
    match value:
        case Alias(base=base) | Truthy(base=base) | Typed(value=base):
            return _is(base, whole)
        case Union(options=options):
            return any(_is(option, whole) for option in options)
        case _:
            return value == whole


def _holds(value: AnyValue, whole: AnyValue) -> bool:
    """Whether a value is `whole`, or a display that holds it."""
    if isinstance(value, Fresh):
        return any(_is(part, whole) for part in value.parts)
    return _is(value, whole)


def _is_element(scope: Scope, value: AnyValue, whole: AnyValue) -> bool:
    """Whether a value is an element of `whole`, or inside one."""
    match value:
        case Alias(base=base) | Truthy(base=base) | Typed(value=base):
            return _is_element(scope, base, whole)
        case Union(options=options):
            return any(_is_element(scope, option, whole) for option in options)
        case Item(base=base):
            return _is(base, whole) or _is_element(scope, base, whole)
        case Result(call=number):
            callee = scope.calls[number].callee
            reads = isinstance(callee, Attr) and callee.name in READERS
            return reads and isinstance(callee, Attr) and _is(callee.base, whole)
        case _:
            return False
