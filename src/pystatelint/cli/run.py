"""Carry out `statelint check`: configure, analyse, print, and say how it went."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click
import msgspec

from pystatelint.cli.analysis import analysed, standard_input
from pystatelint.cli.failure import FAILURE
from pystatelint.cli.output import (
    STANDARD_OUTPUT,
    Output,
    chosen_outputs,
    print_text,
    write_file,
)
from pystatelint.cli.paths import chosen_paths
from pystatelint.cli.settings import configured
from pystatelint.cli.source_lines import lines_reader
from pystatelint.cli.terminal import terminal_width, wants_color
from pystatelint.config.schema import Config
from pystatelint.model.finding import Severity, rank
from pystatelint.model.report import Report
from pystatelint.report import RenderOptions, render, statistics
from pystatelint.rules import ALL_RULES
from pystatelint.source.here import working_folder
from pystatelint.version import VERSION

_HUMAN_FORMATS = ("full", "concise")


class CheckRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line asks for beside the configuration."""

    paths: tuple[str, ...]
    output: tuple[str, ...]
    output_format: str | None
    color: str
    statistics: bool
    quiet: bool
    exit_zero: bool
    stdin_filename: str | None


def run_check(params: Mapping[str, object]) -> int:
    """Return the exit status: 0 nothing found, 1 findings, 2 something failed.

    Args:
        params: the values of the options of `check`, by name.

    Raises:
        UsageError: the paths or outputs cannot be used.
        ConfigError: the configuration cannot be used.
    """
    request = msgspec.convert(params, CheckRequest)
    cwd = working_folder()
    paths = chosen_paths(request.paths, request.stdin_filename, cwd)
    config = configured(params, paths.governing, cwd, ALL_RULES).config
    outputs = chosen_outputs(request.output, request.output_format, config.output_format, cwd)
    stdin = standard_input(paths)
    report = analysed(paths, stdin, config, cwd, quiet=request.quiet)
    options = RenderOptions(
        cwd=str(cwd),
        version=VERSION,
        rules=ALL_RULES,
        read_lines=lines_reader(cwd, {stdin.filename: stdin.data} if stdin else {}),
    )
    _publish(report, request, outputs, options)
    return _status(report, request, config)


def _publish(
    report: Report, request: CheckRequest, outputs: tuple[Output, ...], options: RenderOptions
) -> None:
    # Everything is rendered before anything is written: no report by halves.
    *files, (screen, shown) = [
        (each, render(report, each.format, _fitted(options, each, request.color)))
        for each in outputs
    ]
    for output, text in files:
        write_file(Path(output.target), text)
    counts = statistics(report) if request.statistics else ""
    if screen.format in _HUMAN_FORMATS:
        print_text(shown + counts)
        return
    # A machine reads standard output; the rest is for whoever watches.
    print_text(shown)
    failures = "".join(f"statelint: error: {error.message}\n" for error in report.errors)
    click.echo(failures + counts, err=True, nl=False)


def _fitted(options: RenderOptions, output: Output, color: str) -> RenderOptions:
    if output.target != STANDARD_OUTPUT or output.format not in _HUMAN_FORMATS:
        return options
    is_terminal = sys.stdout.isatty()
    return msgspec.structs.replace(
        options,
        color=wants_color(color, os.environ, is_terminal=is_terminal),
        width=terminal_width(is_terminal=is_terminal),
    )


def _status(report: Report, request: CheckRequest, config: Config) -> int:
    if report.errors:
        return FAILURE
    bar = rank(Severity(config.fail_on))
    failing = any(rank(finding.severity) >= bar for finding in report.findings)
    return int(failing and not request.exit_zero)
