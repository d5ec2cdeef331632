"""The flake8 plugin: the one-file view of statelint, without suppressions of flake8.

It reports what one module proves, never more than the command line does for the
same file. flake8 itself heeds `noqa`, `--select` and its kin; `[tool.statelint]`
of the nearest configuration file and our own pragmas are heeded here.
"""

import ast
from collections.abc import Iterator, Sequence

from pystatelint.api import analyse_module
from pystatelint.config.discover import common_folder
from pystatelint.config.load import load_nearest
from pystatelint.config.schema import Config
from pystatelint.config.selectors import known_selectors
from pystatelint.rules import ALL_RULES
from pystatelint.source.here import working_folder

_LEFT_TO_FLAKE8 = ("HMS001", "HMS090")
"""What is unused is not known from one file; what is no Python, flake8 reports."""

Problem = tuple[int, int, str, type["Plugin"]]


class Plugin:
    """What flake8 makes for every file; the names of the parameters are its request."""

    def __init__(self, tree: ast.AST, filename: str, lines: Sequence[str]) -> None:
        """Take one file in.

        Args:
            tree: the parsed module.
            filename: the file as flake8 was told of it.
            lines: the source, line by line, with line ends.
        """
        self._tree = tree
        self._filename = filename
        self._lines = lines

    def run(self) -> Iterator[Problem]:
        """Yield line (1-based), column (0-based), text and type of every finding."""
        config = _config_of(self._filename)
        report = analyse_module("".join(self._lines), self._filename, config, self._tree)
        for finding in report.findings:
            if finding.code not in _LEFT_TO_FLAKE8:
                span = finding.span
                yield span.line, span.column, f"{finding.code} {finding.message}", type(self)


def _config_of(filename: str) -> Config:
    cwd = working_folder()
    known = known_selectors(ALL_RULES)
    return load_nearest(common_folder((filename,), cwd), cwd, known).config
