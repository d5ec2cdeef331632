"""Who works in a folder that was deleted is told so, by every command that needs one."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from pystatelint.api import analyse, analyse_module
from pystatelint.cli.group import cli
from pystatelint.errors import UsageError

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows deletes no folder that somebody works in"
)


@pytest.fixture(autouse=True)
def _deleted_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "gone"
    folder.mkdir()
    with monkeypatch.context() as context:
        context.chdir(folder)
        folder.rmdir()
        yield


@pytest.mark.parametrize("args", [[], ["."], ["-"], ["/"], ["ledger"], ["config"]], ids=str)
def test_one_line_and_status_2(args: list[str]) -> None:
    result = CliRunner().invoke(cli, args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "statelint: error: the working directory cannot be used: no such file or directory; "
        "change to a folder that exists\n"
    )


@pytest.mark.parametrize("args", [["--version"], ["--help"], ["rule", "HMS101"]], ids=str)
def test_what_needs_no_folder_works(args: list[str]) -> None:
    assert CliRunner().invoke(cli, args).exit_code == 0


def test_callers_get_an_error_of_ours() -> None:
    with pytest.raises(UsageError, match="the working directory cannot be used"):
        analyse(["."])
    with pytest.raises(UsageError, match="the working directory cannot be used"):
        analyse_module("a = 1\n", "a.py")


def test_a_folder_that_is_given_will_do(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("a = 1\n")
    assert analyse([tmp_path], cwd=tmp_path).files == 1
