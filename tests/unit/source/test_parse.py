"""Everything that is valid parses; everything else gets one line of reason."""

import ast
import sys
import warnings

import pytest

from pystatelint.errors import SourceError
from pystatelint.source.parse import deep_recursion, parse

INVALID = [
    pytest.param("a = 1\ndef f(:\n", 2, 6, "invalid syntax", id="place of the first error"),
    pytest.param("if a:\nb\n", 2, 0, "expected an indented block", id="indentation"),
    pytest.param("a = (1,\n", 1, 4, "'(' was never closed", id="open bracket"),
    pytest.param("ü = 'ä' $\n", 1, 8, "invalid syntax", id="columns count letters, not bytes"),
    pytest.param("(" * 1000 + ")" * 1000, 1, 200, "too many nested", id="more than Python takes"),
    pytest.param("not " * 60_000 + "a", 1, 0, "nested too deeply", id="overflow of the parser"),
    pytest.param("print 'x'\n", 1, 0, "Missing parentheses", id="Python 2"),
]


@pytest.mark.parametrize(("text", "line", "column", "reason"), INVALID)
def test_says_what_is_wrong_and_where(text: str, line: int, column: int, reason: str) -> None:
    with deep_recursion(), pytest.raises(SourceError) as caught:
        parse(text)
    error = caught.value
    assert reason in error.reason
    assert "\n" not in error.reason
    assert (error.line, error.column) == (line, column)


def test_names_the_version_that_judges() -> None:
    with pytest.raises(SourceError, match=rf"Python 3\.{sys.version_info.minor}: "):
        parse("def")


def test_null_bytes_have_a_reason() -> None:
    with pytest.raises(SourceError):
        parse("a = '\0'")


def test_surrogates_have_a_reason() -> None:
    with pytest.raises(SourceError):
        parse("a = '\ud800'")


DEEP = [
    pytest.param("a" + ".b" * 1_000, id="attributes"),
    pytest.param("1" + " + 1" * 1_000, id="operators"),
    pytest.param("a" + "()" * 1_000, id="calls"),
    pytest.param("if a:\n    pass\n" + "elif a:\n    pass\n" * 1_000, id="branches"),
    pytest.param("-" * 1_000 + "1", id="signs"),
]


@pytest.mark.parametrize("text", DEEP)
def test_a_thousand_levels_parse(text: str) -> None:
    with deep_recursion():
        assert len(list(ast.walk(parse(text)))) > 1_000


@pytest.mark.parametrize("text", ["a" + ".b" * 200_000, "1" + "+1" * 200_000])
def test_no_depth_brings_the_process_down(text: str) -> None:
    with deep_recursion(), pytest.raises(SourceError, match="nested too deeply"):
        parse(text)


def test_fifty_thousand_lines_parse() -> None:
    assert len(parse("a = 1\n" * 50_000).body) == 50_000


def test_recursion_limit_is_raised_and_restored() -> None:
    before = sys.getrecursionlimit()
    with deep_recursion():
        assert sys.getrecursionlimit() >= 20_000
    assert sys.getrecursionlimit() == before


def test_recursion_limit_is_restored_after_an_error() -> None:
    before = sys.getrecursionlimit()
    with pytest.raises(KeyError), deep_recursion():
        raise KeyError
    assert sys.getrecursionlimit() == before


def test_recursion_limit_is_never_lowered() -> None:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(30_000)
    try:
        with deep_recursion():
            assert sys.getrecursionlimit() == 30_000
    finally:
        sys.setrecursionlimit(before)


@pytest.mark.parametrize("text", ["a = '\\d'\n", "a = 1 is 1\n", "assert (a, 'b')\n", "0in[]\n"])
def test_the_parser_warns_of_nothing(text: str) -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        parse(text)
    assert not seen
