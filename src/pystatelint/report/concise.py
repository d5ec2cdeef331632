"""One line per finding, for editors and grep."""

from collections.abc import Iterator

from pystatelint.model.finding import Finding
from pystatelint.model.report import Report, ReportError
from pystatelint.report.glyphs import visible
from pystatelint.report.options import RenderOptions


def render(report: Report, options: RenderOptions) -> str:
    """Return one line per finding, then one per failure; empty if there are none."""
    return "".join(f"{line}\n" for line in rows(report))


def rows(report: Report) -> Iterator[str]:
    """Yield the lines."""
    yield from map(finding_row, report.findings)
    yield from map(failure_row, report.errors)


def finding_row(finding: Finding) -> str:
    """Return ``path:line:col: HMS101 error message``."""
    place = f"{finding.path}:{finding.span.line}:{finding.span.column + 1}"
    return visible(f"{place}: {finding.code} {finding.severity.value} {finding.message}")


def failure_row(error: ReportError) -> str:
    """Return ``path: rule failure: message``."""
    place = f"{error.path}: " if error.path else ""
    return visible(f"{place}{error.kind.value} failure: {error.message}")
