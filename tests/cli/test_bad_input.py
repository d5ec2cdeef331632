"""Files that no analyser likes: one finding each or none, and the others are reported on."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pystatelint.cli.group import cli

GOOD = "log = []\n\n\ndef note(text):\n    log.append(text)\n"
FOUND = ("good.py", "HMS201")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one file that has a finding, as working directory."""
    (tmp_path / "good.py").write_text(GOOD)
    (tmp_path / "statelint.toml").write_text("root = true\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ["-f", "json", *args])


def findings(result: Result) -> list[tuple[str, str]]:
    assert result.stderr == ""
    return [(each["path"], each["code"]) for each in json.loads(result.stdout)]


BYTES = [
    pytest.param(b"x = '\xff'\n", "byte 0xff is not valid utf-8", 1, id="undecodable"),
    pytest.param(b"# coding: koi\nx\n", "there is no encoding 'koi'", 1, id="unknown cookie"),
    pytest.param(b"x = 1\ny\0\n", "null bytes", 2, id="null byte"),
    pytest.param(b"\0" * 4096, "null bytes", 1, id="nothing but null bytes"),
    pytest.param(b"\xff\xfex\0", "UTF-16", 1, id="utf-16"),
    pytest.param(b"def (\n", "invalid syntax", 1, id="invalid"),
    pytest.param(b"x = '''", "unterminated", 1, id="ends in a string"),
    pytest.param(b"print 'a'\n", "not valid Python", 1, id="Python 2"),
    pytest.param(b"if x:\n\ty\n        z\n", "tabs", 3, id="tabs and spaces"),
    pytest.param(b"x = " + b"9" * 5000, "digits", 1, id="number that int() refuses"),
    pytest.param(b"x = '\\N{no such}'\n", "unicode", 1, id="unknown character name"),
    pytest.param(b"\x7fELF\x02\x01", "not valid Python", 1, id="binary"),
]


@pytest.mark.parametrize(("data", "reason", "line"), BYTES)
@pytest.mark.parametrize("path", ["bad.py", "."], ids=["named", "in a folder"])
def test_content_that_cannot_be_parsed_is_one_finding(
    folder: Path, data: bytes, reason: str, line: int, path: str
) -> None:
    (folder / "bad.py").write_bytes(data)
    result = run(path)
    assert result.exit_code == 1
    assert findings(result) == [("bad.py", "HMS090"), FOUND][: 1 if path == "bad.py" else 2]
    first = json.loads(result.stdout)[0]
    assert reason in first["message"]
    assert (first["line"], first["symbol"]) == (line, "")


def as_folder(path: Path) -> None:
    path.mkdir()


def as_broken_link(path: Path) -> None:
    path.symlink_to("gone.py")


def as_circular_link(path: Path) -> None:
    path.symlink_to(path.name)


def as_pipe(path: Path) -> None:
    os.mkfifo(path)


def as_device(path: Path) -> None:
    path.symlink_to(os.devnull)


NO_FILES = [
    pytest.param(as_broken_link, "a link to 'gone.py', which does not exist", id="broken link"),
    pytest.param(as_circular_link, "too many levels of symbolic links", id="circular link"),
    pytest.param(as_pipe, "a pipe, a socket or a device", id="pipe"),
    pytest.param(as_device, "a pipe, a socket or a device", id="device"),
]


@pytest.mark.parametrize(("make", "reason"), NO_FILES)
@pytest.mark.parametrize("path", ["bad.py", "."], ids=["named", "in a folder"])
def test_what_is_no_readable_file_is_one_finding(
    folder: Path, make: object, reason: str, path: str
) -> None:
    assert callable(make)
    make(folder / "bad.py")
    result = run(path)
    assert result.exit_code == 1
    assert findings(result) == [("bad.py", "HMS090"), FOUND][: 1 if path == "bad.py" else 2]
    assert reason in json.loads(result.stdout)[0]["message"]


def test_folder_with_the_name_of_a_file_is_a_folder(folder: Path) -> None:
    as_folder(folder / "bad.py")
    (folder / "bad.py" / "inner.py").write_text(GOOD)
    assert findings(run(".")) == [("bad.py/inner.py", "HMS201"), FOUND]


def test_file_that_goes_away_is_one_finding(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pystatelint.engine import sources

    (folder / "bad.py").write_text("")
    discover = sources.discover

    def found_and_deleted(*args: object) -> object:
        found = discover(*args)  # type: ignore[arg-type]
        (folder / "bad.py").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(sources, "discover", found_and_deleted)
    assert findings(run(".")) == [("bad.py", "HMS090"), FOUND]


def test_unreadable_files_can_be_left_out(folder: Path) -> None:
    (folder / "bad.py").write_bytes(b"\0")
    assert findings(run("--ignore", "HMS090", ".")) == [FOUND]
    assert findings(run("--extend-exclude", "bad.py", ".")) == [FOUND]


def test_bad_standard_input_is_one_finding() -> None:
    result = CliRunner().invoke(cli, ["-f", "json", "-"], input=b"x = \xff\n")
    assert (result.exit_code, findings(result)) == (1, [("<stdin>", "HMS090")])


def test_everything_bad_at_once_costs_nobody_anything(folder: Path) -> None:
    for number, case in enumerate(BYTES):
        data = case.values[0]
        assert isinstance(data, bytes)
        (folder / f"bytes_{number:02}.py").write_bytes(data)
    for number, case in enumerate(NO_FILES):
        make = case.values[0]
        assert callable(make)
        make(folder / f"file_{number:02}.py")
    bad = [f"bytes_{number:02}.py" for number in range(len(BYTES))]
    bad += [f"file_{number:02}.py" for number in range(len(NO_FILES))]
    assert findings(run(".")) == sorted([*((path, "HMS090") for path in bad), FOUND])


@pytest.mark.parametrize("output_format", ["full", "concise", "github"])
def test_every_format_can_print_what_is_bad(folder: Path, output_format: str) -> None:
    (folder / "bad.py").write_bytes(b"x = 1\ny\0\x1b[31m\n")
    result = CliRunner().invoke(cli, ["-f", output_format, "."])
    assert (result.exit_code, result.stderr) == (1, "")
    assert "null bytes" in result.stdout
    assert "good.py" in result.stdout
    assert not {"\0", "\x1b"} & set(result.stdout)
