"""The human format: what a person sees, to the character."""

import re
from collections.abc import Callable
from textwrap import dedent

import msgspec
import pytest

from pystatelint.model.finding import Severity, Step, StepKind
from pystatelint.model.report import Report
from pystatelint.model.span import Span
from pystatelint.report import RenderOptions, render
from pystatelint.report.glyphs import width

Reported = Callable[..., Report]

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def test_a_finding_shows_frame_trail_and_remedy(
    report: Report, read_lines: Callable[[str], tuple[str, ...]]
):
    options = RenderOptions(read_lines=read_lines)
    assert render(report, "full", options) == dedent(
        """\
        app/chat.py:2:5: error[HMS101] instance-mutated-class-container
          ChatService._cache is one dict for all instances; ChatService.send writes to it.

          1 | class ChatService:
          2 |     _cache: dict[str, str] = {}
            |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^
          3 |     limit = 10

          1. defined here (app/chat.py:2)
          2. written here, at run time, in ChatService.send (app/chat.py:6)
             | self._cache[user] = await self.client.complete(text)
          3. reached from the handler chat (app/routes.py:2)
             | return await service.send(body.user, body.text)

          help: bind it per instance: `self._cache = {}` in `__init__`

        app/chat.py:3:5: warning[HMS102] class-state-written-at-run-time
          ChatService.limit changes.

          2 |     _cache: dict[str, str] = {}
          3 |     limit = 10
            |     ^^^^^^^^^^

        Found 2 findings (1 error, 1 warning) in 41 files.
        """
    )


def test_a_narrow_terminal_wraps_prose_and_cuts_source(
    report: Report, read_lines: Callable[[str], tuple[str, ...]]
):
    options = RenderOptions(read_lines=read_lines, width=44)
    first = render(report, "full", options).split("\n\napp/chat.py:3")[0]
    assert first + "\n" == dedent(
        """\
        app/chat.py:2:5: error[HMS101] instance-mutated-class-container
          ChatService._cache is one dict for all
          instances; ChatService.send writes to it.

          1 | class ChatService:
          2 |     _cache: dict[str, str] = {}
            |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^
          3 |     limit = 10

          1. defined here (app/chat.py:2)
          2. written here, at run time, in
             ChatService.send (app/chat.py:6)
             | self._cache[user] = await self.cli...
          3. reached from the handler chat
             (app/routes.py:2)
             | ...service.send(body.user, body.text)

          help: bind it per instance: `self._cache =
                {}` in `__init__`
        """
    )


@pytest.mark.parametrize("columns", [44, 60, 100])
def test_no_row_but_the_header_is_wider_than_the_terminal(
    report: Report, read_lines: Callable[[str], tuple[str, ...]], columns: int
):
    shown = render(report, "full", RenderOptions(read_lines=read_lines, width=columns))
    rows = [row for row in shown.splitlines() if "[HMS" not in row and "Found" not in row]
    assert max(map(width, rows)) <= columns


def test_colour_adds_nothing_but_colour(
    report: Report, read_lines: Callable[[str], tuple[str, ...]]
):
    plain = render(report, "full", RenderOptions(read_lines=read_lines))
    coloured = render(report, "full", RenderOptions(read_lines=read_lines, color=True))
    assert "\x1b" not in plain
    assert ANSI.sub("", coloured) == plain
    assert "\x1b[1;31merror[HMS101]\x1b[0m" in coloured
    assert "\x1b[1;33mwarning[HMS102]\x1b[0m" in coloured
    assert "\x1b[1;31m" + "^" * 27 + "\x1b[0m" in coloured
    assert "await \x1b[1mservice.send(body.user, body.text)\x1b[0m" in coloured


def test_without_source_the_trail_still_tells_the_places(report: Report):
    shown = render(report, "full", RenderOptions())
    assert "|" not in shown
    assert "  2. written here, at run time, in ChatService.send (app/chat.py:6)\n" in shown


def frame_of(report: Report, line: str, span: Span, columns: int = 100) -> list[str]:
    """Return the rows of the frame of a one-line file."""
    finding = msgspec.structs.replace(report.findings[0], span=span, trail=(), remedy="")
    options = RenderOptions(read_lines=lambda _: (line,), width=columns)
    shown = render(Report(findings=(finding,), files=1), "full", options)
    return shown.split("\n\n")[1].split("\n")


