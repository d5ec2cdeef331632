"""Where does the object of an expression come from?"""

import ast

from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.effects import change
from pystatelint.facts.flow import joined
from pystatelint.facts.late import note_loop
from pystatelint.facts.shapes import elements, is_immutable, union
from pystatelint.model.facts import (
    UNKNOWN,
    AnyValue,
    Attr,
    Await,
    EffectKind,
    Fresh,
    Item,
    Name,
    ScopeFlag,
    ScopeKind,
    Slice,
)


def name(draft: ScopeDraft, node: ast.Name) -> AnyValue:
    """Return what the name holds here, or the name if the scope has not bound it."""
    identifier = node.id
    held = draft.env.get(identifier)
    if held is not None:
        return held
    draft.reads.append((identifier, node.lineno, node.col_offset))
    names = draft.module.names
    value = names.get(identifier)
    if value is None:
        value = names[identifier] = Name(identifier)
    return value


def attribute(draft: ScopeDraft, node: ast.Attribute) -> AnyValue:
    """Return ``base.name``; a long chain is walked in a loop."""
    names = [node.attr]
    inner = node.value
    while inner.__class__ is ast.Attribute:
        names.append(inner.attr)
        inner = inner.value
    if inner.__class__ is ast.Name and inner.id in draft.fielded:
        held = draft.env.get(f"{inner.id}.{names[-1]}")
        if held is not None:
            for attr in reversed(names[:-1]):
                held = Attr(held, attr)
            return held
    value = draft.expressions[inner.__class__](draft, inner)
    for attr in reversed(names):
        value = Attr(value, attr)
    return value


def subscript(draft: ScopeDraft, node: ast.Subscript) -> AnyValue:
    """Return an element or a slice; reading ``d[k]`` may write if d is a defaultdict."""
    base = draft.value(node.value)
    if isinstance(node.slice, ast.Slice):
        draft.value(node.slice)
        return Slice(base)
    key = draft.value(node.slice)
    if isinstance(base, Fresh):
        held = elements(base)
        return union(list(held)) if held else UNKNOWN
    change(draft, EffectKind.READ_ITEM, base, node, key=key)
    return Item(base)


def slice_bounds(draft: ScopeDraft, node: ast.Slice) -> AnyValue:
    """Read the bounds of a slice."""
    for bound in (node.lower, node.upper, node.step):
        if bound is not None:
            draft.value(bound)
    return UNKNOWN


def starred(draft: ScopeDraft, node: ast.Starred) -> AnyValue:
    """Return the elements that ``*x`` spreads."""
    return Item(draft.value(node.value))


def awaited(draft: ScopeDraft, node: ast.Await) -> AnyValue:
    """Return the result of an awaited value; note the suspension point."""
    value = draft.value(node.value)
    draft.awaits.append(Await(value, node.lineno, draft.context))
    return value


def yielded(draft: ScopeDraft, node: ast.Yield) -> AnyValue:
    """Note a yielded value; what is sent in is unknown."""
    draft.flags |= ScopeFlag.GENERATOR
    if node.value is not None:
        draft.yields.append(draft.value(node.value))
    return UNKNOWN


def yielded_from(draft: ScopeDraft, node: ast.YieldFrom) -> AnyValue:
    """Note the elements of a delegated generator."""
    draft.flags |= ScopeFlag.GENERATOR
    draft.yields.append(Item(draft.value(node.value)))
    return UNKNOWN


def comprehension(
    draft: ScopeDraft, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
) -> AnyValue:
    """Return the fresh container; its targets are bound only inside.

    Names of a class body are seen by its first iterable alone (PEP 227).
    """
    before = draft.env
    hidden = len(draft.comprehended)
    for generator in node.generators:
        iterable = draft.value(generator.iter)
        if generator is node.generators[0]:
            draft.env = dict(before) if hidden or draft.kind is not ScopeKind.CLASS else {}
        if generator.is_async:
            draft.awaits.append(Await(None, generator.iter.lineno, draft.context))
        _bind_hidden(draft, generator.target, Item(iterable))
        for test in generator.ifs:
            draft.value(test)
    first = len(draft.module.scopes)
    if isinstance(node, ast.DictComp):
        draft.value(node.key)
        element = draft.value(node.value)
    else:
        element = draft.value(node.elt)
    note_loop(draft, node, first)
    outlives = _bound_by_walrus(draft, before, draft.comprehended[hidden:])
    draft.env = joined([before, before | outlives]) if outlives else before
    del draft.comprehended[hidden:]
    parts = () if is_immutable(element) else (element,)
    return Fresh(COMPREHENSIONS[node.__class__], parts)


def _bound_by_walrus(
    draft: ScopeDraft, before: dict[str, AnyValue], targets: list[str]
) -> dict[str, AnyValue]:
    """Return the names that a comprehension binds in the scope around it (PEP 572)."""
    return {
        name: value
        for name, value in draft.env.items()
        if before.get(name) is not value and name not in targets
    }


COMPREHENSIONS = {
    ast.ListComp: "list",
    ast.SetComp: "set",
    ast.GeneratorExp: "generator",
    ast.DictComp: "dict",
}


def _bind_hidden(draft: ScopeDraft, target: ast.expr, value: AnyValue) -> None:
    """Bind a comprehension target, which no other scope but inner lambdas sees."""
    match target:
        case ast.Name(id=identifier):
            draft.env[identifier] = value
            draft.comprehended.append(identifier)
        case ast.Tuple(elts=items) | ast.List(elts=items):
            for item in items:
                _bind_hidden(draft, item, Item(value))
        case ast.Starred(value=inner):
            _bind_hidden(draft, inner, value)
        case _:
            draft.value(target)
