"""The page on `explain` and `ledger` shows what really happens."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pystatelint.cli.group import cli, with_command

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGE = (ROOT / "docs" / "asking.md").read_text("utf-8")
COMMANDS = sorted(set(re.findall(r"^\$ statelint (.*)$", README + PAGE, flags=re.MULTILINE)))


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", text)


def test_explanation_is_what_statelint_prints(tmp_path: Path) -> None:
    (sources,) = (each for each in blocks(README, "python") if each.startswith("# chat.py\n"))
    for name, source in re.findall(r"(?ms)^# (\w+\.py)\n(.*?)(?=^# \w+\.py\n|\Z)", sources):
        (tmp_path / name).write_text(source, encoding="utf-8")
    (shown,) = blocks(PAGE, "text")

    run = subprocess.run(
        [sys.executable, "-m", "pystatelint", "explain", "--isolated", "Chat.messages"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert run.stdout + run.stderr == shown
    assert run.returncode == 0


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_can_be_given(line: str) -> None:
    """The options exist, and each word is one that the option takes."""
    name, *args = with_command(shlex.split(line))
    context = cli.make_context("statelint", [name, *args])
    command = cli.get_command(context, name)

    assert command is not None
    assert command.make_context(name, args, parent=context).params


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(((?!https?:)[^)#]+)", PAGE)

    assert len(links) >= 4
    assert [link for link in links if not (ROOT / "docs" / link).is_file()] == []
