"""What do the writes, escapes and vetoes of a cell amount to?"""

import msgspec

from pystatelint.link.records import Action, CellKind, Phase, Value, Verdict, Write

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
IMMUTABLE = Verdict.IMMUTABLE

RUNNING = frozenset({Phase.RUN, Phase.INIT})
"""Phases after import: what is written then differs from what the source says."""

REGISTRY_PHASES = frozenset({Phase.IMPORT, Phase.MAIN, Phase.TEST})


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a cell when its verdict is due.

    Attributes:
        kind: module, class, default, contextvar, closure or cache.
        value: what the cell holds.
        writes: every resolved write, but for those that tests make themselves.
        declarative: a framework reads the cell once.
        escaped: a reference leaves our sight.
        vetoed: an unresolved write bears its name.
        replaced: an unresolved store may bind its name to something else.
        holder: the value keeps its state apart per thread, task or request, or is
            made to be shared.
    """

    kind: CellKind
    value: Value
    writes: tuple[Write, ...]
    declarative: bool
    escaped: bool
    vetoed: bool
    replaced: bool
    holder: bool


def verdict(evidence: Evidence) -> Verdict:
    """Return the verdict on one cell."""
    running = [write for write in evidence.writes if RUNNING.intersection(write.phases)]
    if evidence.holder and evidence.kind is not CellKind.CONTEXTVAR and not _rebound(running):
        return Verdict.SAFE
    if running:
        return Verdict.GUARDED if common_locks(running) else Verdict.RUNTIME
    if evidence.declarative:
        return Verdict.DECLARATIVE
    if any(REGISTRY_PHASES.intersection(write.phases) for write in evidence.writes):
        return Verdict.REGISTRY
    return _of_unwritten(evidence)


UNPROVEN = frozenset({"cell", "generator", "instance", "iterator", "unknown"})
"""Kinds of value that change in ways which leave no trace; a loop advances an iterator."""


def _rebound(running: list[Write]) -> bool:
    """Whether the name itself gets another object."""
    return any(not write.inner and write.action is Action.REBIND for write in running)


def _of_unwritten(evidence: Evidence) -> Verdict:
    """Return the verdict on a cell without any write that counts."""
    value = evidence.value
    if evidence.replaced:
        return Verdict.VETO
    if value.mutable is False:
        return IMMUTABLE
    if evidence.vetoed and (value.mutable or value.kind == "unknown"):
        return Verdict.VETO
    if value.mutable and value.kind not in UNPROVEN:
        return Verdict.ESCAPES if evidence.escaped else Verdict.CONST
    return Verdict.OPAQUE


def common_locks(writes: list[Write]) -> frozenset[str]:
    """Return the locks that every write holds (the lockset of Eraser, Savage et al. 1997)."""
    sets = [frozenset(write.guarded) for write in writes]
    return frozenset.intersection(*sets) if sets else frozenset()
