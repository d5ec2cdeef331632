"""Text must be what Python's own parser makes of the bytes."""

import ast
import codecs

import pytest

from pystatelint.errors import SourceError
from pystatelint.source.decode import decoded, legible

READABLE = [
    pytest.param(b"", "", id="empty file"),
    pytest.param("a = 'ü'\n".encode(), "a = 'ü'\n", id="UTF-8 without a word"),
    pytest.param(codecs.BOM_UTF8 + b"a = 1\n", "a = 1\n", id="the mark is no part of the text"),
    pytest.param(
        codecs.BOM_UTF8 + b"# coding: utf-8\n", "# coding: utf-8\n", id="mark and cookie agree"
    ),
    pytest.param(
        b"# -*- coding: latin-1 -*-\na = '\xfc'\n",
        "# -*- coding: latin-1 -*-\na = 'ü'\n",
        id="cookie in the first line",
    ),
    pytest.param(
        b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\na = '\x80'\n",
        "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\na = '€'\n",
        id="cookie in the second line",
    ),
    pytest.param(
        "a = 1\nb = 2\n# coding: latin-1\nc = 'ü'\n".encode(),
        "a = 1\nb = 2\n# coding: latin-1\nc = 'ü'\n",
        id="a cookie in the third line is none",
    ),
    pytest.param(
        "# coding: cp932\na = 'ソ'\n".encode("cp932"),
        "# coding: cp932\na = 'ソ'\n",
        id="an encoding in which a letter holds a backslash",
    ),
    pytest.param(
        b"# coding: latin-1 \xfc\n", "# coding: latin-1 ü\n", id="the cookie's own line is decoded"
    ),
    pytest.param(b"# coding: utf-8-unix\n", "# coding: utf-8-unix\n", id="line ends in cookie"),
    pytest.param(b"# coding: latin_1-dos\n#\xfc", "# coding: latin_1-dos\n#ü", id="same for latin"),
    pytest.param(
        b"\n# coding: latin-1\n#\xfc", "\n# coding: latin-1\n#ü", id="cookie after an empty line"
    ),
    pytest.param(
        b"a = 1\n# coding: nonsense\n", "a = 1\n# coding: nonsense\n", id="none after code"
    ),
    pytest.param(b"a = '# coding: nonsense'\n", "a = '# coding: nonsense'\n", id="nor in a string"),
    pytest.param(
        b"# coding: latin-1\r#\xfc\r", "# coding: latin-1\n#ü\n", id="cookie before CR alone"
    ),
    pytest.param(b"a = 1\r\nb = 2\r\n", "a = 1\nb = 2\n", id="CRLF"),
    pytest.param(b"a = 1\rb = 2\r", "a = 1\nb = 2\n", id="CR"),
    pytest.param(b"a = 1\r\r\nb = 2\n", "a = 1\n\nb = 2\n", id="CR before CRLF is a line"),
    pytest.param(b"a = 1\x0cb\n", "a = 1\x0cb\n", id="a form feed ends no line"),
    pytest.param("a = '\u2028'\n".encode(), "a = '\u2028'\n", id="nor does a Unicode one"),
]

UNREADABLE = [
    pytest.param(b"a = 1\nb = '\xff'\n", 2, 5, "byte 0xff is not valid utf-8", id="not UTF-8"),
    pytest.param(
        b"x = 1\r\ny = 2\rz = '\xff'\n", 3, 5, "byte 0xff", id="lines counted as Python does"
    ),
    pytest.param(
        "a = 'üü".encode() + b"\xff'\n", 1, 7, "byte 0xff", id="columns count letters, not bytes"
    ),
    pytest.param(codecs.BOM_UTF8 + b"a\xff\n", 1, 1, "byte 0xff", id="the mark takes up no column"),
    pytest.param(b"# coding: nonsense\n", 1, 0, "nonsense", id="unknown encoding"),
    pytest.param(b"#!python\n# coding: nonsense\n", 2, 0, "nonsense", id="unknown in line 2"),
    pytest.param(
        codecs.BOM_UTF8 + b"# coding: latin-1\n", 1, 0, "latin-1", id="mark against cookie"
    ),
    pytest.param(b"# coding: ascii\na = '\xfc'\n", 2, 5, "not valid ascii", id="cookie too narrow"),
    pytest.param(b"# coding: rot13\nn = 1\n", 1, 0, "'rot13' cannot", id="codec, but not of text"),
    pytest.param(b"# coding: undefined\n", 1, 0, "'undefined' cannot", id="codec that refuses"),
    pytest.param(b"a = 1\nb = '\0'\n", 2, 5, "null bytes", id="null byte"),
    pytest.param("a = 1\n".encode("utf-16"), 1, 0, "UTF-16", id="UTF-16 is named as such"),
    pytest.param(b"\x7fELF\x02\x01\x01\0\0", 1, 7, "null bytes", id="a binary"),
]


@pytest.mark.parametrize(("data", "text"), READABLE)
def test_decodes(data: bytes, text: str) -> None:
    assert decoded(data) == text


@pytest.mark.parametrize(("data", "text"), READABLE)
def test_lines_and_values_are_those_of_python(data: bytes, text: str) -> None:
    # Columns of `ast` count bytes of UTF-8, in either case.
    assert _outcome(decoded(data)) == _outcome(data)


def _outcome(code: bytes | str) -> str | int | None:
    try:
        return ast.dump(ast.parse(code), include_attributes=True)
    except SyntaxError as error:
        return error.lineno


@pytest.mark.parametrize(("data", "line", "column", "reason"), UNREADABLE)
def test_says_why_it_cannot_decode(data: bytes, line: int, column: int, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        decoded(data)
    error = caught.value
    assert (error.line, error.column) == (line, column)
    assert reason in error.reason
    assert "\n" not in error.reason


@pytest.mark.parametrize(("data", "line", "column", "reason"), UNREADABLE)
def test_refuses_only_what_python_refuses(data: bytes, line: int, column: int, reason: str) -> None:
    with pytest.raises((SyntaxError, ValueError)):
        ast.parse(data)


LEGIBLE = [
    pytest.param(b"a\r\nb\rc\n", "a\nb\nc\n", id="line ends"),
    pytest.param(b"# coding: koi\n\xe9 = 1", "# coding: koi\n\ufffd = 1", id="ASCII around others"),
    pytest.param(b"", "", id="nothing"),
]


@pytest.mark.parametrize(("data", "text"), LEGIBLE)
def test_what_can_be_read_in_any_case(data: bytes, text: str) -> None:
    assert legible(data) == text
