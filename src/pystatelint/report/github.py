"""Workflow commands that GitHub shows as annotations."""

from collections.abc import Iterator

from pystatelint.model.finding import Finding, Severity
from pystatelint.model.report import Report, ReportError
from pystatelint.model.span import Span
from pystatelint.report.glyphs import visible
from pystatelint.report.options import RenderOptions


def render(report: Report, options: RenderOptions) -> str:
    """Return one command per finding, then one per failure; empty if there are none."""
    return "".join(f"{command}\n" for command in commands(report))


def commands(report: Report) -> Iterator[str]:
    """Yield the workflow commands."""
    yield from map(finding_command, report.findings)
    yield from map(failure_command, report.errors)


def finding_command(finding: Finding) -> str:
    """Return the annotation of one finding."""
    title = in_property(f"statelint ({finding.code} {finding.name})")
    remedy = f"\n{finding.remedy}" if finding.remedy else ""
    return (
        f"::{level(finding.severity)} title={title},file={in_property(finding.path)},"
        f"{position(finding.span)}::{in_message(finding.message + remedy)}"
    )


def failure_command(error: ReportError) -> str:
    """Return the annotation of something that failed."""
    title = in_property(f"statelint ({error.kind.value} failure)")
    file = f",file={in_property(error.path)}" if error.path else ""
    return f"::error title={title}{file}::{in_message(error.message)}"


def level(severity: Severity) -> str:
    """Return the command that GitHub has for a severity."""
    match severity:
        case Severity.ERROR:
            return "error"
        case Severity.WARNING:
            return "warning"
        case Severity.INFO:
            return "notice"


def position(span: Span) -> str:
    """Return the place as properties; GitHub refuses columns over several lines."""
    if span.line != span.end_line:
        return f"line={span.line},endLine={span.end_line}"
    columns = f"col={span.column + 1},endLine={span.end_line},endColumn={span.end_column + 1}"
    return f"line={span.line},{columns}"


def in_message(text: str) -> str:
    """Return `text` as the data of a command."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "%0A".join(visible(line).replace("%", "%25") for line in lines)


def in_property(text: str) -> str:
    """Return `text` as the value of a property."""
    return in_message(text).replace(":", "%3A").replace(",", "%2C")