@pytest.mark.parametrize(
    ("line", "columns", "rows"),
    [
        pytest.param("x = {}", (0, 6), ["x = {}", "^^^^^^"], id="plain"),
        pytest.param("\tx = {}", (1, 7), ["    x = {}", "    ^^^^^^"], id="tab at the start"),
        pytest.param("a\tx = {}", (2, 3), ["a   x = {}", "    ^"], id="tab goes to the next stop"),
        pytest.param("表, x = {}, 1", (3, 4), ["表, x = {}, 1", "    ^"], id="wide before"),
        pytest.param("名 = {}", (0, 1), ["名 = {}", "^^"], id="wide under the carets"),
        pytest.param("'🎉'; x = {}", (5, 6), ["'🎉'; x = {}", "      ^"], id="emoji is wide"),
        pytest.param("e\u0301 = x", (5, 6), ["e\u0301 = x", "    ^"], id="combining mark"),
        pytest.param("'א'; x", (5, 6), ["'א'; x", "     ^"], id="right-to-left letter"),
        pytest.param(
            "'\x1b[31m'; x", (9, 10), ["'␛[31m'; x", "         ^"], id="ANSI escape is a picture"
        ),
        pytest.param(
            "'\u202e'; x", (5, 6), ["'<U+202E>'; x", "            ^"], id="bidi override is named"
        ),
        pytest.param("\x0cx = 1", (1, 2), ["␌x = 1", " ^"], id="form feed"),
        pytest.param("x = 1\r", (0, 1), ["x = 1", "^"], id="carriage return at the end is dropped"),
        pytest.param("x", (0, 0), ["x", "^"], id="empty span gets one caret"),
        pytest.param("x", (9, 12), ["x", " ^"], id="span beyond the line"),
    ],
)
def test_carets_stand_under_the_span(
    report: Report, line: str, columns: tuple[int, int], rows: list[str]
):
    span = Span(1, columns[0], 1, columns[1])
    assert frame_of(report, line, span) == [f"  1 | {rows[0]}", f"    | {rows[1]}"]


@pytest.mark.parametrize(
    ("start", "rows"),
    [
        pytest.param(0, ["NAME = " + "x" * 26 + "...", "^^^^"], id="span at the start"),
        pytest.param(
            50,
            ["..." + "x" * 12 + "NAME" + "x" * 14 + "...", " " * 15 + "^^^^"],
            id="in the middle",
        ),
        pytest.param(96, ["..." + "x" * 29 + "NAME", " " * 32 + "^^^^"], id="at the end"),
    ],
)
def test_a_long_line_is_cut_round_the_span(report: Report, start: int, rows: list[str]):
    line = ("NAME = " if start == 0 else "").ljust(start, "x")
    line = (line if start == 0 else line + "NAME").ljust(100, "x")
    span = Span(1, start, 1, start + 4)
    assert frame_of(report, line, span, 42) == [f"  1 | {rows[0]}", f"    | {rows[1]}"]


def test_a_span_longer_than_the_terminal_is_cut(report: Report):
    rows = frame_of(report, "T = {" + "1, " * 80 + "}", Span(1, 4, 1, 246), 42)
    assert rows == [
        "  1 | " + ("T = {" + "1, " * 80)[:33] + "...",
        "    |     " + "^" * 29,
    ]


def test_a_cut_never_splits_a_wide_character(report: Report):
    rows = frame_of(report, "語" * 60, Span(1, 30, 1, 31), 41)
    assert all(width(row) <= 41 for row in rows)
    assert rows[0].count("語") == 14
    assert rows[1].endswith("^^")


def test_a_span_of_many_lines_shows_both_ends(reported: Reported):
    source = ("import os", "TABLE = {", "    1: [],", "    2: [],", "}  # end", "", "x = 1")
    report = reported(span=Span(2, 0, 5, 1), trail=(), remedy="")
    shown = render(report, "full", RenderOptions(read_lines=lambda _: source))
    assert shown.split("\n\n")[1].split("\n") == [
        "  1 | import os",
        "  2 | TABLE = {",
        "    | ^^^^^^^^^",
        "  ...",
        "  5 | }  # end",
        "    | ^",
    ]


