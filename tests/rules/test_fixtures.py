"""Each file of fixtures/rules is reported exactly as its marks say.

``alarm_*`` are compared by the rule of their folder and the codes that they mark,
``silent_*`` by every code there is. A leading comment ``# config: key = value`` is a
line of configuration, ``# options: strict`` turns strict on.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from pystatelint.model.report import Report
from pystatelint.model.rule import Rule
from pystatelint.rules import ALL_RULES

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "rules"
RULES = {rule.code: rule for rule in ALL_RULES}
CASES = tuple(
    sorted(
        path
        for folder in FIXTURES.iterdir()
        for path in folder.glob("*")
        if path.name[0] not in "._"
    )
)
LEAST = {"alarm": 2, "silent": 4}
LEAST_OF_POLICY = {"alarm": 1, "silent": 1}
CONFIG = re.compile(r"# config: (?P<line>.+)")

Files = Mapping[str, bytes]
Marks = frozenset[tuple[str, int, str]]

each_case = pytest.mark.parametrize(
    "case", CASES, ids=lambda path: path.relative_to(FIXTURES).with_suffix("").as_posix()
)


def files_of(case: Path) -> dict[str, bytes]:
    if case.is_file():
        return {case.name: case.read_bytes()}
    sources = sorted(path for path in case.rglob("*") if path.suffix == ".py")
    return {path.relative_to(case).as_posix(): path.read_bytes() for path in sources}


def configuration_of(files: Files) -> tuple[str, ...]:
    return tuple(line for source in files.values() for line in _settings(source))


def _settings(source: bytes) -> Iterator[str]:
    for line in source.decode("utf-8", "replace").splitlines():
        if not line.startswith("#"):
            return
        if line == "# options: strict":
            yield "strict = true"
        elif found := CONFIG.fullmatch(line):
            yield found["line"]


@each_case
def test_reports_exactly_what_is_marked(
    case: Path,
    analysed: Callable[[Files, tuple[str, ...], Rule | None], Report],
    marks_in: Callable[[Files], Marks],
    difference: Callable[[Files, Marks, Marks], str],
) -> None:
    files, code = files_of(case), case.parent.name
    wanted = marks_in(files)

    report = analysed(files, configuration_of(files), RULES[code])

    codes = {code, *(mark[2] for mark in wanted)}
    found = frozenset(
        (each.path, each.span.line, each.code)
        for each in report.findings
        if case.name.startswith("silent") or each.code in codes
    )
    told = [(each.path, each.span, each.code, each.symbol) for each in report.findings]
    assert report.errors == ()
    assert sorted(set(told)) == sorted(told), "a finding is told twice"
    if found != wanted:
        pytest.fail(difference(files, found, wanted), pytrace=False)


@each_case
def test_name_says_whether_the_rule_reports(case: Path, marks_in: Callable[[Files], Marks]) -> None:
    marked = {mark[2] for mark in marks_in(files_of(case))}

    assert case.name.startswith("alarm_" if case.parent.name in marked else "silent_")


@pytest.mark.parametrize("code", RULES)
@pytest.mark.parametrize("kind", LEAST)
def test_every_rule_has_enough_cases(code: str, kind: str) -> None:
    least = LEAST_OF_POLICY if code < "HMS100" else LEAST

    assert len([*(FIXTURES / code).glob(f"{kind}_*")]) >= least[kind]
