"""One JSON object per line and finding."""

import msgspec

from pystatelint.model.report import Report
from pystatelint.report.options import RenderOptions
from pystatelint.report.records import finding_record

BREAKS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""Characters that JSON allows in a string but that some readers split lines at."""


def render(report: Report, options: RenderOptions) -> str:
    """Return a line of `FindingRecord` for each finding; empty if there is none."""
    lines = msgspec.json.Encoder().encode_lines(map(finding_record, report.findings)).decode()
    return lines.translate(BREAKS)
