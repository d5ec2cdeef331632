"""Carry out `statelint ledger`: analyse, filter the cells, print them."""

from collections.abc import Mapping

import click
import msgspec

from pystatelint.cli.analysis import analysed, standard_input
from pystatelint.cli.failure import FAILURE
from pystatelint.cli.output import print_text
from pystatelint.cli.paths import chosen_paths
from pystatelint.cli.settings import configured
from pystatelint.config.suggest import hint
from pystatelint.errors import UsageError
from pystatelint.link.records import Verdict
from pystatelint.model.report import LedgerRow, Report
from pystatelint.report import ledger_json, ledger_table
from pystatelint.rules import ALL_RULES
from pystatelint.source.here import working_folder


class LedgerRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line asks for beside the configuration."""

    paths: tuple[str, ...]
    table_format: str
    verdict: tuple[str, ...] | None
    written: bool
    mutable: bool


def run_ledger(params: Mapping[str, object]) -> int:
    """Return the exit status: 0, or 2 if something failed.

    Args:
        params: the values of the options of `ledger`, by name.

    Raises:
        UsageError: a path or a verdict is not there.
        ConfigError: the configuration cannot be used.
    """
    request = msgspec.convert(params, LedgerRequest)
    _require_verdicts(request.verdict or ())
    cwd = working_folder()
    paths = chosen_paths(request.paths, None, cwd)
    config = configured(params, paths.governing, cwd, ALL_RULES).config
    report = analysed(paths, standard_input(paths), config, cwd, quiet=False)
    print_text(_printed(_filtered(report, request), request))
    for error in report.errors:
        click.echo(f"statelint: error: {error.message}", err=True)
    return FAILURE if report.errors else 0


def _printed(report: Report, request: LedgerRequest) -> str:
    return ledger_json(report) if request.table_format == "json" else ledger_table(report)


def _filtered(report: Report, request: LedgerRequest) -> Report:
    rows = tuple(row for row in report.ledger if _is_asked_for(row, request))
    return msgspec.structs.replace(report, ledger=rows)


def _is_asked_for(row: LedgerRow, request: LedgerRequest) -> bool:
    if request.written and not row.run_writes:
        return False
    if request.mutable and not row.mutable:
        return False
    return request.verdict is None or row.verdict in request.verdict


def _require_verdicts(verdicts: tuple[str, ...]) -> None:
    known = [verdict.value for verdict in Verdict]
    for verdict in verdicts:
        if verdict not in known:
            choices = ", ".join(known)
            guess = hint(verdict, known)
            raise UsageError(f"--verdict {verdict}: the verdict is one of {choices}{guess}")