def test_the_gutter_is_as_wide_as_its_largest_number(reported: Reported):
    source = tuple(f"x{line} = {{}}" for line in range(1, 201))
    report = reported(span=Span(99, 0, 99, 3), trail=(), remedy="")
    shown = render(report, "full", RenderOptions(read_lines=lambda _: source))
    assert shown.split("\n\n")[1].split("\n") == [
        "   98 | x98 = {}",
        "   99 | x99 = {}",
        "      | ^^^",
        "  100 | x100 = {}",
    ]


def test_texts_cannot_steer_the_terminal(reported: Reported):
    evil = "\x1b[2J\x07 \u202etxt\u2066 \ud800\x9b1m\r"
    step = Step(StepKind.WRITE, evil, Span(1, 0, 1, 1), evil)
    report = reported(path=evil, message=evil, remedy=evil, trail=(step,))
    shown = render(report, "full", RenderOptions(read_lines=lambda _: (evil,)))
    assert not set(evil) - set("[2J txt1m") & set(shown)
    assert shown.count("␛[2J␇ <U+202E>txt<U+2066> <U+D800><U+009B>1m") == len(
        ("header", "message", "frame", "step", "place of the step", "help")
    )


def test_a_source_line_is_not_told_twice(reported: Reported):
    place = ("app/chat.py", Span(2, 0, 2, 5))
    steps = tuple(Step(StepKind.WRITE, *place, text) for text in ("one", "two"))
    other = Step(StepKind.REACH, "app/chat.py", Span(1, 0, 1, 1), "three")
    report = reported(span=Span(2, 0, 2, 5), trail=(*steps, other, steps[0]))
    shown = render(report, "full", RenderOptions(read_lines=lambda _: ("first", "again")))
    assert shown.split("\n\n")[2].split("\n") == [
        "  1. one (app/chat.py:2)",
        "  2. two (app/chat.py:2)",
        "  3. three (app/chat.py:1)",
        "     | first",
        "  4. one (app/chat.py:2)",
        "     | again",
    ]


def test_a_fix_step_is_the_help_when_there_is_no_remedy(reported: Reported):
    step = Step(StepKind.FIX, "app/chat.py", Span(2, 0, 2, 5), "use a copy")
    shown = render(reported(trail=(step,), remedy=""), "full", RenderOptions())
    assert "\n\n  help: use a copy\n\n" in shown
    assert "1." not in shown


def test_failures_come_before_the_summary(broken: Report):
    assert render(broken, "full", RenderOptions()).split("\n\n")[1:] == [
        (
            "app/x.py: rule failure: HMS105 failed: KeyError('x'); report it\n"
            "internal failure: no memory; use fewer jobs"
        ),
        (
            "Found 1 finding (1 warning) in 1 file.\n"
            "The run is incomplete: see the 2 failures above.\n"
        ),
    ]


@pytest.mark.parametrize(
    ("severities", "files", "sentence"),
    [
        pytest.param("", 41, "No hidden mutable state found in 41 files.", id="clean"),
        pytest.param("", 1, "No hidden mutable state found in 1 file.", id="one clean file"),
        pytest.param("", 0, "No Python files found: nothing is analysed.", id="nothing to read"),
        pytest.param("e", 1, "Found 1 finding (1 error) in 1 file.", id="one of everything"),
        pytest.param(
            "wewi",
            41,
            "Found 4 findings (1 error, 2 warnings, 1 info) in 41 files.",
            id="the worst first",
        ),
        pytest.param("ii", 2, "Found 2 findings (2 info) in 2 files.", id="info has no plural"),
    ],
)
def test_the_summary_counts(reported: Reported, severities: str, files: int, sentence: str):
    by_letter = {severity.value[0]: severity for severity in Severity}
    findings = tuple(reported(severity=by_letter[letter]).findings[0] for letter in severities)
    shown = render(Report(findings=findings, files=files), "full", RenderOptions())
    assert shown.endswith(f"{sentence}\n")
