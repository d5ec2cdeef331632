"""A comment takes away the finding that it names, and nothing else, in any order."""

import datetime
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pystatelint.config.schema import Config
from pystatelint.model.finding import Confidence, Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.model.span import Span
from pystatelint.source.comments import comments_of
from pystatelint.suppress.apply import Suppressed, suppress

POLICY = ("HMS001", "HMS002", "HMS005", "HMS006")
CODES = ("HMS101", "HMS102", "HMS111", "HMS201")
RULES = tuple(
    Rule(code=code, name=f"rule-{code.lower()}", severity=Severity.WARNING, default=True)
    for code in (*POLICY, *CODES)
)
TODAY = datetime.date(2026, 6, 1)
PATHS = ("a.py", "b.py")
LINES = 6

# A loaded machine is no reason to fail.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

STATEMENTS = ("x = []", "y = {'k': [1, 2]}", "class A: z = {}", "del x", "x = '# no'")
SPELLINGS = ("# statelint: ignore[{}] -- why", "# noqa: {}", "# noqa: E501, {}")

Place = tuple[str, int, str]
PLACES = st.tuples(st.sampled_from(PATHS), st.integers(1, LINES), st.sampled_from(CODES))
PROGRAM = st.lists(st.sampled_from(STATEMENTS), min_size=LINES, max_size=LINES)


@CALM
@given(PROGRAM, st.sets(PLACES, min_size=1), st.sampled_from(SPELLINGS), st.data())
def test_a_trailing_comment_removes_exactly_its_finding(
    program: list[str], places: set[Place], spelling: str, data: st.DataObject
) -> None:
    path, line, code = data.draw(st.sampled_from(sorted(places)))
    texts = {each: list(program) for each in PATHS}
    texts[path][line - 1] += "  " + spelling.format(code)
    left = _suppressed(places, texts)
    assert _places(left.kept) == places - {(path, line, code)}
    assert not left.policy


@CALM
@given(PROGRAM, st.sets(PLACES), PLACES, st.sampled_from(SPELLINGS))
def test_a_comment_is_unused_just_when_its_finding_is_not_there(
    program: list[str], places: set[Place], place: Place, spelling: str
) -> None:
    path, line, code = place
    texts = {each: list(program) for each in PATHS}
    texts[path][line - 1] += "  " + spelling.format(code)
    flaws = [(each.path, each.span.line, each.code) for each in _suppressed(places, texts).policy]
    assert flaws == ([] if place in places else [(path, line, "HMS001")])


@CALM
@given(PROGRAM, st.sets(PLACES, min_size=1), st.data())
def test_an_own_line_comment_removes_exactly_its_finding(
    program: list[str], places: set[Place], data: st.DataObject
) -> None:
    path, line, code = data.draw(st.sampled_from(sorted(places)))
    texts = {each: list(program) for each in PATHS}
    texts[path].insert(line - 1, f"# statelint: ignore[{code}] -- why")
    moved = {_moved(place, path, line) for place in places}
    left = _suppressed(moved, texts)
    assert _places(left.kept) == moved - {(path, line + 1, code)}
    assert not left.policy


@CALM
@given(PROGRAM, st.sets(PLACES), st.sampled_from(PATHS), st.sampled_from(CODES))
def test_a_file_ignore_removes_its_code_from_its_file(
    program: list[str], places: set[Place], path: str, code: str
) -> None:
    texts = {each: [*program] for each in PATHS}
    texts[path].append(f"# statelint: file-ignore[{code}] -- why")
    hit = {place for place in places if place[0] == path and place[2] == code}
    left = _suppressed(places, texts)
    assert _places(left.kept) == places - hit
    assert [each.code for each in left.policy] == ([] if hit else ["HMS001"])


@CALM
@given(
    PROGRAM,
    st.sets(PLACES),
    st.integers(1, LINES),
    st.integers(0, LINES),
    st.sampled_from(CODES),
)
def test_a_region_holds_from_disable_up_to_enable(
    program: list[str], places: set[Place], first: int, length: int, code: str
) -> None:
    last = min(first + length, LINES)
    texts = {each: [*program] for each in PATHS}
    texts["a.py"].insert(last, f"# statelint: enable[{code}]")
    texts["a.py"].insert(first - 1, f"# statelint: disable[{code}] -- why")
    moved = {_moved(_moved(place, "a.py", last + 1), "a.py", first) for place in places}
    hit = {
        place
        for place in moved
        if place[0] == "a.py" and first < place[1] <= last + 1 and place[2] == code
    }
    left = _suppressed(moved, texts)
    assert _places(left.kept) == moved - hit
    assert [each.code for each in left.policy] == ([] if hit else ["HMS001"])


@CALM
@given(PROGRAM, st.sets(PLACES))
def test_the_order_of_files_and_findings_is_kept_and_changes_nothing(
    program: list[str], places: set[Place]
) -> None:
    texts = {each: [f"{line}  # noqa: HMS1, HMS9" for line in program] for each in PATHS}
    forth = _suppressed(places, texts)
    back = _suppressed(places, dict(reversed(texts.items())), backwards=True)
    assert back.policy == forth.policy
    assert back.kept == forth.kept[::-1]


@CALM
@given(PROGRAM, st.sets(PLACES), st.dates(), st.dates())
def test_a_date_decides_between_silence_and_a_report(
    program: list[str], places: set[Place], day: datetime.date, until: datetime.date
) -> None:
    texts = {each: [*program] for each in PATHS}
    texts["a.py"][0] += f"  # statelint: ignore[HMS101, until={until.isoformat()}] -- why"
    hit = {("a.py", 1, "HMS101")} & places if day <= until else set()
    left = _suppressed(places, texts, today=day)
    assert _places(left.kept) == places - hit
    expected = "HMS006" if day > until else "" if hit else "HMS001"
    assert "".join(each.code for each in left.policy) == expected


def _moved(place: Place, path: str, line: int) -> Place:
    """Return a place as it is after a line is put in above `line` of `path`."""
    shift = place[0] == path and place[1] >= line
    return (place[0], place[1] + shift, place[2])


def _suppressed(
    places: set[Place],
    texts: dict[str, list[str]],
    *,
    today: datetime.date = TODAY,
    backwards: bool = False,
) -> Suppressed:
    comments = {path: comments_of("\n".join(lines) + "\n") for path, lines in texts.items()}
    findings = tuple(_finding(*place) for place in sorted(places, reverse=backwards))
    return suppress(findings, comments, RULES, Config(), Path("/project"), today)


def _places(findings: Sequence[Finding]) -> set[Place]:
    return {(each.path, each.span.line, each.code) for each in findings}


def _finding(path: str, line: int, code: str) -> Finding:
    return Finding(
        code=code,
        name=f"rule-{code.lower()}",
        message="here",
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        path=path,
        span=Span(line, 0, line, 1),
        symbol=f"{path}.{line}",
    )
