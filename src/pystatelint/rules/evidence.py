"""Findings with their evidence: from the definition over the writes to the cure."""

from collections.abc import Iterator, Sequence

import msgspec

from pystatelint.link.records import Cell, Verdict, Write
from pystatelint.model.finding import Confidence, Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule
from pystatelint.model.span import Span
from pystatelint.model.wording import counted
from pystatelint.rules.writes import changes_content

SHOWN_WRITES = 3
"""How many writes a trail shows before it counts the others."""


class Place(msgspec.Struct, frozen=True):
    """Where something is wrong that is no cell.

    Attributes:
        path: file, relative to the working directory.
        span: place in that file.
        symbol: qualified name of what stands there.
    """

    path: str
    span: Span
    symbol: str


def at_cell(
    rule: Rule,
    cell: Cell,
    *,
    message: str,
    remedy: str,
    writes: Sequence[Write] = (),
    severity: Severity | None = None,
) -> Finding:
    """Return a finding at the cell's binding."""
    return Finding(
        code=rule.code,
        name=rule.name,
        message=message,
        severity=severity or rule.severity,
        confidence=_confidence_of(rule, cell, writes),
        path=cell.path,
        span=cell.span,
        symbol=cell.symbol,
        trail=trail_of(cell, writes, remedy),
        remedy=remedy,
    )


def at_written_cell(
    rule: Rule, cell: Cell, writes: Sequence[Write], *, message: str, remedy: str
) -> Finding:
    """Return a finding at the binding of a cell; information where one lock guards its writes."""
    return at_cell(
        rule,
        cell,
        message=message,
        remedy=remedy,
        writes=writes,
        severity=eased(cell, rule.severity),
    )


def at_act(
    rule: Rule,
    cell: Cell,
    *,
    message: str,
    remedy: str,
    writes: Sequence[Write],
    severity: Severity,
) -> Finding:
    """Return a finding at the first of the writes: the act is what is wrong."""
    first = writes[0]
    return Finding(
        code=rule.code,
        name=rule.name,
        message=message,
        severity=severity,
        confidence=_confidence_of(rule, cell, writes),
        path=first.path,
        span=first.span,
        symbol=cell.symbol,
        trail=(*cell_steps(cell), *_write_steps(writes), fix_step(first.path, first.span, remedy)),
        remedy=remedy,
    )


def at_place(
    rule: Rule,
    place: Place,
    *,
    message: str,
    remedy: str,
    steps: Sequence[Step] = (),
    severity: Severity | None = None,
) -> Finding:
    """Return a finding at a call, a decorator, a binding or an import."""
    return Finding(
        code=rule.code,
        name=rule.name,
        message=message,
        severity=severity or rule.severity,
        confidence=rule.confidence,
        path=place.path,
        span=place.span,
        symbol=place.symbol,
        trail=(*steps, fix_step(place.path, place.span, remedy)),
        remedy=remedy,
    )


def trail_of(cell: Cell, writes: Sequence[Write], remedy: str) -> tuple[Step, ...]:
    """Return the definition, the ways to it, at most three writes, and the cure."""
    return (*cell_steps(cell), *_write_steps(writes), fix_step(cell.path, cell.span, remedy))


def cell_steps(cell: Cell) -> tuple[Step, ...]:
    """Return the steps that show where the cell is bound, and where an instance gets its own.

    Nothing where only a write makes the cell.
    """
    if not cell.bound:
        return cell.shadows[:1]
    return (Step(StepKind.CELL, cell.path, cell.span, "defined here"), *cell.shadows[:1])


def fix_step(path: str, span: Span, remedy: str) -> Step:
    """Return the step that tells the cure."""
    return Step(StepKind.FIX, path, span, remedy)


def write_steps(writes: Sequence[Write]) -> tuple[Step, ...]:
    """Return the aliases and writes, at most three of them, in reading order."""
    return tuple(_write_steps(writes))


def _write_steps(writes: Sequence[Write]) -> Iterator[Step]:
    seen: tuple[Step, ...] = ()
    places = tuple({(write.path, write.span): write for write in reversed(writes)}.values())[::-1]
    for position, write in enumerate(places[:SHOWN_WRITES], start=1):
        fresh = tuple(step for step in write.aliases if step not in seen)
        seen += fresh
        yield from fresh
        hidden = len(places) - SHOWN_WRITES if position == SHOWN_WRITES else 0
        yield Step(StepKind.WRITE, write.path, write.span, _write_text(write, hidden))
        yield from (step for step in write.through if step not in seen)
        seen += write.through
        if write.reached_from is not None and write.reached_from not in seen:
            seen += (write.reached_from,)
            yield write.reached_from


def _write_text(write: Write, hidden: int) -> str:
    when = " at run time" if write.at_run_time and not write.assumed else ""
    lock = f" under {write.guarded[0]}" if write.guarded else ""
    more = f" (+{counted(hidden, 'more write')})" if hidden > 0 else ""
    act = f"handed to {write.text} here" if write.through else "written here"
    unsure = ", which nobody is known to call" if write.assumed else ""
    return f"{act}{when}{lock}, in {write.function}{unsure}{more}"


def _confidence_of(rule: Rule, cell: Cell, writes: Sequence[Write]) -> Confidence:
    if cell.value.mutable is None and any(changes_content(cell, write) for write in writes):
        # Whether it can change is known of neither; of the one not even what it is.
        return Confidence.LOW if cell.value.kind == "unknown" else Confidence.MEDIUM
    if writes and all(write.assumed for write in writes):
        return Confidence.LOW  # nobody is known to call who writes
    return rule.confidence


def writers_of(writes: Sequence[Write]) -> str:
    """Return who writes, for a sentence: ``app.chat.send and 2 other functions``."""
    first, *others = dict.fromkeys(write.function for write in writes)
    if not others:
        return first
    return f"{first} and {counted(len(others), 'other function')}"


def who(writes: Sequence[Write], plural: str) -> str:
    """Return who does what, for a sentence: ``app.chat.send changes``.

    Args:
        writes: at least one.
        plural: the verb as it is for many: ``change``.
    """
    alone = len({write.function for write in writes}) == 1
    return f"{writers_of(writes)} {plural}{'s' if alone else ''}"


def eased(cell: Cell, severity: Severity) -> Severity:
    """Return the severity, or info where one lock guards every write."""
    return Severity.INFO if cell.verdict is Verdict.GUARDED else severity


def graded_by_reach(cell: Cell, writes: Sequence[Write]) -> Severity:
    """Return error if data of one request, task or event gets in, so that the next one meets it.

    Warning where no entry point is known to lead to the write, info under a lock.
    """
    leaks = any(write.from_parameter and write.reached_from is not None for write in writes)
    return eased(cell, Severity.ERROR if leaks else Severity.WARNING)


def reach_steps(reached_from: Step | None) -> tuple[Step, ...]:
    """Return the step that tells which entry point leads to a place, if one does."""
    return () if reached_from is None else (reached_from,)
