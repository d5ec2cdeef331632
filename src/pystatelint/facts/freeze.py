"""Drafts become frozen scopes: which free names does an enclosing function bind?"""

from collections.abc import Set as AbstractSet

from pystatelint.facts.draft import CLASS, MODULE, NO_NAMES, ScopeDraft
from pystatelint.facts.shapes import union
from pystatelint.model.facts import (
    UNKNOWN,
    Binding,
    BindingKind,
    Name,
    Read,
    Scope,
)


def frozen(drafts: list[ScopeDraft], builtin_names: frozenset[str]) -> tuple[Scope, ...]:
    """Return the scopes; functions keep only bindings that somebody reads from outside the flow."""
    module_names = {binding.name for binding in drafts[0].bindings}
    for draft in drafts:
        if draft.foreign:
            module_names.update(name for name, word in draft.foreign.items() if word == "global")
    ordinary = builtin_names - module_names
    captured: dict[int, set[str]] = {}
    free = {draft.index: _free(draft, captured) for draft in drafts if draft.reads or draft.foreign}
    return tuple(
        [
            _scope(draft, free.get(draft.index, ()), captured.get(draft.index, NO_NAMES), ordinary)
            for draft in drafts
        ]
    )


def _free(draft: ScopeDraft, captured: dict[int, set[str]]) -> tuple[tuple[str, int], ...]:
    """Return the names that an enclosing function binds, with its index; note the capture."""
    owners = _owners(draft)
    if not owners:
        return ()
    found = []
    for name in _wanted(draft):
        for owner in owners:
            if (name in owner.assigned and name not in owner.foreign) or name in owner.hidden:
                captured.setdefault(owner.index, set()).add(name)
                if owner is not draft:
                    found.append((name, owner.index))
                break
    return tuple(sorted(found)) if found else ()


def _owners(draft: ScopeDraft) -> list[ScopeDraft]:
    """Return the functions that may bind a name read in `draft`; classes may not (PEP 227)."""
    owners = []
    scope: ScopeDraft | None = draft
    while scope is not None and scope.kind is not MODULE:
        if scope.kind is not CLASS:
            owners.append(scope)
        scope = scope.parent
    return owners


def _wanted(draft: ScopeDraft) -> set[str]:
    """Return the names that `draft` looks up in the scopes around it or in itself."""
    wanted = {node.id for node in draft.reads}
    if draft.foreign:
        outer = {name for name, word in draft.foreign.items() if word == "nonlocal"}
        wanted = wanted.difference(draft.foreign) | outer
    if draft.kind is CLASS:
        # A class body looks its own names up in the module, never further out.
        wanted.difference_update([binding.name for binding in draft.bindings])
    return wanted


def _scope(
    draft: ScopeDraft,
    free: tuple[tuple[str, int], ...],
    captured: AbstractSet[str],
    ordinary: frozenset[str],
) -> Scope:
    """Freeze one draft."""
    bindings = draft.bindings
    if captured:
        bindings = [_captured(draft, name) for name in sorted(captured)]
    return Scope(
        draft.kind,
        draft.name,
        draft.qualname,
        -1 if draft.parent is None else draft.parent.index,
        draft.span,
        draft.flags,
        draft.parameters,
        draft.returns,
        draft.decorators,
        draft.bases,
        draft.keywords,
        draft.slots,
        tuple(bindings),
        tuple(draft.effects),
        tuple(draft.calls),
        draft.results,
        draft.yields,
        _reads(draft, ordinary) if draft.reads else (),
        draft.awaits,
        draft.guards,
        draft.contexts,
        free,
        tuple(sorted(frozenset.intersection(*draft.exits))) if draft.exits else (),
        tuple(dict.fromkeys(draft.looks)) if draft.looks else (),
    )


def _reads(draft: ScopeDraft, ordinary: frozenset[str]) -> tuple[Read, ...]:
    """Return the reads of free names, builtins that nothing shadows excepted."""
    reads = [
        Read(node.id, node.lineno, node.col_offset)
        for node in draft.reads
        if node.id not in ordinary
    ]
    if draft.module.wide:
        column = draft.module.column
        reads = [Read(each.name, each.line, column(each.line, each.column)) for each in reads]
    return tuple(reads)


def _captured(draft: ScopeDraft, name: str) -> Binding:
    """Return the one binding of a local name that joins every value it ever holds."""
    own = Name(name)
    others = [value for value in draft.assigned.get(name, (UNKNOWN,)) if value != own]
    value = union(others) if others else UNKNOWN
    first = draft.first.get(name)
    place = draft.span if first is None else draft.place(first)
    return Binding(name, BindingKind.VALUE, value, None, place, 0)
