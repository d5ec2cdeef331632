"""What does a run amount to?"""

from collections import Counter

from pystatelint.model.finding import SEVERITIES, Severity
from pystatelint.model.report import Report
from pystatelint.model.wording import counted


def summary(report: Report) -> str:
    """Return the closing sentence, which also says when the run is incomplete."""
    return outcome(report) + incompleteness(len(report.errors))


def outcome(report: Report) -> str:
    """Return how much was found, and in how many files."""
    if not report.files:
        return "No Python files found: nothing is analysed."
    files = counted(report.files, "file")
    if not report.findings:
        return f"No hidden mutable state found in {files}."
    tally = Counter(finding.severity for finding in report.findings)
    parts = ", ".join(
        severities(tally[severity], severity)
        for severity in reversed(SEVERITIES)
        if tally[severity]
    )
    return f"Found {counted(len(report.findings), 'finding')} ({parts}) in {files}."


def severities(number: int, severity: Severity) -> str:
    """Return a number of findings of one severity."""
    if severity is Severity.INFO:
        return f"{number} info"
    return counted(number, severity.value)


def incompleteness(failures: int) -> str:
    """Return a second line if something failed."""
    if not failures:
        return ""
    which = "the failure" if failures == 1 else f"the {failures} failures"
    return f"\nThe run is incomplete: see {which} above."
