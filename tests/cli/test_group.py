"""Which command runs, and what every command does when it fails."""

from collections.abc import Callable

import click
import pytest
from click.testing import CliRunner

from pystatelint.cli.failure import guarded
from pystatelint.cli.group import COMMANDS, cli, with_command
from pystatelint.errors import ConfigError, UsageError
from pystatelint.version import VERSION


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        pytest.param([], ["check"], id="nothing: check"),
        pytest.param(["src"], ["check", "src"], id="a path: check"),
        pytest.param(["--strict", "src"], ["check", "--strict", "src"], id="an option: check"),
        pytest.param(["check", "src"], ["check", "src"], id="check by name"),
        pytest.param(["rule"], ["rule"], id="a command wins over a file of its name"),
        pytest.param(["./rule"], ["check", "./rule"], id="a separator makes it a path"),
        pytest.param(["--", "rule"], ["check", "--", "rule"], id="two dashes make it a path"),
        pytest.param(["src", "rule"], ["check", "src", "rule"], id="only the first word counts"),
        pytest.param(["--version"], ["--version"], id="an option of the group"),
        pytest.param(["-h"], ["-h"], id="help of the group"),
    ],
)
def test_with_command(args: list[str], expected: list[str]) -> None:
    assert with_command(args) == expected


def test_every_command_is_there_with_help() -> None:
    result = CliRunner().invoke(cli, ["--help"])
    assert result.exit_code == 0
    listed = result.stdout.partition("Commands:\n")[2].splitlines()
    assert tuple(line.split()[0] for line in listed if line) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(command: str) -> None:
    result = CliRunner().invoke(cli, [command, "-h"])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: cli {command}")


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_version(option: str) -> None:
    result = CliRunner().invoke(cli, [option])
    assert (result.exit_code, result.stdout) == (0, f"statelint {VERSION} (pystatelint)\n")


def test_unknown_option_is_one_line_with_the_nearest() -> None:
    result = CliRunner().invoke(cli, ["--selct", "HMS1"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("statelint: error: No such option '--selct'.")
    assert "'--select'" in result.stderr
    assert result.stderr.endswith("see 'cli check --help'\n")
    assert result.stderr.count("\n") == 1


def _raise(error: BaseException) -> Callable[[], object]:
    def run() -> object:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "line"),
    [
        pytest.param(UsageError("no such file"), "error: no such file", id="usage"),
        pytest.param(ConfigError("a.toml:3: x"), "error: a.toml:3: x", id="configuration"),
        pytest.param(UsageError("two\nlines"), "error: two lines", id="always one line"),
        pytest.param(click.UsageError("bad option."), "error: bad option", id="click"),
        pytest.param(click.Abort(), "interrupted; nothing is reported", id="click's interrupt"),
        pytest.param(KeyboardInterrupt(), "interrupted; nothing is reported", id="interrupt"),
    ],
)
def test_failures_are_one_line_and_status_2(
    error: BaseException, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guarded(_raise(error)) == 2
    assert capsys.readouterr().err == f"statelint: {line}\n"


def test_internal_error_names_kind_place_and_next_step(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STATELINT_TRACEBACK", raising=False)
    assert guarded(_raise(ZeroDivisionError("by zero"))) == 2
    told = capsys.readouterr().err
    assert told.startswith(
        "statelint: internal error: ZeroDivisionError: by zero at test_group.py:"
    )
    assert "STATELINT_TRACEBACK=1" in told
    assert told.count("\n") == 1


def test_traceback_is_there_for_the_asking(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATELINT_TRACEBACK", "1")
    assert guarded(_raise(ZeroDivisionError("by zero"))) == 2
    assert capsys.readouterr().err.startswith("Traceback (most recent call last):\n")


@pytest.mark.parametrize(("result", "status"), [(None, 0), (0, 0), (1, 1), (2, 2)])
def test_status_of_a_run_that_ends(result: object, status: int) -> None:
    assert guarded(lambda: result) == status
