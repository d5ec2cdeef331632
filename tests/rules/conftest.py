"""How a case is laid out, analysed and shown when it differs."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from pystatelint.api import analyse
from pystatelint.config.load import load_nearest
from pystatelint.config.selectors import known_selectors
from pystatelint.model.report import Report
from pystatelint.model.rule import Rule
from pystatelint.rules import ALL_RULES

EXPECT = re.compile(r"# expect: (?P<codes>HMS\d{3}(?:, HMS\d{3})*)\s*$")


class Mark(NamedTuple):
    """A code on a line of a file."""

    path: str
    line: int
    code: str


@pytest.fixture
def analysed(
    tmp_path: Path,
) -> Callable[[Mapping[str, bytes], tuple[str, ...], Rule | None], Report]:
    """Return what analyses files ``{path: source}`` as a project of their own.

    The lines are those of a configuration file. A rule of the default set runs beside
    the others; any other rule that is named runs alone.
    """

    def run(files: Mapping[str, bytes], lines: tuple[str, ...], rule: Rule | None) -> Report:
        folder = tmp_path / "project"
        for name, source in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source)
        (folder / "statelint.toml").write_text("\n".join(("root = true", *lines)), "utf-8")
        config = load_nearest(folder, folder, known_selectors(ALL_RULES)).config
        if rule is not None and not rule.default:
            config = msgspec.structs.replace(config, select=(rule.code,))
        return analyse([folder], config, cwd=folder)

    return run


@pytest.fixture
def marks_in() -> Callable[[Mapping[str, bytes]], frozenset[Mark]]:
    """Return what reads the ``# expect:`` marks of files."""

    def read(files: Mapping[str, bytes]) -> frozenset[Mark]:
        return frozenset(
            Mark(path, number, code)
            for path, source in files.items()
            for number, line in enumerate(source.decode("utf-8", "replace").splitlines(), start=1)
            if (found := EXPECT.search(line))
            for code in found["codes"].split(", ")
        )

    return read


@pytest.fixture
def difference() -> Callable[[Mapping[str, bytes], frozenset[Mark], frozenset[Mark]], str]:
    """Return what shows the sources with missed (-) and unwanted (+) lines."""

    def show(files: Mapping[str, bytes], found: frozenset[Mark], wanted: frozenset[Mark]) -> str:
        wrong = frozenset(Mark(*each) for each in found ^ wanted)
        return "\n".join(
            line
            for path in sorted({mark.path for mark in wrong})
            for line in (f"--- {path}", *_numbered(path, files[path], wrong, wanted))
        )

    return show


def _numbered(
    path: str, source: bytes, wrong: frozenset[Mark], wanted: frozenset[Mark]
) -> Iterator[str]:
    for number, line in enumerate(source.decode("utf-8", "replace").splitlines() or [""], start=1):
        here = sorted(mark for mark in wrong if (mark.path, mark.line) == (path, number))
        signs = "".join("-" if mark in wanted else "+" for mark in here)
        codes = " ".join(mark.code for mark in here)
        yield f"{signs:2} {number:3} | {line}" + (f"   <<< {codes}" if here else "")
