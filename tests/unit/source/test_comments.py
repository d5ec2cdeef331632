"""Which comments speak to us, and for which lines."""

from textwrap import dedent

import pytest

from pystatelint.source.comments import Comment, Comments, comments_of, speaks_to_us


def _pragma(text: str) -> Comment:
    (comment,) = comments_of(dedent(text)).pragmas
    return comment


SILENT = [
    pytest.param("a = 1\n", id="no comment"),
    pytest.param("a = 1  # type: ignore\n", id="another tool's comment"),
    pytest.param("a = 'noqa'\n", id="the word alone"),
    pytest.param("import statelint\n", id="our name alone"),
    pytest.param("# see statelint for more\n", id="prose"),
    pytest.param('"""\n# statelint: ignore[HMS101]\n"""\n', id="pragma in a string"),
    pytest.param("", id="empty file"),
]


@pytest.mark.parametrize("text", SILENT)
def test_nothing_to_heed(text: str) -> None:
    assert comments_of(text) == Comments()


LINES = [
    pytest.param("a = 1  # statelint: x\n", (1, 1), id="one line"),
    pytest.param("a = [\n    1,  # statelint: x\n]\n", (2, 2), id="inside of brackets, its line"),
    pytest.param("a = [\n    1,\n]  # statelint: x\n", (3, 3), id="behind a bracket, its line"),
    pytest.param('a = """\n\n"""  # statelint: x\n', (1, 3), id="all lines of a string"),
    pytest.param("a = 1 + \\\n    2  # statelint: x\n", (1, 2), id="all lines joined by backslash"),
    pytest.param("a = 1  # statelint: x", (1, 1), id="no line end"),
    pytest.param("def f(\n    a=[],  # statelint: x\n): ...\n", (2, 2), id="a parameter"),
]


@pytest.mark.parametrize(("text", "lines"), LINES)
def test_lines_of_a_comment_behind_code(text: str, lines: tuple[int, int]) -> None:
    comment = _pragma(text)
    assert not comment.own_line
    assert (comment.first_line, comment.last_line) == lines


NEXT = [
    pytest.param("# statelint: x\na = 1\n", (2, 2), id="one line"),
    pytest.param("# statelint: x\n\n# why\n\na = 1\nb = 2\n", (5, 5), id="blank lines between"),
    pytest.param("# statelint: x\na = [\n    1,\n]\nb = 2\n", (2, 4), id="a whole statement"),
    pytest.param("# statelint: x\ndef f():\n    a = 1\n", (2, 2), id="header only"),
    pytest.param(
        "# statelint: x\nclass A(\n    B,\n):\n    a = 1\n", (2, 4), id="header of several lines"
    ),
    pytest.param(
        "# statelint: x\n@one\n@two(\n    3,\n)\n\ndef f():\n    a = 1\n",
        (2, 7),
        id="decorators belong to the definition",
    ),
    pytest.param("@one\n# statelint: x\ndef f(): ...\n", (3, 3), id="below a decorator"),
    pytest.param("a = [\n    # statelint: x\n    1,\n    2,\n]\nb = 1\n", (3, 3), id="an element"),
    pytest.param(
        "a = [\n    # statelint: x\n    f(\n        1,\n        2,\n    ),\n    2,\n]\n",
        (3, 6),
        id="an element of several lines",
    ),
    pytest.param("a = [\n    1,\n    # statelint: x\n    2\n]\nb = 1\n", (4, 4), id="the last one"),
    pytest.param("a = f(\n    1,\n    # statelint: x\n)\n", (4, 3), id="end of a bracket"),
    pytest.param("if a:\n    # statelint: x\n    b = 1\n    c = 2\n", (3, 3), id="indented"),
    pytest.param("if a:\n    b = 1\n# statelint: x\nelse:\n    c = 2\n", (4, 4), id="a branch"),
    pytest.param("# statelint: x\na = 1; b = 2\n", (2, 2), id="two statements on a line"),
    pytest.param("def f():\n    a = 1\n    # statelint: x\nb = 1\n", (4, 4), id="end of a block"),
    pytest.param("# statelint: x\nasync def f(): ...\n", (2, 2), id="a coroutine"),
]


