"""Drafts become frozen scopes: which free names does an enclosing function bind?"""

from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.shapes import union
from pystatelint.model.facts import (
    UNKNOWN,
    AnyValue,
    Binding,
    BindingKind,
    Name,
    Read,
    Scope,
    ScopeKind,
)


def frozen(drafts: list[ScopeDraft], builtin_names: frozenset[str]) -> tuple[Scope, ...]:
    """Return the scopes; functions keep only bindings that somebody reads from outside the flow."""
    module_names = {binding.name for binding in drafts[0].bindings}
    module_names.update(
        name for draft in drafts for name, word in draft.foreign.items() if word == "global"
    )
    ordinary = builtin_names - module_names
    captured: list[set[str]] = [set() for _ in drafts]
    free = [_free(draft, drafts, captured) for draft in drafts]
    return tuple(
        _scope(draft, free[draft.index], captured[draft.index], ordinary) for draft in drafts
    )


def _free(
    draft: ScopeDraft, drafts: list[ScopeDraft], captured: list[set[str]]
) -> tuple[tuple[str, int], ...]:
    """Return the names that an enclosing function binds, with its index; note the capture."""
    if draft.parent is None:
        return ()
    found: dict[str, int] = {}
    wanted = dict.fromkeys([name for name, _, _ in draft.reads])
    wanted.update(dict.fromkeys(name for name, word in draft.foreign.items() if word == "nonlocal"))
    in_class = draft.kind is ScopeKind.CLASS
    own = {binding.name for binding in draft.bindings} if in_class else set()
    for name in wanted:
        if name in own:
            continue  # a class body looks its own names up in the module, never further out
        if draft.foreign.get(name) == "global":
            continue
        owner = _owner(draft, name)
        if owner is not None:
            found[name] = owner.index
            captured[owner.index].add(name)
    return tuple(sorted(found.items()))


def _owner(draft: ScopeDraft, name: str) -> ScopeDraft | None:
    """Return the function that binds a name read in `draft`; classes are skipped (PEP 227)."""
    scope: ScopeDraft | None = draft
    while scope is not None and scope.kind is not ScopeKind.MODULE:
        if scope.kind is not ScopeKind.CLASS:
            if name in scope.assigned and name not in scope.foreign:
                return scope
            if name in scope.hidden:
                return scope
        scope = scope.parent
    return None


def _scope(
    draft: ScopeDraft,
    free: tuple[tuple[str, int], ...],
    captured: set[str],
    ordinary: frozenset[str],
) -> Scope:
    """Freeze one draft."""
    bindings = draft.bindings
    if draft.kind in (ScopeKind.FUNCTION, ScopeKind.LAMBDA):
        bindings = [_captured(draft, name) for name in sorted(captured)]
    return Scope(
        draft.kind,
        draft.name,
        draft.qualname,
        -1 if draft.parent is None else draft.parent.index,
        draft.span,
        int(draft.flags),
        draft.parameters,
        draft.returns,
        draft.decorators,
        draft.bases,
        draft.keywords,
        draft.slots,
        tuple(bindings),
        tuple(draft.effects),
        tuple(draft.calls),
        tuple(draft.results),
        tuple(draft.yields),
        _reads(draft, ordinary),
        tuple(draft.awaits),
        tuple(draft.guards),
        tuple(draft.contexts),
        tuple(item for item in free if item[1] != draft.index),
        tuple(sorted(frozenset.intersection(*draft.exits))) if draft.exits else (),
    )


def _reads(draft: ScopeDraft, ordinary: frozenset[str]) -> tuple[Read, ...]:
    """Return the reads of free names, builtins that nothing shadows excepted."""
    column = draft.module.column
    return tuple(
        [
            Read(name, line, column(line, offset))
            for name, line, offset in draft.reads
            if name not in ordinary
        ]
    )


def _captured(draft: ScopeDraft, name: str) -> Binding:
    """Return the one binding of a local name that joins every value it ever holds."""
    values: list[AnyValue] = draft.assigned.get(name, [UNKNOWN])
    others = [value for value in values if value != Name(name)]
    value = union(others) if others else UNKNOWN
    return Binding(name, BindingKind.VALUE, value, None, draft.span, 0)
