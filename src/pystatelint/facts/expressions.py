"""Where does the object of an expression come from?"""

import ast

from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.effects import change
from pystatelint.facts.flow import joined
from pystatelint.facts.late import note_loop
from pystatelint.facts.members import found_in, hold, is_in
from pystatelint.facts.reading import read
from pystatelint.facts.shapes import elements, is_immutable, union, unsure
from pystatelint.model.facts import (
    UNKNOWN,
    AnyValue,
    Await,
    ContextFlag,
    EffectKind,
    Fresh,
    Item,
    ScopeFlag,
    ScopeKind,
    Slice,
)


def subscript(draft: ScopeDraft, node: ast.Subscript) -> AnyValue:
    """Return an element or a slice; reading ``d[k]`` may write if d is a defaultdict."""
    base = read(draft, node.value)
    if type(node.slice) is ast.Slice:
        read(draft, node.slice)
        return Slice(base)
    key = read(draft, node.slice)
    if type(base) is Fresh:
        held = elements(base)
        if any(type(part) is Fresh for part in held):
            held = tuple([unsure(part) for part in held])
        return union(held) if held else UNKNOWN
    if draft.index in draft.module.tests and is_in(draft, base, key):
        before = draft.flagged(ContextFlag.FOUND)
        change(draft, READ_ITEM, base, node, "", None, key)
        draft.context = before
    else:
        change(draft, READ_ITEM, base, node, "", None, key)
    return Item(base)


READ_ITEM = EffectKind.READ_ITEM


def slice_bounds(draft: ScopeDraft, node: ast.Slice) -> AnyValue:
    """Read the bounds of a slice."""
    for bound in (node.lower, node.upper, node.step):
        if bound is not None and type(bound) is not ast.Constant:
            read(draft, bound)
    return UNKNOWN


def starred(draft: ScopeDraft, node: ast.Starred) -> AnyValue:
    """Return the elements that ``*x`` spreads."""
    return Item(read(draft, node.value))


def awaited(draft: ScopeDraft, node: ast.Await) -> AnyValue:
    """Return the result of an awaited value; note the suspension point."""
    value = read(draft, node.value)
    draft.awaits += (Await(value, node.lineno, draft.context),)
    return value


def yielded(draft: ScopeDraft, node: ast.Yield) -> AnyValue:
    """Note a yielded value; what is sent in is unknown."""
    draft.flags |= ScopeFlag.GENERATOR
    if node.value is not None:
        value = read(draft, node.value)  # first, since it may yield itself
        draft.yields += (value,)
    return UNKNOWN


def yielded_from(draft: ScopeDraft, node: ast.YieldFrom) -> AnyValue:
    """Note the elements of a delegated generator."""
    draft.flags |= ScopeFlag.GENERATOR
    value = Item(read(draft, node.value))  # first, since it may yield itself
    draft.yields += (value,)
    return UNKNOWN


def comprehension(
    draft: ScopeDraft, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
) -> AnyValue:
    """Return the fresh container; its targets are bound only inside.

    Names of a class body are seen by its first iterable alone (PEP 227).
    """
    before = draft.env
    outer = draft.comprehended
    for generator in node.generators:
        iterable = read(draft, generator.iter)
        if generator is node.generators[0]:
            draft.env = before.copy() if outer or draft.kind is not ScopeKind.CLASS else {}
        if generator.is_async:
            draft.awaits += (Await(None, generator.iter.lineno, draft.context),)
        _bind_hidden(draft, generator.target, Item(iterable))
        for test in generator.ifs:
            read(draft, test)
            hold(draft, found_in(draft, test, outcome=True))
    first = len(draft.module.scopes)
    if isinstance(node, ast.DictComp):
        read(draft, node.key)
        element = read(draft, node.value)
    else:
        element = read(draft, node.elt)
    note_loop(draft, node, first)
    outlives = _bound_by_walrus(draft, before, draft.comprehended[len(outer) :])
    draft.env = joined([before, before | outlives]) if outlives else before
    draft.comprehended = outer
    parts = () if is_immutable(element) else (element,)
    return Fresh(COMPREHENSIONS[type(node)], parts)


def _bound_by_walrus(
    draft: ScopeDraft, before: dict[str, AnyValue], targets: tuple[str, ...]
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
            draft.comprehended += (identifier,)
        case ast.Tuple(elts=items) | ast.List(elts=items):
            for item in items:
                _bind_hidden(draft, item, Item(value))
        case ast.Starred(value=inner):
            _bind_hidden(draft, inner, value)
        case _:
            read(draft, target)
