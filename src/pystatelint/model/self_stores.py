"""What does a method do to the object that it runs on?"""

from collections.abc import Iterator

from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Const,
    ContextFlag,
    EffectKind,
    Name,
    Param,
    Result,
    Scope,
    ScopeFlag,
    Typed,
)
from pystatelint.model.span import Span

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
SET_ATTRIBUTE = EffectKind.SET_ATTRIBUTE


def plain(value: AnyValue) -> AnyValue:
    """Return the value behind local aliases."""
    while isinstance(value, (Alias, Typed)):
        value = value.base if isinstance(value, Alias) else value.value
    return value


def self_stores(scope: Scope) -> Iterator[tuple[str, AnyValue, Span, bool]]:
    """Yield ``(attribute, value, span, certain)`` of each store to the instance.

    Certain are stores by other means than ``self.x = ...``, outside branches: those do
    not show in `Scope.binds`.
    """
    if scope.name == "__new__":
        yield from _stores_to_new(scope)
    if scope.flags & (ScopeFlag.STATIC | ScopeFlag.CLASS_METHOD):
        return
    for effect in scope.effects:
        if effect.kind is SET_ATTRIBUTE and plain(effect.target) == Param(0):
            if effect.value is not None:
                yield effect.name, effect.value, effect.span, False
    for call in scope.calls:
        match call.callee, call.arguments:
            case (
                (Name("setattr") | Attr(name="__setattr__")),
                (Param(0), Const(text=name), value),
            ):
                yield name, value, call.span, not in_branch(scope, call.context)
            case _:
                pass


def _stores_to_new(scope: Scope) -> Iterator[tuple[str, AnyValue, Span, bool]]:
    """Yield the stores of ``__new__`` to what another ``__new__`` made."""
    for effect in scope.effects:
        target = plain(effect.target)
        if effect.kind is SET_ATTRIBUTE and isinstance(target, Result):
            callee = scope.calls[target.call].callee
            made = isinstance(callee, Attr) and callee.name == "__new__"
            if made and effect.value is not None:
                yield effect.name, effect.value, effect.span, not in_branch(scope, effect.context)


def in_branch(scope: Scope, context: int) -> bool:
    """Return whether a statement may be passed by."""
    return bool(scope.contexts[context].flags & (ContextFlag.BRANCH | ContextFlag.LOOP))


def self_calls(scope: Scope) -> tuple[str, ...]:
    """Return the names of the methods that a method calls on self or super()."""
    return tuple(
        call.callee.name
        for call in scope.calls
        if isinstance(call.callee, Attr) and plain(call.callee.base) == Param(0)
    )
