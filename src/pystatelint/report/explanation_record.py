"""What an explanation is in JSON: the published record."""

from typing import Annotated

import msgspec
from msgspec import Meta

from pystatelint.model.explanation import (
    CellAccount,
    Explanation,
    JudgedFinding,
    Outcome,
    RuleAccount,
    Silence,
    WriteAccount,
)
from pystatelint.report.encodable import encodable
from pystatelint.report.meaning import meaning
from pystatelint.report.records import (
    Column,
    FindingRecord,
    Line,
    Path,
    StepRecord,
    finding_record,
    step_record,
)

Steps = tuple[StepRecord, ...]


class SilenceRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An exemption that applied."""

    exemption: Annotated[str, Meta(description="Its name, in kebab case.")]
    reason: Annotated[str, Meta(description="A clause about the cell or the write.")]
    places: Annotated[
        Steps, Meta(description="The writes it applied to; none for the cell as a whole.")
    ]


class JudgedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A finding, and what becomes of it."""

    finding: Annotated[FindingRecord, Meta(description="As `statelint check` has it.")]
    hidden: Annotated[str, Meta(description="Why it is not printed, or empty.")]
    fails: Annotated[bool, Meta(description="Whether it makes the exit status 1.")]


class RuleRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule made of the cell."""

    code: Annotated[str, Meta(description="Code of the rule, such as HMS101.")]
    name: Annotated[str, Meta(description="Name of the rule, in kebab case.")]
    outcome: Annotated[Outcome, Meta(description="What came of it.")]
    left_to: Annotated[str, Meta(description="Code of the rule that reports instead, or empty.")]
    silences: Annotated[tuple[SilenceRecord, ...], Meta(description="Exemptions that applied.")]
    findings: Annotated[tuple[JudgedRecord, ...], Meta(description="Findings on the cell.")]


class CauseRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Why a write can happen in one phase."""

    phase: Annotated[str, Meta(description="The phase.")]
    way: Annotated[
        StepRecord, Meta(description="Where it begins, and by which calls it gets here.")
    ]


class WriteRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One write."""

    path: Path
    line: Line
    column: Column
    text: Annotated[str, Meta(description="The act, as short source.")]
    function: Annotated[str, Meta(description="Who writes, by qualified name.")]
    action: Annotated[str, Meta(description="What is done: rebind, item, method...")]
    receiver: Annotated[str, Meta(description="Through what: name, self, class, module...")]
    phases: Annotated[tuple[str, ...], Meta(description="When: import, init, run, main, test.")]
    inner: Annotated[str, Meta(description="Path below the cell, such as .opts[].")]
    aliases: Annotated[Steps, Meta(description="The names through which the cell was reached.")]
    guarded: Annotated[tuple[str, ...], Meta(description="The locks held, by qualified name.")]
    from_parameter: Annotated[bool, Meta(description="Whether a caller's data gets in.")]
    reached_from: Annotated[
        StepRecord | None, Meta(description="The entry point that leads here, if one is known.")
    ]
    because: Annotated[tuple[CauseRecord, ...], Meta(description="Why, for each of the phases.")]


class CellRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of a cell."""

    symbol: Annotated[str, Meta(description="Qualified name.")]
    kind: Annotated[str, Meta(description="What storage it is: module, class, default...")]
    path: Path
    line: Line
    column: Column
    bound: Annotated[bool, Meta(description="Whether its own module or class binds the name.")]
    value: Annotated[str, Meta(description="What it holds, such as dict.")]
    mutable: Annotated[bool | None, Meta(description="Whether that can change; null if unknown.")]
    declared: Annotated[tuple[str, ...], Meta(description="Final, ClassVar.")]
    verdict: Annotated[str, Meta(description="What is known of it, such as runtime or const.")]
    meaning: Annotated[str, Meta(description="What the verdict says of the cell.")]
    writes: Annotated[tuple[WriteRecord, ...], Meta(description="Every write in sight.")]
    escapes: Annotated[Steps, Meta(description="Where a reference leaves our sight.")]
    vetoes: Annotated[Steps, Meta(description="Unresolved writes that may be to this cell.")]
    shadows: Annotated[Steps, Meta(description="Where instances get an attribute of the name.")]
    rules: Annotated[tuple[RuleRecord, ...], Meta(description="The rules that looked at it.")]


class ExplanationRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one question."""

    note: Annotated[str, Meta(description="How the question was understood, or empty.")]
    cells: Annotated[tuple[CellRecord, ...], Meta(description="The cells that it is about.")]
    others: Annotated[
        tuple[JudgedRecord, ...],
        Meta(description="Findings on the line in question that are about other things."),
    ]


def explanation_record(told: Explanation) -> ExplanationRecord:
    """Return the published form of an explanation."""
    return ExplanationRecord(
        note=encodable(told.note),
        cells=tuple(map(_cell, told.cells)),
        others=tuple(map(_judged, told.others)),
    )


def _cell(cell: CellAccount) -> CellRecord:
    return CellRecord(
        symbol=encodable(cell.symbol),
        kind=cell.kind,
        path=encodable(cell.path),
        line=cell.span.line,
        column=cell.span.column + 1,
        bound=cell.bound,
        value=encodable(cell.value),
        mutable=cell.mutable,
        declared=cell.declared,
        verdict=cell.verdict,
        meaning=meaning(cell.verdict),
        writes=tuple(map(_write, cell.writes)),
        escapes=tuple(map(step_record, cell.escapes)),
        vetoes=tuple(map(step_record, cell.vetoes)),
        shadows=tuple(map(step_record, cell.shadows)),
        rules=tuple(map(_rule, cell.rules)),
    )


def _write(write: WriteAccount) -> WriteRecord:
    return WriteRecord(
        path=encodable(write.path),
        line=write.span.line,
        column=write.span.column + 1,
        text=encodable(write.text),
        function=encodable(write.function),
        action=write.action,
        receiver=write.receiver,
        phases=write.phases,
        inner=encodable(write.inner),
        aliases=tuple(map(step_record, write.aliases)),
        guarded=tuple(map(encodable, write.guarded)),
        from_parameter=write.from_parameter,
        reached_from=step_record(write.reached_from) if write.reached_from else None,
        because=tuple(
            CauseRecord(phase=phase, way=step_record(step)) for phase, step in write.because
        ),
    )


def _rule(rule: RuleAccount) -> RuleRecord:
    return RuleRecord(
        code=rule.code,
        name=rule.name,
        outcome=rule.outcome,
        left_to=rule.left_to,
        silences=tuple(map(_silence, rule.silences)),
        findings=tuple(map(_judged, rule.findings)),
    )


def _silence(silence: Silence) -> SilenceRecord:
    return SilenceRecord(
        exemption=silence.exemption,
        reason=silence.reason,
        places=tuple(map(step_record, silence.places)),
    )


def _judged(judged: JudgedFinding) -> JudgedRecord:
    return JudgedRecord(
        finding=finding_record(judged.finding),
        hidden=encodable(judged.hidden),
        fails=judged.fails,
    )
