"""Source lines come from the disk or from standard input."""

import os
from pathlib import Path

import pytest

from pystatelint.cli.source_lines import lines_reader


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"a\nb", ("a", "b"), id="line feed"),
        pytest.param(b"a\r\nb\rc", ("a", "b", "c"), id="other line ends"),
        pytest.param(b"a\x0cb", ("a\x0cb",), id="a form feed ends no line"),
        pytest.param(b"\xef\xbb\xbfa", ("a",), id="byte order mark"),
        pytest.param(
            b"# coding: latin-1\n\xe9", ("# coding: latin-1", "é"), id="declared encoding"
        ),
        pytest.param(
            b"# coding: utf-8-unix\n\xc3\xa9", ("# coding: utf-8-unix", "é"), id="of an editor"
        ),
        pytest.param(b"\xe9", (), id="not decodable"),
        pytest.param(b"# coding: martian\n", (), id="unknown encoding"),
    ],
)
def test_lines_of_a_file(tmp_path: Path, data: bytes, expected: tuple[str, ...]) -> None:
    (tmp_path / "a.py").write_bytes(data)
    assert lines_reader(tmp_path, {})("a.py") == expected


def test_given_content_beats_the_disk(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("on disk")
    assert lines_reader(tmp_path, {"a.py": b"given"})("a.py") == ("given",)


def test_file_that_is_not_there_has_no_lines(tmp_path: Path) -> None:
    assert lines_reader(tmp_path, {})("gone.py") == ()


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    assert lines_reader(tmp_path, {})("pipe.py") == ()
