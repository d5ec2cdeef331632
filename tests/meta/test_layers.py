"""The import contracts break when somebody reaches across a layer."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        ROOT / "src/pystatelint",
        tmp_path / "src/pystatelint",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    return tmp_path


def broken_contracts(folder: Path) -> list[str]:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    lines = [line for line in run.stdout.splitlines() if " BROKEN" in line]
    assert bool(run.returncode) is bool(lines), run.stdout + run.stderr
    return [line.partition(" BROKEN")[0] for line in lines]


def test_source_as_it_is_keeps_every_contract(copy: Path) -> None:
    assert broken_contracts(copy) == []


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        pytest.param(
            "suppress/__init__.py",
            "import pystatelint.report.tally",
            "Every arrow points down",
            id="suppressions know no report",
        ),
        pytest.param(
            "newcomer.py",
            "",
            "Every arrow points down",
            id="a new module must find its layer",
        ),
        pytest.param(
            "rules/classes/__init__.py",
            "import pystatelint.rules.modules.alias_then_write",
            "Families of rules do not know of one another",
            id="one family asks another",
        ),
        pytest.param(
            "config/choices.py",
            "import pystatelint.config.load",
            "No two siblings import each other",
            id="a circle within a layer",
        ),
        pytest.param(
            "rules/naming.py",
            "import ast",
            "Only source and facts know the syntax tree",
            id="a rule parses",
        ),
        pytest.param(
            "report/tally.py", "import click", "Only the command line knows click", id="click"
        ),
        pytest.param(
            "link/records.py",
            "import rich.text",
            "Only the command line and the reports know rich",
            id="rich",
        ),
        pytest.param(
            "facts/imports.py", "import astroid", "What is heavy has one user each", id="astroid"
        ),
        pytest.param(
            "report/tally.py",
            "import concurrent.futures",
            "Only the engine starts processes",
            id="a process pool",
        ),
    ],
)
def test_reaching_across_breaks_the_contract(
    copy: Path, module: str, line: str, contract: str
) -> None:
    path = copy / "src/pystatelint" / module
    text = path.read_text("utf-8") if path.exists() else ""
    path.write_text(f"{text}\n{line}\n", encoding="utf-8")

    assert broken_contracts(copy) == [contract]
