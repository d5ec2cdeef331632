"""Which attributes of heirs may an expression mean that leads to a class attribute?

``self.items`` in a method of Base means the list of Base. Where the method runs on an
instance of an heir whose body has ``items`` of its own, it means that one. That is no
evidence, for nobody is seen to call it there, but no proof either.
"""

from collections.abc import Iterator

from pystatelint.link.describe import describe
from pystatelint.link.hierarchy import descendants, instance_bindings
from pystatelint.link.objects import CellKey, CellObject, PartObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Call,
    Def,
    EffectKind,
    Item,
    Name,
    Scope,
    ScopeKind,
)
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
AUGMENT_ATTRIBUTE = EffectKind.AUGMENT_ATTRIBUTE

EXACT = frozenset({Def, Name})
"""What stands for just one class or object: what a statement of the module has bound."""

CONTENT_EFFECTS = frozenset(
    {
        EffectKind.SET_ITEM,
        EffectKind.DELETE_ITEM,
        EffectKind.AUGMENT_ITEM,
        EffectKind.AUGMENT,
        AUGMENT_ATTRIBUTE,
    }
)
"""Effects that change what a name or attribute holds, not which object it is."""


def is_open(value: AnyValue) -> bool:
    """Whether `value` is an attribute of something that may be of an heir, or lies in one."""
    value = plain(value)
    while type(value) is Item:
        value = plain(value.base)
    return type(value) is Attr and type(plain(value.base)) not in EXACT


def cells_of_heirs(world: World, cell: CellKey) -> Iterator[CellKey]:
    """Yield the attributes of the same name that heirs of a cell's class share by their bodies."""
    if world.scopes[cell.owner].kind is not ScopeKind.CLASS:
        return
    for heir in descendants(world, cell.owner):
        if cell.name in world.names.get(heir, ()):
            own = instance_bindings(world, heir, cell.name)
            if not any(each.constructor for each in own):
                yield CellKey(heir, cell.name)


Change = tuple[CellKey, Sid, str, Span]
"""The attribute of an heir, the changing scope, the act as short source, and the place."""


def changes_in_heirs(world: World) -> Iterator[Change]:
    """Yield the attributes of heirs that changes of attributes of their bases may concern.

    What the base holds does not matter: where that is None, ``self.items.append(x)`` can
    only be meant for heirs.
    """
    calls: dict[Sid, list[Call]] = {sid: [] for sid in world.acting}
    for sid, number in world.mutator_calls:
        calls.setdefault(sid, []).append(world.scopes[sid].calls[number])
    for sid in sorted(calls):
        scope = world.scopes[sid]
        for value, text, span in (*_by_effects(scope), *_by_calls(scope, calls[sid])):
            for item in world.evaluate(sid, value):
                if type(item) is CellObject or type(item) is PartObject:
                    yield from ((c, sid, text, span) for c in cells_of_heirs(world, item.cell))


def _by_effects(scope: Scope) -> Iterator[tuple[AnyValue, str, Span]]:
    """Yield what the assignments of a scope change in place: the object, the act, the place."""
    for effect in scope.effects:
        if effect.kind is AUGMENT_ATTRIBUTE:
            value: AnyValue = Attr(effect.target, effect.name)
            if is_open(value):
                yield value, f"{describe(scope, value)} op= ...", effect.span
        elif effect.kind in CONTENT_EFFECTS and is_open(effect.target):
            yield effect.target, f"{describe(scope, effect.target)}[...]", effect.span


def _by_calls(scope: Scope, calls: list[Call]) -> Iterator[tuple[AnyValue, str, Span]]:
    """Yield what the calls of mutators in a scope change, likewise."""
    for call in calls:
        callee = call.callee
        if type(callee) is Attr and is_open(callee.base):
            yield callee.base, f"{describe(scope, callee)}()", call.span
