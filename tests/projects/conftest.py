"""Which lines of a project are marked, and which lines does a report speak of?"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pystatelint.api import analyse
from pystatelint.config.load import load_nearest
from pystatelint.config.schema import Config
from pystatelint.config.selectors import known_selectors
from pystatelint.model.report import Report
from pystatelint.rules import ALL_RULES

MARK = re.compile(r"# (?P<kind>expect|contract|later): (?P<codes>HMS\d{3}(?:, HMS\d{3})*)")


class Mark(NamedTuple):
    """A code on a line of a file."""

    path: str
    line: int
    code: str


@pytest.fixture
def configured() -> Callable[[Path], Config]:
    """Return what loads the configuration of a project."""

    def load(folder: Path) -> Config:
        return load_nearest(folder, folder, known_selectors(ALL_RULES)).config

    return load


@pytest.fixture
def analysed(configured: Callable[[Path], Config]) -> Callable[[Path], Report]:
    """Return what analyses a project with its own configuration."""

    def run(folder: Path) -> Report:
        return analyse([folder], configured(folder), cwd=folder)

    return run


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[Path], Path]:
    """Return what copies the sources and the configuration of a project."""

    def copy(folder: Path) -> Path:
        for source in sorted([*folder.rglob("*.py"), *folder.rglob("*.toml")]):
            target = tmp_path / source.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
        return tmp_path

    return copy


@pytest.fixture
def marked() -> Callable[[Path, str], frozenset[Mark]]:
    """Return what reads the marks of one kind in a project."""

    def read(folder: Path, kind: str) -> frozenset[Mark]:
        return frozenset(_marks(folder, kind))

    return read


@pytest.fixture
def reported() -> Callable[[Report], frozenset[Mark]]:
    """Return what turns the findings of a report into marks."""

    def read(report: Report) -> frozenset[Mark]:
        return frozenset(Mark(each.path, each.span.line, each.code) for each in report.findings)

    return read


@pytest.fixture
def difference() -> Callable[[Path, frozenset[Mark], frozenset[Mark]], str]:
    """Return what shows missed (-) and unwanted (+) marks with their source lines."""

    def show(folder: Path, found: frozenset[Mark], wanted: frozenset[Mark]) -> str:
        rows = []
        for mark in sorted(found ^ wanted):
            source = (folder / mark.path).read_text(encoding="utf-8").splitlines()
            sign = "-" if mark in wanted else "+"
            rows.append(f"{sign} {mark.path}:{mark.line} {mark.code} | {source[mark.line - 1]}")
        return "\n".join(rows)

    return show


def _marks(folder: Path, kind: str) -> Iterator[Mark]:
    for path in sorted(folder.rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            for found in MARK.finditer(line):
                if found["kind"] == kind:
                    for code in found["codes"].split(", "):
                        yield Mark(path.relative_to(folder).as_posix(), number, code)
