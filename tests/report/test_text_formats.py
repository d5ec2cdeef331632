"""Concise lines, workflow commands, statistics: formats of one line per thing."""

from collections.abc import Callable

import pytest

from pystatelint.model.finding import Severity
from pystatelint.model.report import Report
from pystatelint.model.span import Span
from pystatelint.report import RenderOptions, render, statistics

Reported = Callable[..., Report]

OPTIONS = RenderOptions()


def test_concise_is_one_line_per_finding(report: Report):
    assert render(report, "concise", OPTIONS) == (
        "app/chat.py:2:5: HMS101 error ChatService._cache is one dict for all instances; "
        "ChatService.send writes to it.\n"
        "app/chat.py:3:5: HMS102 warning ChatService.limit changes.\n"
    )


def test_concise_tells_failures(broken: Report):
    assert render(broken, "concise", OPTIONS).splitlines()[1:] == [
        "app/x.py: rule failure: HMS105 failed: KeyError('x'); report it",
        "internal failure: no memory; use fewer jobs",
    ]


def test_concise_keeps_one_line_whatever_the_text(reported: Reported):
    shown = render(reported(path="a\nb.py", message="x\r\n\u2028y\x1b[0m"), "concise", OPTIONS)
    assert shown == "a␊b.py:2:5: HMS101 error x␍␊<U+2028>y␛[0m\n"


def test_github_commands(report: Report):
    assert render(report, "github", OPTIONS) == (
        "::error title=statelint (HMS101 instance-mutated-class-container),file=app/chat.py,"
        "line=2,col=5,endLine=2,endColumn=32::ChatService._cache is one dict for all instances; "
        "ChatService.send writes to it.%0Abind it per instance: `self._cache = {}` in `__init__`\n"
        "::warning title=statelint (HMS102 class-state-written-at-run-time),file=app/chat.py,"
        "line=3,col=5,endLine=3,endColumn=15::ChatService.limit changes.\n"
    )


def test_github_failures_are_errors(broken: Report):
    assert render(broken, "github", OPTIONS).splitlines()[1:] == [
        (
            "::error title=statelint (rule failure),file=app/x.py::"
            "HMS105 failed: KeyError('x'); report it"
        ),
        "::error title=statelint (internal failure)::no memory; use fewer jobs",
    ]


def test_github_has_a_notice_for_info(reported: Reported):
    shown = render(reported(severity=Severity.INFO), "github", OPTIONS)
    assert shown.startswith("::notice title=")


def test_github_takes_no_columns_over_several_lines(reported: Reported):
    shown = render(reported(span=Span(2, 4, 9, 1)), "github", OPTIONS)
    assert ",file=app/chat.py,line=2,endLine=9::" in shown


@pytest.mark.parametrize(
    ("text", "as_message", "as_property"),
    [
        pytest.param("100%", "100%25", "100%25", id="percent"),
        pytest.param("%0A", "%250A", "%250A", id="what looks escaped is escaped again"),
        pytest.param("a\nb", "a%0Ab", "a%0Ab", id="newline"),
        pytest.param("a\r\nb\rc", "a%0Ab%0Ac", "a%0Ab%0Ac", id="carriage returns are newlines"),
        pytest.param("a::b", "a::b", "a%3A%3Ab", id="end of properties"),
        pytest.param("a,line=1", "a,line=1", "a%2Cline=1", id="next property"),
        pytest.param("\n::stop-commands::x", "%0A::stop-commands::x", None, id="no new command"),
        pytest.param("'\"`", "'\"`", "'\"`", id="quotes stay"),
        pytest.param("表🎉é", "表🎉é", "表🎉é", id="unicode stays"),
        pytest.param("\x1b[0m\u202e", "␛[0m<U+202E>", "␛[0m<U+202E>", id="controls are shown"),
    ],
)
def test_github_escapes(reported: Reported, text: str, as_message: str, as_property: str | None):
    shown = render(reported(message=text, path=text, remedy=""), "github", OPTIONS)
    assert shown.endswith(f"::{as_message}\n")
    assert shown.count("\n") == 1
    if as_property:
        assert f",file={as_property},line=2," in shown


def test_statistics_count_per_code(report: Report, reported: Reported):
    last = reported(code="HMS103", name="class-write-from-instance").findings
    many = Report(findings=report.findings[:1] + last + report.findings[1:] * 10, files=3)
    assert statistics(many) == (
        "10  HMS102  class-state-written-at-run-time\n"
        " 1  HMS101  instance-mutated-class-container\n"
        " 1  HMS103  class-write-from-instance\n"
    )


def test_statistics_of_nothing_are_empty(clean: Report):
    assert statistics(clean) == ""
