"""Which statements change an object, a global or an attribute?"""

import ast

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
    *,
    name: str = "",
    value: AnyValue | None = None,
    key: AnyValue | None = None,
) -> None:
    """Record an effect, unless it only changes an object made in this very call."""
    if is_fresh(target):
        return
    draft.effects.append(Effect(kind, target, name, value, key, draft.place(node), draft.context))


def is_fresh(value: AnyValue) -> bool:
    """Whether the object hangs on something made here, which nobody else can see."""
    if isinstance(value, (Fresh, Const)):
        return True
    while isinstance(value, (Alias, Truthy)):
        value = value.base
    if isinstance(value, Union):
        return all(isinstance(option, (Fresh, Const)) for option in value.options)
    while isinstance(value, (Attr, Item, Slice, Truthy, Entered, Alias)):
        value = value.base
    return isinstance(value, Const) or (isinstance(value, Fresh) and not value.parts)
