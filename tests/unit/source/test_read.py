"""Whatever a path turns out to be, reading it ends, with text or with a reason."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pystatelint.errors import SourceError
from pystatelint.source.read import read_bytes, source_of, source_of_text

NOBODY = 65534


def _reason(path: Path | str) -> str:
    with pytest.raises(SourceError) as caught:
        read_bytes(path)
    assert "\n" not in caught.value.reason
    return caught.value.reason


@contextmanager
def _without_privileges() -> Iterator[None]:
    """Give up the rights of root for a while: root may read everything."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def test_reads_text_and_path(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    source = source_of(read_bytes(path), "a.py")
    assert (source.path, source.text) == ("a.py", "a = 1\n")


def test_text_from_standard_input_needs_no_file() -> None:
    source = source_of(b"# coding: latin-1\n# \xfc", "there/is/no.py")
    assert (source.path, source.text) == ("there/is/no.py", "# coding: latin-1\n# ü")


TEXTS = [
    pytest.param("# coding: latin-1\n# ü", "# coding: latin-1\n# ü", id="a cookie that is obeyed"),
    pytest.param("# coding: koi\n", "# coding: koi\n", id="a cookie that nobody knows"),
    pytest.param("\ufeffa = 1\r\nb = 2\r", "a = 1\nb = 2\n", id="mark and line ends"),
    pytest.param("'\udce9'", "'\udce9'", id="half a character"),
]


@pytest.mark.parametrize(("given", "text"), TEXTS)
def test_text_is_taken_as_it_is(given: str, text: str) -> None:
    source = source_of_text(given, "there/is/no.py")
    assert (source.path, source.text) == ("there/is/no.py", text)


def test_missing_file(tmp_path: Path) -> None:
    assert "does not exist" in _reason(tmp_path / "gone.py")


def test_broken_link(tmp_path: Path) -> None:
    (tmp_path / "a.py").symlink_to("gone.py")
    assert _reason(tmp_path / "a.py") == "it is a link to 'gone.py', which does not exist"


def test_circular_link(tmp_path: Path) -> None:
    (tmp_path / "a.py").symlink_to(tmp_path / "a.py")
    assert "symbolic links" in _reason(tmp_path / "a.py")


def test_folder(tmp_path: Path) -> None:
    assert "folder" in _reason(tmp_path)


def test_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    assert "pipe" in _reason(tmp_path / "pipe.py")


def test_device_is_never_read() -> None:
    assert "device" in _reason("/dev/zero")


def test_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.py")
        assert "socket" in _reason("s.py")


def test_path_with_a_null_byte() -> None:
    assert "cannot be read" in _reason("a\0.py")


def test_name_too_long(tmp_path: Path) -> None:
    assert "name too long" in _reason(tmp_path / ("a" * 300))


def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.py"
    path.write_text("a = 1\n")
    path.chmod(0)
    with _without_privileges():
        assert "permission denied" in _reason(path)


def test_bytes_are_as_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"\xff\0\r\n")
    assert read_bytes(path) == b"\xff\0\r\n"


def test_fifty_thousand_lines(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_bytes(b"a = 1\r\n" * 50_000)
    assert source_of(read_bytes(path), "long.py").text.count("\n") == 50_000


def test_nothing_is_imported_by_reading(tmp_path: Path) -> None:
    (tmp_path / "never_imported_module.py").write_text("raise SystemExit(3)\n")
    source_of(read_bytes(tmp_path / "never_imported_module.py"), "x")
    assert "never_imported_module" not in sys.modules
