"""Where in the expressions of a scope does a value stand?"""

from collections.abc import Iterator

from pystatelint.link.objects import Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Const,
    Def,
    EffectKind,
    Fresh,
    Member,
    Module,
    Name,
    Param,
    Result,
    Scope,
    Union,
    Unknown,
)
from pystatelint.model.layers import base_of

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
AUGMENT_ATTRIBUTE = EffectKind.AUGMENT_ATTRIBUTE

Reads = dict[str, list[tuple[Sid, Attr]]]
"""Name of an attribute -> the scopes that read it, and each expression that does."""


def attribute_reads(world: World) -> Reads:
    """Return where each attribute is read, tests left out."""
    found: Reads = {}
    for sid, scope in world.scopes.items():
        if not world.modules[sid[0]].test:
            for each in _attributes_in(_expressions_of(scope)):
                found.setdefault(each.name, []).append((sid, each))
    return found


def _expressions_of(scope: Scope) -> list[AnyValue]:
    """Return every expression that a scope evaluates; what calls give stands for itself."""
    found: list[AnyValue] = [*scope.results, *scope.yields]
    for call in scope.calls:
        found.append(call.callee)
        found += call.arguments
        if call.keywords:
            found += [value for _, value in call.keywords]
    for effect in scope.effects:
        found.append(effect.target)
        if effect.value is not None:
            found.append(effect.value)
        if effect.kind is AUGMENT_ATTRIBUTE:
            found.append(Attr(effect.target, effect.name))
    found += [binding.value for binding in scope.bindings if binding.value is not None]
    return found


def _attributes_in(stack: list[AnyValue]) -> Iterator[Attr]:
    """Yield the attributes that some expressions read; the list is used up.

    Looks at classes one by one, the frequent ones first: every expression comes through here.
    """
    while stack:
        value = stack.pop()
        kind = type(value)
        if kind in LEAVES:
            continue
        if type(value) is Attr:
            yield value
            stack.append(value.base)
        elif type(value) is Fresh:
            stack += value.parts
        elif type(value) is Union:
            stack += value.options
        else:
            inner = base_of(value)
            if inner is not None:
                stack.append(inner)


LEAVES = frozenset({Const, Def, Member, Module, Name, Param, Result, Unknown})
