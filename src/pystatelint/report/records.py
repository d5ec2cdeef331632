"""What one finding is in JSON: the published record."""

from typing import Annotated

import msgspec
from msgspec import Meta

from pystatelint.model.finding import Confidence, Finding, Severity, Step, StepKind
from pystatelint.report.encodable import encodable

Line = Annotated[int, Meta(ge=1, description="Line, 1-based.")]
Column = Annotated[int, Meta(ge=1, description="Column, 1-based, in code points.")]
EndColumn = Annotated[
    int, Meta(ge=1, description="Column after the last character, 1-based, in code points.")
]
Path = Annotated[
    str, Meta(description="File, relative to the working directory, with forward slashes.")
]


class StepRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the evidence."""

    kind: Annotated[StepKind, Meta(description="What the step shows.")]
    path: Path
    line: Line
    column: Column
    text: Annotated[str, Meta(description="One short clause, such as 'written here'.")]


class FindingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One reported cell or act, with its evidence."""

    code: Annotated[str, Meta(description="Code of the rule, such as HMS101.")]
    name: Annotated[str, Meta(description="Name of the rule, in kebab case.")]
    message: Annotated[str, Meta(description="One sentence: the symbol and the consequence.")]
    severity: Annotated[Severity, Meta(description="How bad it is if the finding is right.")]
    confidence: Annotated[Confidence, Meta(description="How sure the analyser is.")]
    path: Path
    line: Line
    column: Column
    end_line: Line
    end_column: EndColumn
    symbol: Annotated[str, Meta(description="Qualified name of the cell.")]
    trail: Annotated[
        tuple[StepRecord, ...], Meta(description="The evidence, from definition to write.")
    ]
    remedy: Annotated[str, Meta(description="The cure in one line, or empty.")]
    fingerprint: Annotated[str, Meta(description="Identity that survives moved lines, or empty.")]


def finding_record(finding: Finding) -> FindingRecord:
    """Return the published form of a finding."""
    span = finding.span
    return FindingRecord(
        code=finding.code,
        name=finding.name,
        message=encodable(finding.message),
        severity=finding.severity,
        confidence=finding.confidence,
        path=encodable(finding.path),
        line=span.line,
        column=span.column + 1,
        end_line=span.end_line,
        end_column=span.end_column + 1,
        symbol=encodable(finding.symbol),
        trail=tuple(map(step_record, finding.trail)),
        remedy=encodable(finding.remedy),
        fingerprint=finding.fingerprint,
    )


def step_record(step: Step) -> StepRecord:
    """Return the published form of one step."""
    return StepRecord(
        kind=step.kind,
        path=encodable(step.path),
        line=step.span.line,
        column=step.span.column + 1,
        text=encodable(step.text),
    )
