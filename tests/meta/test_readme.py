"""The README shows what really happens."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec

from pystatelint.config.schema import Config
from pystatelint.version import VERSION

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", README)


def test_finding_is_what_statelint_prints(tmp_path: Path) -> None:
    (sources,) = (block for block in blocks("python") if block.startswith("# chat.py\n"))
    for name, source in re.findall(r"(?ms)^# (\w+\.py)\n(.*?)(?=^# \w+\.py\n|\Z)", sources):
        (tmp_path / name).write_text(source, encoding="utf-8")
    (shown,) = blocks("text")

    run = subprocess.run(
        [sys.executable, "-m", "pystatelint", "--isolated", "chat.py", "api.py"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert run.stdout + run.stderr == shown
    assert run.returncode == 1


def test_configuration_is_valid() -> None:
    tables = [tomllib.loads(block)["tool"] for block in blocks("toml")]
    ours = [table["statelint"] for table in tables if "statelint" in table]

    assert len(ours) == 2
    assert all(msgspec.convert(table, Config) != Config() for table in ours)


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    commands = re.findall(r"^\$ make (\w+)$", README, flags=re.MULTILINE)

    assert commands == ["demo", "test"]
    assert all(f"\n{target}:" in makefile for target in commands)


def test_hook_is_pinned_to_this_version() -> None:
    (hook,) = blocks("yaml")
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")

    assert f"rev: v{VERSION}\n" in hook
    assert all(f"- id: {name}\n" in hooks for name in re.findall(r"- id: (\S+)", hook))


def test_links_lead_somewhere() -> None:
    targets = [
        target for target in re.findall(r"\]\(([^)]+)\)", README) if not target.startswith("http")
    ]

    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
