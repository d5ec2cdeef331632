"""A comment takes away exactly the findings that it names, where it stands."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from pystatelint.config.schema import Config
from pystatelint.rules import ALL_RULES
from pystatelint.source.comments import comments_of
from pystatelint.suppress.apply import Suppressed, silencer_of, suppress

Apply = Callable[..., Suppressed]

ALL = ((1, "HMS101"), (1, "HMS201"), (2, "HMS101"), (3, "HMS101"))


def _left(result: Suppressed) -> list[tuple[int, str]]:
    return [(finding.span.line, finding.code) for finding in result.kept]


LINES = [
    pytest.param(
        "a\nb\nc\n",
        [(1, "HMS101"), (1, "HMS201"), (2, "HMS101"), (3, "HMS101")],
        id="no comment, no change",
    ),
    pytest.param(
        "a  # statelint: ignore[HMS101] -- x\nb\nc\n",
        [(1, "HMS201"), (2, "HMS101"), (3, "HMS101")],
        id="that code on that line",
    ),
    pytest.param(
        "a  # statelint: ignore[HMS101, HMS201] -- x\nb\nc\n",
        [(2, "HMS101"), (3, "HMS101")],
        id="several codes",
    ),
    pytest.param(
        "a  # statelint: ignore[HMS1 HMS2]\nb\nc\n",
        [(2, "HMS101"), (3, "HMS101")],
        id="beginnings of codes, spaces between",
    ),
    pytest.param(
        "a  # statelint: ignore[instance-mutated-class-container]\nb\nc\n",
        [(1, "HMS201"), (2, "HMS101"), (3, "HMS101")],
        id="the name of a rule",
    ),
    pytest.param(
        "a\n# statelint: ignore[HMS101] -- x\nc\n",
        [(1, "HMS101"), (1, "HMS201"), (2, "HMS101")],
        id="on its own line, the next statement",
    ),
    pytest.param(
        "a\nb\n# statelint: file-ignore[HMS101] -- x\n", [(1, "HMS201")], id="the whole file"
    ),
    pytest.param(
        "# statelint: disable[HMS101]\nb\n# statelint: enable[HMS101]\n",
        [(1, "HMS201"), (3, "HMS101")],
        id="a region from its beginning to its end",
    ),
    pytest.param(
        "a\n# statelint: disable[HMS101]\nc\n",
        [(1, "HMS101"), (1, "HMS201")],
        id="a region to the end of the file",
    ),
    pytest.param(
        "# statelint: disable[HMS101, HMS201]\nb\n# statelint: enable[HMS201]\n",
        [],
        id="an end for one of two codes",
    ),
    pytest.param(
        "a  # statelint: ignore[HMS999]\nb  # statelint: ignore\nc  # statelint: ignore[]\n",
        [(1, "HMS101"), (1, "HMS201"), (2, "HMS101"), (3, "HMS101")],
        id="what names no rule silences nothing",
    ),
    pytest.param(
        "a  # statelint: ignore[HMS]\nb  # statelint: ignore[ALL]\nc  # statelint: ignore[H]\n",
        [(1, "HMS101"), (1, "HMS201"), (2, "HMS101"), (3, "HMS101")],
        id="nothing silences everything",
    ),
    pytest.param(
        "a  # noqa: E501  # statelint: ignore[HMS101] -- x\nb\nc\n",
        [(1, "HMS201"), (2, "HMS101"), (3, "HMS101")],
        id="behind another tool's comment",
    ),
    pytest.param(
        "a  # statelint: ignore[HMS101] -- x  # statelint: ignore[HMS201] -- y\nb\nc\n",
        [(2, "HMS101"), (3, "HMS101")],
        id="two in one comment",
    ),
    pytest.param("# flake8: noqa\nb\nc\n", [], id="flake8's word for a file that is left alone"),
    pytest.param(
        "a  # write `# statelint: ignore[HMS101]` to silence it\nb\nc\n",
        [(1, "HMS101"), (1, "HMS201"), (2, "HMS101"), (3, "HMS101")],
        id="talk about comments",
    ),
]


@pytest.mark.parametrize(("text", "left"), LINES)
def test_takes_away_what_is_named(applied: Apply, text: str, left: list[tuple[int, str]]) -> None:
    assert _left(applied(text, *ALL)) == left


REACH = [
    pytest.param('x = """\n\n"""  # statelint: ignore[HMS101]\n', 1, id="lines of a string"),
    pytest.param("x = 1 + \\\n  2  # statelint: ignore[HMS101]\n", 1, id="lines with a backslash"),
    pytest.param("# statelint: ignore[HMS101]\n@d\nclass A(\n  B,\n):\n  x = []\n", 3, id="header"),
    pytest.param(
        "# statelint: ignore[HMS101]\nx = [\n  [],\n]\n", 3, id="inside the next statement"
    ),
]


@pytest.mark.parametrize(("text", "line"), REACH)
def test_reaches(applied: Apply, text: str, line: int) -> None:
    assert not applied(text, (line, "HMS101")).kept


OUT_OF_REACH = [
    pytest.param("x = [\n  1,\n]  # statelint: ignore[HMS101]\n", 1, id="end of a bracket"),
    pytest.param("# statelint: ignore[HMS101]\ndef f():\n  x = []\n", 3, id="body of a function"),
    pytest.param("# statelint: ignore[HMS101]\nx = 1\ny = 2\n", 3, id="second statement"),
    pytest.param("x = 1\n# statelint: ignore[HMS101]\n", 1, id="statement before"),
    pytest.param("# noqa: HMS101\nx = 1\n", 2, id="noqa on its own line"),
]


@pytest.mark.parametrize(("text", "line"), OUT_OF_REACH)
def test_does_not_reach(applied: Apply, text: str, line: int) -> None:
    assert _left(applied(text, (line, "HMS101"))) == [(line, "HMS101")]


DAYS = [
    pytest.param("ignore[HMS101] until=2026-06-16 -- x", [], id="tomorrow"),
    pytest.param("ignore[HMS101] until=2026-06-15 -- x", [], id="the day itself"),
    pytest.param("ignore[HMS101] until=2026-06-14 -- x", [(1, "HMS101")], id="yesterday"),
    pytest.param("ignore[HMS101, until=2020-01-01]", [(1, "HMS101")], id="inside of brackets"),
    pytest.param("ignore[HMS101] -- until=2020-01-01 it was so", [], id="in a reason it is prose"),
]


@pytest.mark.parametrize(("pragma", "left"), DAYS)
def test_dates(applied: Apply, pragma: str, left: list[tuple[int, str]]) -> None:
    assert _left(applied(f"a  # statelint: {pragma}\n", (1, "HMS101"))) == left


def test_only_the_file_with_the_comment_is_concerned(applied: Apply) -> None:
    findings = applied("", (1, "HMS101"), path="a.py").kept
    comments = {"b.py": comments_of("a  # statelint: ignore[HMS101]\n")}
    today = datetime.date(2026, 6, 15)
    result = suppress(findings, comments, ALL_RULES, Config(), Path("/project"), today)
    assert result.kept == findings


def test_order_is_kept(applied: Apply) -> None:
    places = [(3, "HMS201"), (1, "HMS201"), (2, "HMS101"), (2, "HMS201")]
    left = _left(applied("a\nb  # statelint: ignore[HMS101]\nc\n", *places))
    assert left == [(3, "HMS201"), (1, "HMS201"), (2, "HMS201")]


SILENCERS = [
    pytest.param("a\n", [], id="nobody silences it"),
    pytest.param("a  # statelint: ignore[HMS2]\n", [], id="only another code is silenced"),
    pytest.param("a  # statelint: ignore[HMS101] until=2020-01-01\n", [], id="an end that is over"),
    pytest.param("a  # noqa: HMS101\n", [(1, 3)], id="noqa"),
    pytest.param("a  # noqa\n", [(1, 3)], id="noqa for everything"),
    pytest.param(
        "a  # noqa: HMS2 # statelint: ignore[HMS1] -- x\n", [(1, 16)], id="the one of two"
    ),
    pytest.param("# statelint: ignore[HMS101] -- x\na\n", [], id="it speaks of the next line"),
    pytest.param("a\n# statelint: file-ignore[HMS101] -- x\n", [(2, 0)], id="the file"),
    pytest.param("a\n# flake8: noqa\n", [(2, 0)], id="the file, for flake8"),
    pytest.param(
        "# statelint: file-ignore[HMS101] until=2020-01-01\n"
        "# statelint: file-ignore[HMS101] -- x\n",
        [(2, 0)],
        id="the one that is not over",
    ),
]


@pytest.mark.parametrize(("text", "places"), SILENCERS)
def test_says_which_comment_silences(
    applied: Apply, text: str, places: list[tuple[int, int]]
) -> None:
    (finding,) = applied("", (1, "HMS101")).kept
    span = silencer_of(
        finding,
        comments_of(text),
        ALL_RULES,
        Config(),
        Path("/project"),
        datetime.date(2026, 6, 15),
    )
    assert [(each.line, each.column) for each in (span,) if each] == places
    assert (applied(text, (1, "HMS101")).kept == ()) == (span is not None)
