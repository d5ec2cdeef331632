"""One JSON array of findings."""

import msgspec

from pystatelint.model.report import Report
from pystatelint.report.options import RenderOptions
from pystatelint.report.records import finding_record


def render(report: Report, options: RenderOptions) -> str:
    """Return an indented array of `FindingRecord`."""
    encoded = msgspec.json.encode(tuple(map(finding_record, report.findings)))
    return msgspec.json.format(encoded, indent=2).decode() + "\n"
