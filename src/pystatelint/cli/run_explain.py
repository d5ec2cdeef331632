"""Carry out `statelint explain`: analyse, ask, print the answer."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click
import msgspec

from pystatelint.api import explain
from pystatelint.cli.failure import FAILURE
from pystatelint.cli.output import print_text
from pystatelint.cli.paths import STDIN, chosen_paths
from pystatelint.cli.progress import shown_progress
from pystatelint.cli.settings import configured
from pystatelint.cli.source_lines import lines_reader
from pystatelint.cli.terminal import terminal_width, wants_color
from pystatelint.engine.question import place_in
from pystatelint.errors import UsageError
from pystatelint.model.explanation import Explanation
from pystatelint.report import RenderOptions, explanation_json, explanation_text
from pystatelint.rules import ALL_RULES
from pystatelint.source.here import working_folder


class ExplainRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line asks for beside the configuration."""

    question: str
    paths: tuple[str, ...]
    answer_format: str
    color: str


def run_explain(params: Mapping[str, object]) -> int:
    """Return the exit status: 0, or 2 if something failed.

    Args:
        params: the values of the options of `explain`, by name.

    Raises:
        UsageError: a path is not there, or the question means no cell.
        ConfigError: the configuration cannot be used.
    """
    request = msgspec.convert(params, ExplainRequest)
    cwd = working_folder()
    paths = chosen_paths(_paths(request), None, cwd)
    config = configured(params, paths.governing, cwd, ALL_RULES).config
    with shown_progress(sys.stderr, quiet=False) as progress:
        told = explain(request.question, paths.walked, config, cwd=cwd, progress=progress)
    print_text(_printed(told, request, cwd))
    for error in told.errors:
        click.echo(f"statelint: error: {error.message}", err=True)
    return FAILURE if told.errors else 0


def _paths(request: ExplainRequest) -> tuple[str, ...]:
    """Return what is to be analysed: the file in question, if nothing else is said."""
    for rule in ALL_RULES:
        if request.question.upper() == rule.code or request.question == rule.name:
            raise UsageError(f"{rule.code} is a rule, not a cell: see statelint rule {rule.code}")
    if STDIN in request.paths:
        raise UsageError("explain reads files only; name the file instead of -")
    place = place_in(request.question)
    return request.paths or ((place.path,) if place else ())


def _printed(told: Explanation, request: ExplainRequest, cwd: Path) -> str:
    if request.answer_format == "json":
        return explanation_json(told)
    is_terminal = sys.stdout.isatty()
    options = RenderOptions(
        color=wants_color(request.color, os.environ, is_terminal=is_terminal),
        width=terminal_width(is_terminal=is_terminal),
        read_lines=lines_reader(cwd, {}),
    )
    return explanation_text(told, options)
