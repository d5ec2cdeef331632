"""No comment, however odd, stops a run; what is said of it stands where it stands."""

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pystatelint.config.schema import Config
from pystatelint.model.finding import Confidence, Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.model.span import Span
from pystatelint.source.comments import comments_of
from pystatelint.suppress.apply import Suppressed, suppress

RULES = tuple(
    Rule(code=code, name=f"rule-{code.lower()}", severity=Severity.WARNING, default=True)
    for code in ("HMS001", "HMS002", "HMS005", "HMS006", "HMS101", "HMS102", "HMS201")
)

# A loaded machine is no reason to fail.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = (
    "# ",
    "#",
    "statelint",
    "statelint:",
    " statelint : ",
    "ignore",
    "file-ignore",
    "disable",
    "enable",
    "[",
    "]",
    "[HMS101]",
    "[HMS101, HMS1]",
    "HMS101",
    "HMS",
    "rule-hms101",
    ",",
    " -- ",
    "why",
    "until=",
    "until=2027-01-01",
    "until=2020-13-01",
    "noqa",
    "# noqa: HMS101",
    "# noqa:",
    " ",
    "é",
    "\u017f",
    "\x0c",
    "\t",
    "\u2028",
)
COMMENTS = st.lists(st.sampled_from(WORDS), max_size=9).map(lambda words: "#" + "".join(words))


@CALM
@given(COMMENTS, st.booleans())
@example(comment="# c# statelint: ignore[HMS101]", own_line=False)
@example(comment="#é#statelint:x# statelint: disable[HMS101]", own_line=True)
def test_what_is_said_of_a_comment_stands_where_the_comment_stands(
    comment: str, own_line: bool
) -> None:
    before = "" if own_line else "x = []  "
    line = f"{before}{comment}"
    left = _suppressed(f"{line}\ny = []\n", 1, 2)
    for flaw in left.policy:
        span = flaw.span
        assert (span.line, span.end_line) == (1, 1)
        assert len(before) <= span.column < span.end_column <= len(line)
        assert line[span.column] == "#"
        assert flaw.message
        assert flaw.remedy


@CALM
@given(COMMENTS)
@example("# c# statelint: ignore[HMS101]")
def test_what_names_no_code_of_a_finding_leaves_it(comment: str) -> None:
    left = _suppressed(f"x = []  {comment}\ny = []\n", 1, 2)
    silenced = {1, 2} - {each.span.line for each in left.kept}
    assert not silenced or "HMS1" in comment or "rule-hms101" in comment or "noqa" in comment


def test_a_comment_among_parameters_speaks_for_the_next_one_only() -> None:
    text = "def f(\n    # statelint: ignore[HMS101] -- why\n    a=[],\n    b=[],\n): ...\n"
    assert _lines_left(text, 3, 4) == [4]


def test_a_comment_among_elements_speaks_for_the_next_one_only() -> None:
    text = "x = [\n    # statelint: ignore[HMS101] -- why\n    [],\n    [],\n]\n"
    assert _lines_left(text, 1, 3, 4) == [1, 4]


def test_a_last_line_without_line_end_is_heeded() -> None:
    assert _lines_left("'''a\nb'''  # noqa: HMS101", 1, 2) == []
    assert _lines_left("x = []  # statelint: ignore[HMS101] -- why", 1) == []


def test_text_in_a_string_is_no_pragma() -> None:
    text = 'x = """\n# statelint: file-ignore[HMS101] -- why\n# statelint: oops\n"""\n'
    left = _suppressed(text, 1, 2)
    assert [each.span.line for each in left.kept] == [1, 2]
    assert not left.policy


def test_text_in_a_string_is_a_noqa_as_for_flake8_but_is_not_judged() -> None:
    assert _lines_left('x = """\n# noqa: HMS101\n"""\n', 1, 3) == []
    assert not _suppressed('x = """\n# noqa: HMS101, HMS999\n"""\n').policy


def test_a_blanket_noqa_neither_speaks_for_comments_nor_is_judged() -> None:
    left = _suppressed("x = []  # statelint: ignore[HMS201] -- why  # noqa\n", 1)
    assert [each.code for each in left.policy] == ["HMS001"]
    assert not left.kept


@pytest.mark.parametrize("silencer", ["# noqa: HMS001", "# statelint: ignore[HMS001] -- why"])
def test_a_comment_that_is_named_by_code_is_not_reported(silencer: str) -> None:
    assert not _suppressed(f"x = 1  # statelint: ignore[HMS201] -- why  {silencer}\n").policy


def _lines_left(text: str, *lines: int) -> list[int]:
    return [each.span.line for each in _suppressed(text, *lines).kept]


def _suppressed(text: str, *lines: int) -> Suppressed:
    findings = tuple(_finding(line) for line in lines)
    day = datetime.date(2026, 6, 1)
    return suppress(findings, {"a.py": comments_of(text)}, RULES, Config(), Path("/project"), day)


def _finding(line: int) -> Finding:
    return Finding(
        code="HMS101",
        name="rule-hms101",
        message="here",
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        path="a.py",
        span=Span(line, 0, line, 1),
        symbol=f"a.{line}",
    )
