"""Which statements change an object, a global or an attribute?"""

import ast
from collections.abc import Mapping
from types import MappingProxyType

from pystatelint.facts.draft import ScopeDraft
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Const,
    Effect,
    EffectKind,
    Entered,
    Fresh,
    Item,
    Slice,
    Truthy,
    Union,
)


def change(
    draft: ScopeDraft,
    kind: EffectKind,
    target: AnyValue,
    node: ast.AST,
    name: str = "",
    value: AnyValue | None = None,
    key: AnyValue | None = None,
) -> None:
    """Record an effect, unless it only changes an object made in this very call."""
    if not is_fresh(target):
        place = draft.place(node)
        draft.effects.append(Effect(kind, target, name, value, key, place, draft.context))


def augment(
    draft: ScopeDraft,
    kind: EffectKind,
    target: AnyValue,
    node: ast.AugAssign,
    name: str,
    value: AnyValue,
) -> None:
    """Record ``target op= value``, with the method that it calls first (data model, 3.3.8)."""
    if not is_fresh(target):
        place = draft.place(node.target)
        method = IN_PLACE[type(node.op)]
        draft.effects.append(Effect(kind, target, name, value, None, place, draft.context, method))


IN_PLACE: Mapping[type[ast.operator], str] = MappingProxyType(
    {
        ast.Add: "__iadd__",
        ast.BitAnd: "__iand__",
        ast.BitOr: "__ior__",
        ast.BitXor: "__ixor__",
        ast.Div: "__itruediv__",
        ast.FloorDiv: "__ifloordiv__",
        ast.LShift: "__ilshift__",
        ast.MatMult: "__imatmul__",
        ast.Mod: "__imod__",
        ast.Mult: "__imul__",
        ast.Pow: "__ipow__",
        ast.RShift: "__irshift__",
        ast.Sub: "__isub__",
    }
)


def is_fresh(value: AnyValue) -> bool:
    """Whether the object hangs on something made here, which nobody else can see."""
    kind = type(value)
    if kind not in DERIVED and kind is not Union:
        return kind in MADE_HERE
    while type(value) is Alias or type(value) is Truthy:
        value = value.base
    if type(value) is Union:
        return all(type(option) in MADE_HERE for option in value.options)
    while type(value) in DERIVED:
        value = value.base  # type: ignore[union-attr]  # all that are derived have a base
    return type(value) is Const or (type(value) is Fresh and not value.parts)


MADE_HERE: frozenset[type] = frozenset({Const, Fresh})
DERIVED: frozenset[type] = frozenset({Alias, Attr, Entered, Item, Slice, Truthy})
"""What is reached from another value."""
