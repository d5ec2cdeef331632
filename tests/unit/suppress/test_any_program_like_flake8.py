"""However strings, backslashes and noqa are mixed, flake8 and we silence the same lines."""

import argparse
import ast
import datetime
import warnings
from io import StringIO
from pathlib import Path

from flake8.processor import FileProcessor
from flake8.violation import Violation
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from pystatelint.config.schema import Config
from pystatelint.model.finding import Confidence, Finding, Severity
from pystatelint.model.rule import Rule
from pystatelint.model.span import Span
from pystatelint.source.comments import comments_of
from pystatelint.suppress.apply import suppress

CODES = ("HMS101", "HMS201")
RULES = tuple(Rule(code=code, name=f"rule-{code}", severity=Severity.ERROR) for code in CODES)

# A loaded machine is no reason to fail.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

CODE = (
    "x = 1",
    "; y = 2",
    "z = (1,",
    "2)",
    "'# noqa'",
    " \\\n",
    "\t",
    "\x0c",
    "'''",
    "f'''{",
    "}'''",
)
COMMENTS = (
    "# noqa",
    "# noqa: HMS101",
    "# NoQA:HMS1",
    "# noqa: E501,HMS201 HMS101",
    "# noqa:  HMS101",
    "# noqa : HMS101",
    "# noqa: hms101",
    "#noqa: HMS101",
    "# noqa: HMS101xx",
    "# noqa: HMS1011",
    "# noqa: HMS101HMS201",
    "# noqa: HMS101,,, HMS2",
    "# noqa: HMS, HMS101",
    "# noqa;HMS101",
    "# noqa: some words",
    "# c",
    "# flake8: noqa",
    "# flake8: noqa: HMS101",
    "# flake8=noqa",
)
PIECES = (*CODE, *(f"  {comment}" for comment in COMMENTS), *COMMENTS, *["\n"] * 8)
PROGRAMS = st.lists(st.sampled_from(PIECES), min_size=2, max_size=14).map("".join)

OPTIONS = argparse.Namespace(
    disable_noqa=False,
    hang_closing=False,
    indent_size=4,
    max_doc_length=None,
    max_line_length=79,
    verbose=0,
)


@CALM
@given(PROGRAMS.map("{}\n".format))
@example("x = '''a # noqa: HMS101\nHMS201'''\n")
@example("x = '''a # noqa: E501\n'''  # noqa: HMS101\n")
@example("x = 1 + \\\n    2  # noqa: HMS101\ny = 1\n")
@example("x = 1  # noqa: HMS101\x0c HMS201\n")
def test_silences_the_same_lines_as_flake8(text: str) -> None:
    assume(_is_valid(text))
    assert _silenced_by_us(text) == _silenced_by_flake8(text)


def _is_valid(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except SyntaxError:
            return False
    return True


def _silenced_by_us(text: str) -> set[tuple[int, str]]:
    every = tuple(_finding(line, code) for line in _lines(text) for code in CODES)
    day = datetime.date(2026, 1, 1)
    left = suppress(every, {"a.py": comments_of(text)}, RULES, Config(), Path("/project"), day)
    return _places(every) - _places(left.kept)


def _silenced_by_flake8(text: str) -> set[tuple[int, str]]:
    file = FileProcessor("a.py", OPTIONS, StringIO(text).readlines())
    if file.should_ignore_file():
        return {(line, code) for line in _lines(text) for code in CODES}
    return {
        (line, code)
        for line in _lines(text)
        for code in CODES
        if Violation(
            code, "a.py", line, 1, "", file.noqa_line_for(line) or file.lines[line - 1]
        ).is_inline_ignored(disable_noqa=False)
    }


def _lines(text: str) -> range:
    return range(1, len(StringIO(text).readlines()) + 1)


def _places(findings: tuple[Finding, ...]) -> set[tuple[int, str]]:
    return {(finding.span.line, finding.code) for finding in findings}


def _finding(line: int, code: str) -> Finding:
    return Finding(
        code=code,
        name=f"rule-{code}",
        message="here",
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        path="a.py",
        span=Span(line, 0, line, 1),
        symbol="",
    )
