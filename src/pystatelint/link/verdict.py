"""What do the writes, escapes and vetoes of a cell amount to?"""

from pystatelint.link.records import CellKind, Phase, Value, Verdict, Write

RUNNING = frozenset({Phase.RUN, Phase.INIT})
"""Phases after import: what is written then differs from what the source says."""

REGISTRY_PHASES = frozenset({Phase.IMPORT, Phase.MAIN})


def verdict(
    kind: CellKind,
    value: Value,
    writes: tuple[Write, ...],
    declarative: bool,
    escaped: bool,
    vetoed: bool,
    holder: bool,
) -> Verdict:
    """Return the verdict on one cell.

    Args:
        kind: module, class, default or contextvar.
        value: what the cell holds.
        writes: every resolved write.
        declarative: a framework reads the cell once.
        escaped: a reference leaves our sight.
        vetoed: an unresolved write bears its name.
        holder: the value keeps its state apart per thread, task or request.
    """
    running = [write for write in writes if RUNNING.intersection(write.phases)]
    if (
        holder
        and kind is not CellKind.CONTEXTVAR
        and not any(write.inner == () and write.action.value == "rebind" for write in running)
    ):
        return Verdict.SAFE
    if running:
        return Verdict.GUARDED if common_locks(running) else Verdict.RUNTIME
    if declarative:
        return Verdict.DECLARATIVE
    if REGISTRY_PHASES.intersection(phase for write in writes for phase in write.phases):
        return Verdict.REGISTRY
    if value.mutable is False:
        return Verdict.IMMUTABLE
    if vetoed and (value.mutable or value.kind == "unknown"):
        return Verdict.VETO
    if value.mutable and value.kind not in {"instance", "cell", "unknown"}:
        return Verdict.ESCAPES if escaped else Verdict.CONST
    return Verdict.OPAQUE


def common_locks(writes: list[Write]) -> frozenset[str]:
    """Return the locks that every write holds (the lockset of Eraser, Savage et al. 1997)."""
    sets = [frozenset(write.guarded) for write in writes]
    return frozenset.intersection(*sets) if sets else frozenset()
