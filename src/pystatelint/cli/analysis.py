"""Analyse the chosen paths, with a progress bar if it takes long."""

import sys
from pathlib import Path

from pystatelint.api import StdinSource, analyse
from pystatelint.cli.paths import ChosenPaths
from pystatelint.cli.progress import shown_progress
from pystatelint.config.schema import Config
from pystatelint.model.report import Report


def standard_input(paths: ChosenPaths) -> StdinSource | None:
    """Read standard input to its end, if it is among the paths."""
    if not paths.stdin_filename:
        return None
    return StdinSource(filename=paths.stdin_filename, data=sys.stdin.buffer.read())


def analysed(
    paths: ChosenPaths, stdin: StdinSource | None, config: Config, cwd: Path, *, quiet: bool
) -> Report:
    """Return the report on the paths.

    Args:
        paths: what to analyse.
        stdin: standard input, if it is among the paths.
        config: the effective configuration.
        cwd: the working directory, absolute.
        quiet: show no progress.
    """
    with shown_progress(sys.stderr, quiet=quiet) as progress:
        return analyse(paths.walked, config, cwd=cwd, stdin=stdin, progress=progress)
