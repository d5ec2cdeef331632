"""What is committed is small, ours, and speaks of no machine."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 500
"""Lines of a source file; most stay under 300."""

MACHINE = re.compile(
    r"/(?<![\w.-]/)(?:work|root|tmp|private|mnt)/\w"
    r"|/(?<![\w.-]/)(?:home|Users)/(?!(?:someone|me)\b)\w"
    r"|[A-Z]:\\+Users\\+(?!me\b)\w"
)


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def shown(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def test_git_names_the_source() -> None:
    assert "src/pystatelint/errors.py" in shown(tracked("src"))


def test_source_files_are_short() -> None:
    long = [
        path
        for path in tracked("src/**/*.py", "tests/**/*.py", "benchmarks/**/*.py")
        if len(path.read_bytes().splitlines()) >= LONGEST
    ]

    assert shown(long) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("see /" + "home/alice/project", True, id="home of a person"),
        pytest.param("see /" + "Users/alice", True, id="home on a Mac"),
        pytest.param("C:" + "\\Users\\alice", True, id="home on Windows"),
        pytest.param("/home/someone/project", False, id="made-up home of examples"),
        pytest.param("homework/root/x", False, id="words that only look like it"),
    ],
)
def test_machine_paths_are_recognised(text: str, seen: bool) -> None:
    assert bool(MACHINE.search(text)) is seen


def test_no_file_names_a_machine_path() -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()}"
        for path in tracked()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1)
        if MACHINE.search(line)
    ]

    assert found == []


def test_no_generated_file_is_tracked() -> None:
    generated = tracked("*.pyc", "*.egg-info/**", ".venv/**", "dist/**", "benchmarks/.corpora/**")

    assert shown(generated) == []
