"""A report is written whole or not at all, whatever happens on the way."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from pystatelint.cli import run as run_module
from pystatelint.cli.group import cli

SHARED = "class Chat:\n    log = []\n\n    def send(self, text):\n        self.log.append(text)\n"
OLD = "the report of yesterday\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a finding and an old report, as working directory."""
    (tmp_path / "chat.py").write_text(SHARED)
    (tmp_path / "statelint.toml").write_text("root = true\n")
    (tmp_path / "old.json").write_text(OLD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_renderer_that_fails_leaves_the_old_report(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = run_module.render

    def failing(report: object, output_format: str, options: object) -> str:
        if output_format == "sarif":
            raise RuntimeError("no such shape")
        return render(report, output_format, options)  # type: ignore[arg-type]

    monkeypatch.setattr(run_module, "render", failing)
    before = names(folder)
    args = ["--output", "json:old.json", "--output", "jsonl:new.jsonl", "-f", "sarif", "."]
    result = CliRunner().invoke(cli, args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("statelint: internal error: RuntimeError: no such shape at ")
    assert result.stderr.count("\n") == 1
    assert ((folder / "old.json").read_text(), names(folder)) == (OLD, before)


@pytest.mark.parametrize("args", [("--selct", "HMS1"), ("gone.py",), ("--select", "HMS1O1", ".")])
def test_mistake_leaves_the_old_report(folder: Path, args: tuple[str, ...]) -> None:
    assert CliRunner().invoke(cli, ["--output", "json:old.json", *args]).exit_code == 2
    assert (folder / "old.json").read_text() == OLD


def as_process(*args: str, **options: object) -> subprocess.Popen[bytes]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-m", "pystatelint", *args]
    return subprocess.Popen(command, **{**pipes, **options})  # type: ignore[call-overload]


def small_files() -> None:
    """Let files get no larger than a disk with 100 bytes left."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def test_full_disk_leaves_the_old_report(folder: Path) -> None:
    before = names(folder)
    with as_process("--output", "json:old.json", ".", preexec_fn=small_files) as process:
        _, told = process.communicate()
    assert process.returncode == 2
    assert told == b"statelint: error: cannot write the report old.json: File too large\n"
    assert ((folder / "old.json").read_text(), names(folder)) == (OLD, before)


def heard() -> None:
    """Hear SIGINT, which a shell ignores in what it starts in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def stopped(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal until the process ends, which waits for its input: the first may come too early."""
    for _ in range(60):
        time.sleep(0.3)
        process.send_signal(number)
        try:
            process.wait(timeout=0.3)
        except subprocess.TimeoutExpired:
            continue
        return


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_run_that_is_stopped_leaves_the_old_report(folder: Path, number: signal.Signals) -> None:
    before = names(folder)
    listening = {"stdin": subprocess.PIPE, "preexec_fn": heard}
    with as_process("--output", "json:old.json", "-", **listening) as process:
        stopped(process, number)
        shown, _ = process.communicate()
    assert process.returncode != 0
    assert shown == b""
    assert ((folder / "old.json").read_text(), names(folder)) == (OLD, before)


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_full_standard_output_is_told(folder: Path, unbuffered: str) -> None:
    environ = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with (
        (folder / "shown").open("wb") as shown,
        as_process(".", stdout=shown, env=environ, preexec_fn=small_files) as process,
    ):
        _, told = process.communicate()
    assert process.returncode == 2
    assert told == b"statelint: error: cannot write to standard output: File too large\n"


def test_report_is_in_place_when_all_went_well(folder: Path) -> None:
    with as_process("--output", "json:old.json", ".") as process:
        process.communicate()
    assert process.returncode == 1
    assert [each["code"] for each in json.loads((folder / "old.json").read_text())] == ["HMS101"]
