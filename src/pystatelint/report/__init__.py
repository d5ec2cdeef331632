"""A report becomes text: one file per format, none of which reads or writes files."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pystatelint.config.choices import OUTPUT_FORMATS
from pystatelint.errors import UsageError
from pystatelint.model.explanation import Explanation
from pystatelint.model.ledger_diff import LedgerDiff
from pystatelint.model.report import LedgerRow, Report
from pystatelint.report.options import RenderOptions

if TYPE_CHECKING:
    from pystatelint.report.table import Table

__all__ = [
    "RenderOptions",
    "explanation_json",
    "explanation_text",
    "render",
    "render_ledger",
    "render_ledger_diff",
    "statistics",
]


def render(report: Report, output_format: str, options: RenderOptions) -> str:
    """Return the whole output in one of `OUTPUT_FORMATS`, in the order of the report.

    The text ends with one newline, or is empty where a format has one line per
    finding and there is none. Raises `UsageError` for an unknown format.
    """
    return renderer(output_format)(report, options)


def renderer(output_format: str) -> Callable[[Report, RenderOptions], str]:
    """Import and return the function behind a format; nothing else gets loaded."""
    match output_format:
        case "full":
            from pystatelint.report import full

            return full.render
        case "concise":
            from pystatelint.report import concise

            return concise.render
        case "json":
            from pystatelint.report import json_array

            return json_array.render
        case "jsonl":
            from pystatelint.report import jsonl

            return jsonl.render
        case "sarif":
            from pystatelint.report import sarif

            return sarif.render
        case "github":
            from pystatelint.report import github

            return github.render
    known = ", ".join(OUTPUT_FORMATS)
    raise UsageError(f"unknown output format {output_format!r}: use one of {known}")


def statistics(report: Report) -> str:
    """Return the number of findings per code, the most frequent first."""
    from pystatelint.report import tally

    return tally.tally(report)


def render_ledger(rows: Sequence[LedgerRow], output_format: str) -> str:
    """Return cells with their verdicts in one of `LEDGER_FORMATS`."""
    from pystatelint.report.ledger import ledger_json, ledger_table

    return (
        ledger_json(rows) if output_format == "json" else _shown(ledger_table(rows), output_format)
    )


def render_ledger_diff(diff: LedgerDiff, output_format: str) -> str:
    """Return what has changed between two ledgers in one of `LEDGER_FORMATS`."""
    from pystatelint.report.ledger_diff import diff_json, diff_table

    return diff_json(diff) if output_format == "json" else _shown(diff_table(diff), output_format)


def _shown(table: "Table", output_format: str) -> str:
    match output_format:
        case "markdown":
            from pystatelint.report.markdown_table import markdown_table

            return markdown_table(table)
        case "html":
            from pystatelint.report.html_table import html_page

            return html_page(table)
        case _:
            from pystatelint.report.table import text_table

            return text_table(table)


def explanation_text(told: Explanation, options: RenderOptions) -> str:
    """Return why cells are reported or not, with the source, for people."""
    from pystatelint.report import explanation

    return explanation.explanation_text(told, options)


def explanation_json(told: Explanation) -> str:
    """Return why cells are reported or not as a JSON object."""
    from pystatelint.report import explanation

    return explanation.explanation_json(told)
