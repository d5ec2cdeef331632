"""The public functions: analyse paths, or one module; explain a cell.

from pystatelint.api import analyse
report = analyse(["src"])
"""

import datetime
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from pystatelint.config.schema import Config
from pystatelint.engine import pipeline
from pystatelint.engine.libraries import deep_clock, library_folders
from pystatelint.engine.onefile import run_module
from pystatelint.engine.pipeline import Run
from pystatelint.engine.sources import StdinSource
from pystatelint.model.explanation import Explanation
from pystatelint.model.report import Report
from pystatelint.rules import ALL_RULES
from pystatelint.rules.opinion import opinion_on
from pystatelint.source.here import working_folder

__all__ = ["StdinSource", "analyse", "analyse_module", "explain"]


def analyse(
    paths: Sequence[str | Path],
    config: Config | None = None,
    *,
    cwd: Path | None = None,
    stdin: StdinSource | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Analyse files and folders as one project.

    Nothing of the analysed code is imported or executed.

    Args:
        paths: files and folders. A folder is linked as it is; for a file the whole
            project around it is linked, and only the file is reported on.
        config: the effective configuration, the defaults if not given.
        cwd: the folder that paths and globs are relative to; the working directory if
            not given.
        stdin: source that stands for a file.
        progress: called with the number of files done and of all files.

    Returns:
        Findings, failures and the ledger; paths relative to `cwd`.

    Raises:
        UsageError: a path does not exist, the working directory is gone, the configured
            environment holds no libraries, or astroid is wanted and not installed.
    """
    request = msgspec.structs.replace(_request(paths, config, cwd), stdin=stdin)
    return pipeline.run(request, progress)


def explain(
    question: str,
    paths: Sequence[str | Path],
    config: Config | None = None,
    *,
    cwd: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Explanation:
    """Say why a cell is reported, or why it is not.

    Args:
        question: ``PATH:LINE`` for the cells that are bound or written on a line, else
            the nearest; or the end of a qualified name, such as ``Chat.history``.
        paths: files and folders to analyse, as for `analyse`.
        config: the effective configuration, the defaults if not given.
        cwd: the folder that paths and globs are relative to; the working directory if
            not given.
        progress: called with the number of files done and of all files.

    Raises:
        UsageError: a path does not exist, or the question means no cell.
    """
    return pipeline.explain(_request(paths, config, cwd), question, opinion_on, progress)


def _request(paths: Sequence[str | Path], config: Config | None, cwd: Path | None) -> Run:
    """Return what to do, with what the process knows: the time, and where libraries are."""
    given = tuple(Path(path) for path in paths)
    effective = config if config is not None else Config()
    folder = _folder(cwd)
    return Run(
        paths=given,
        config=effective,
        cwd=folder,
        rules=ALL_RULES,
        today=datetime.datetime.now(tz=datetime.UTC).date(),
        libraries=library_folders(given, effective, folder, os.environ, sys.prefix),
        clock=deep_clock(effective),
    )


def analyse_module(
    text: str, filename: str, config: Config | None = None, tree: object | None = None
) -> Report:
    """Analyse one module by itself: what a lone file proves, never more than `analyse`.

    Args:
        text: its source.
        filename: its path, relative to the working directory or absolute.
        config: the effective configuration, the defaults if not given.
        tree: the `ast.Module` of `text`, if the caller has it already.

    Returns:
        The findings of the rules that one module can decide. Suppressions of flake8
        (``noqa``) are left to flake8; our own are heeded.
    """
    request = Run(
        paths=(),
        config=config if config is not None else Config(),
        cwd=working_folder(),
        rules=ALL_RULES,
        today=datetime.datetime.now(tz=datetime.UTC).date(),
    )
    return run_module(request, text, filename, tree)


def _folder(cwd: Path | None) -> Path:
    """Return a folder as a run needs it: absolute, so that what is around it can be seen."""
    if cwd is not None and cwd.is_absolute():
        return cwd
    return Path(os.path.normpath(working_folder() / (cwd or "")))
