"""A report becomes text: one file per format, none of which reads or writes files."""

from collections.abc import Callable

from pystatelint.config.choices import OUTPUT_FORMATS
from pystatelint.errors import UsageError
from pystatelint.model.explanation import Explanation
from pystatelint.model.report import Report
from pystatelint.report.options import RenderOptions

__all__ = [
    "RenderOptions",
    "explanation_json",
    "explanation_text",
    "ledger_json",
    "ledger_table",
    "render",
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


def ledger_table(report: Report) -> str:
    """Return every cell with its verdict as a table for people."""
    from pystatelint.report import ledger

    return ledger.ledger_table(report)


def ledger_json(report: Report) -> str:
    """Return every cell with its verdict as a JSON array."""
    from pystatelint.report import ledger

    return ledger.ledger_json(report)


def explanation_text(told: Explanation, options: RenderOptions) -> str:
    """Return why cells are reported or not, with the source, for people."""
    from pystatelint.report import explanation

    return explanation.explanation_text(told, options)


def explanation_json(told: Explanation) -> str:
    """Return why cells are reported or not as a JSON object."""
    from pystatelint.report import explanation

    return explanation.explanation_json(told)
