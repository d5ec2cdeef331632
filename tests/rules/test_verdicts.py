"""The hard cases of the analysis end with the verdict that they announce.

A leading comment ``# verdict: Chat.items = runtime|opaque`` names a cell by the end of
its symbol, and the verdicts that are right for it; ``absent`` means that it is no cell.
What is no cell, but is told where it is changed, is marked there as in fixtures/rules.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from pystatelint.link.records import Verdict
from pystatelint.model.report import Report
from pystatelint.model.rule import Rule
from pystatelint.rules import ALL_RULES

HARD = Path(__file__).resolve().parents[2] / "fixtures" / "hard"
CASES = tuple(sorted(HARD.glob("[0-9][0-9]_*")))
VERDICT = re.compile(r"# verdict: (?P<cell>\S+) = (?P<verdicts>[a-z|-]+)")
ABSENT = "absent"

each_case = pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)


def files_of(case: Path) -> dict[str, bytes]:
    if case.is_file():
        # A module cannot have a name that begins with digits.
        return {f"{case.stem[3:]}.py": case.read_bytes()}
    return {path.relative_to(case).as_posix(): path.read_bytes() for path in case.rglob("*.py")}


def announced(files: Mapping[str, bytes]) -> Iterator[tuple[str, frozenset[str]]]:
    for _, source in sorted(files.items()):
        for line in source.decode("utf-8").splitlines():
            if found := VERDICT.fullmatch(line):
                yield found["cell"], frozenset(found["verdicts"].split("|"))


@each_case
def test_cells_end_with_the_announced_verdict(
    case: Path, analysed: Callable[[Mapping[str, bytes], tuple[str, ...], Rule | None], Report]
) -> None:
    files = files_of(case)

    report = analysed(files, (), None)

    found = {
        cell: frozenset(
            row.verdict for row in report.ledger if f".{row.symbol}".endswith(f".{cell}")
        )
        or {ABSENT}
        for cell, _ in announced(files)
    }
    wrong = [
        f"{cell}: {', '.join(sorted(found[cell]))} instead of {' or '.join(sorted(right))}"
        for cell, right in announced(files)
        if not found[cell] <= right
    ]
    assert report.errors == ()
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


MARKED = tuple(case for case in CASES if case.is_file() and b"# expect: " in case.read_bytes())


@pytest.mark.parametrize("case", MARKED, ids=lambda path: path.stem)
def test_marked_lines_are_reported(
    case: Path,
    analysed: Callable[[Mapping[str, bytes], tuple[str, ...], Rule | None], Report],
    marks_in: Callable[[Mapping[str, bytes]], frozenset[tuple[str, int, str]]],
) -> None:
    files = files_of(case)
    marks = marks_in(files)
    rules = [rule for rule in ALL_RULES if rule.code in {code for _, _, code in marks}]

    reports = [analysed(files, (), rule) for rule in rules]

    assert {
        (found.path, found.span.line, found.code)
        for report, rule in zip(reports, rules, strict=True)
        for found in report.findings
        if found.code == rule.code
    } == marks


@each_case
def test_case_announces_verdicts_that_there_are(case: Path) -> None:
    known = {ABSENT, *(verdict.value for verdict in Verdict)}
    cells = dict(announced(files_of(case)))

    assert cells
    assert all(right <= known for right in cells.values())