@pytest.mark.parametrize(("text", "lines"), NEXT)
def test_statement_below_a_comment_of_its_own(text: str, lines: tuple[int, int]) -> None:
    comment = _pragma(text)
    assert comment.own_line
    assert (comment.next_first, comment.next_last) == lines


@pytest.mark.parametrize(
    "text", ["# statelint: x\n", "a = 1\n# statelint: x", "a\n# statelint: x\n\n"]
)
def test_nothing_follows(text: str) -> None:
    comment = _pragma(text)
    assert comment.next_last < comment.next_first


def test_columns_count_letters() -> None:
    comment = _pragma("a = 'äöü'  # statelint: x\n")
    assert (comment.line, comment.column, comment.text) == (1, 11, "# statelint: x")


@pytest.mark.parametrize(
    "text", ["# STATELINT: x\n", "#statelint: x\n", "# noqa # statelint : x\n"]
)
def test_spellings(text: str) -> None:
    assert _pragma(text).text == text.rstrip()


BROKEN = [
    pytest.param("a = 1  # statelint: x\nb = (\n", id="open bracket"),
    pytest.param("a = 1  # statelint: x\nb = '''\n", id="open string"),
    pytest.param("a = 1  # statelint: x\nif b:\n    c\n  d\n", id="bad indentation"),
]


@pytest.mark.parametrize("text", BROKEN)
def test_what_comes_before_an_error_counts(text: str) -> None:
    comment = _pragma(text)
    assert (comment.line, comment.first_line, comment.last_line) == (1, 1, 1)


CUT = [
    pytest.param("a = '''\n# statelint: x\n", 2, id="in a string without end"),
    pytest.param("if b:\n    c\n  d\n  # statelint: x\n", 4, id="below bad indentation"),
    pytest.param("# statelint: x\nb = (\n", 1, id="above"),
]


@pytest.mark.parametrize(("text", "line"), CUT)
def test_a_file_that_cannot_be_cut_up_speaks_for_itself(text: str, line: int) -> None:
    comment = _pragma(text)
    assert (comment.line, comment.text, comment.own_line) == (line, "# statelint: x", True)


def test_behind_code_that_cannot_be_cut_up_nothing_counts() -> None:
    assert not comments_of('a = """\nb = 1  # statelint: x\n').pragmas


def test_groups_with_noqa_hold_their_text_and_their_comment() -> None:
    (group,) = comments_of('a = """\nä\n"""  # NoQA: x\nb = 1\n').noqa_groups
    assert (group.first_line, group.last_line) == (1, 3)
    assert group.text[group.comment :] == "# NoQA: x\n"


def test_noqa_in_a_string_is_not_in_the_comment() -> None:
    (group,) = comments_of("a = '# noqa'\n").noqa_groups
    assert group.text[group.comment :] == "\n"


WHOLE = [
    pytest.param("# flake8: noqa\n", 1, id="a line of its own"),
    pytest.param("a = 1\n  # flake8: noqa\n", 2, id="indented"),
    pytest.param("a = 1  # flake8: noqa\n", 0, id="behind code it means nothing"),
    pytest.param("# flake8: x\n# noqa\n", 0, id="two lines"),
]


@pytest.mark.parametrize(("text", "line"), WHOLE)
def test_line_that_silences_the_file(text: str, line: int) -> None:
    assert comments_of(text).whole_file == line


NEEDED = [
    pytest.param("a = 1  # noqa: HMS101\n", True, id="one of our codes"),
    pytest.param("a = 1  # noqa : hms101\n", True, id="one of our codes, mistyped"),
    pytest.param("# statelint: ignore[HMS101]\n", True, id="a pragma"),
    pytest.param("a = 1  # noqa: E501\n", False, id="another tool's code"),
    pytest.param("a = 1  # noqa\n", False, id="a blanket"),
    pytest.param("a = 'HMS'\n", False, id="a ship"),
]


@pytest.mark.parametrize(("text", "needed"), NEEDED)
def test_whether_a_file_without_findings_must_be_cut_up(text: str, needed: bool) -> None:
    assert speaks_to_us(text) is needed


def test_many_comments_take_no_square_of_time() -> None:
    text = "# statelint: x\n" * 20_000 + "a = 1\n"
    comments = comments_of(text).pragmas
    assert {comment.next_first for comment in comments} == {20_001}
