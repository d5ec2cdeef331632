"""Carry out `statelint ledger`: analyse, compare, filter the cells, print them."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import click
import msgspec

from pystatelint.cli.analysis import analysed, standard_input
from pystatelint.cli.base_ledger import base_ledger
from pystatelint.cli.failure import FAILURE
from pystatelint.cli.ledger_choice import (
    Choice,
    chosen,
    chosen_changes,
    require_known_symbols,
    require_known_words,
)
from pystatelint.cli.output import Output, chosen_outputs, print_text, write_file
from pystatelint.cli.paths import chosen_paths
from pystatelint.cli.settings import configured
from pystatelint.config.choices import LEDGER_FORMATS
from pystatelint.engine.ledger_diff import ledger_diff
from pystatelint.errors import UsageError
from pystatelint.model.report import Report
from pystatelint.report import render_ledger, render_ledger_diff
from pystatelint.report.ledger_record import as_published
from pystatelint.rules import ALL_RULES
from pystatelint.source.here import working_folder


class LedgerRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line asks for beside the configuration and the filters."""

    paths: tuple[str, ...]
    ledger_output: tuple[str, ...]
    ledger_format: str | None
    diff: str | None
    exit_non_zero_on_new: bool


def run_ledger(params: Mapping[str, object]) -> int:
    """Return the exit status: 0, 1 if asked to tell of new writes by it, 2 if something failed.

    Args:
        params: the values of the options of `ledger`, by name.

    Raises:
        UsageError: a path, file, symbol or word is not there, or cannot be written.
        ConfigError: the configuration cannot be used.
    """
    request, choice = _asked(params)
    cwd = working_folder()
    paths = chosen_paths(request.paths, None, cwd)
    config = configured(params, paths.governing, cwd, ALL_RULES).config
    outputs = chosen_outputs(
        request.ledger_output, request.ledger_format, "text", cwd, LEDGER_FORMATS
    )
    base = None if request.diff is None else base_ledger(request.diff, cwd)
    report = analysed(paths, standard_input(paths), config, cwd, quiet=False)
    require_known_symbols(choice, (*report.ledger, *(base or ())))
    if base is None:
        _publish(outputs, cwd, partial(render_ledger, chosen(report.ledger, choice)))
        return _status(report)
    changes = chosen_changes(ledger_diff(base, as_published(report.ledger)), choice)
    _publish(outputs, cwd, partial(render_ledger_diff, changes))
    return _status(report) or int(request.exit_non_zero_on_new and changes.has_new_writes)


def _asked(params: Mapping[str, object]) -> tuple[LedgerRequest, Choice]:
    request = msgspec.convert(params, LedgerRequest)
    choice = msgspec.convert(params, Choice)
    if request.exit_non_zero_on_new and request.diff is None:
        raise UsageError("--exit-non-zero-on-new compares; give the earlier ledger with --diff")
    require_known_words(choice)
    return request, choice


def _publish(outputs: tuple[Output, ...], cwd: Path, rendered: Callable[[str], str]) -> None:
    # Everything is rendered before anything is written: no report by halves.
    *files, (_, shown) = [(output, rendered(output.format)) for output in outputs]
    for output, text in files:
        write_file(cwd / output.target, text)
    print_text(shown)


def _status(report: Report) -> int:
    for error in report.errors:
        click.echo(f"statelint: error: {error.message}", err=True)
    return FAILURE if report.errors else 0
