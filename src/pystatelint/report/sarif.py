"""SARIF 2.1.0, as code scanning reads it."""

from collections.abc import Iterator

import msgspec

from pystatelint.model.report import Report, ReportError
from pystatelint.report.encodable import encodable
from pystatelint.report.options import RenderOptions
from pystatelint.report.sarif_places import ROOT, root, whole_file
from pystatelint.report.sarif_records import (
    AutomationDetails,
    Driver,
    Invocation,
    Log,
    Message,
    Notification,
    Run,
    Tool,
)
from pystatelint.report.sarif_results import result
from pystatelint.report.sarif_rules import descriptor

DIALECT = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

MOST_RESULTS = 25_000
"""Results that code scanning takes in one run; it refuses a file with more."""

CATEGORY = "statelint/"
"""The slash ends the category: the part after it, the run's own name, is empty."""


def render(report: Report, options: RenderOptions) -> str:
    """Return a log of one run, on one line: indentation would triple its size."""
    log = Log(dialect=DIALECT, version="2.1.0", runs=(run(report, options),))
    return msgspec.json.encode(log).decode() + "\n"


def run(report: Report, options: RenderOptions) -> Run:
    """Return the tool, how its run went, and what it found."""
    rules = tuple(map(descriptor, options.rules))
    indices = {rule.code: index for index, rule in enumerate(options.rules)}
    return Run(
        tool=Tool(driver=Driver(name="statelint", version=options.version, rules=rules)),
        automation_details=AutomationDetails(id=CATEGORY),
        invocations=(
            Invocation(
                execution_successful=not report.errors,
                tool_execution_notifications=tuple(notifications(report)),
            ),
        ),
        original_uri_base_ids={ROOT: root(options.cwd)},
        column_kind="unicodeCodePoints",
        results=tuple(
            result(finding, indices.get(finding.code)) for finding in report.findings[:MOST_RESULTS]
        ),
    )


def notifications(report: Report) -> Iterator[Notification]:
    """Yield what failed, and what was left out."""
    yield from map(failure, report.errors)
    left_out = len(report.findings) - MOST_RESULTS
    if left_out > 0:
        yield Notification(
            level="warning",
            message=Message(
                text=f"{left_out} findings are left out, since code scanning takes "
                f"{MOST_RESULTS} results; select fewer rules or files, or use the json format."
            ),
        )


def failure(error: ReportError) -> Notification:
    """Return what is said of a failure."""
    return Notification(
        level="error",
        message=Message(text=encodable(f"{error.kind.value} failure: {error.message}")),
        locations=(whole_file(error.path),) if error.path else (),
    )
