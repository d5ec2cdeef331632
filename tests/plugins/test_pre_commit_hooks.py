"""The hooks: what they say, and what pre-commit does with them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SHIPPED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "src")
AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")

STORE = "class Store:\n    rows = []\n"
WRITER = """\
from store import Store


class Sub(Store):
    def add(self, row):
        self.rows.append(row)
"""
OTHER = """\
class Chat:
    history = []

    def send(self, text):
        self.history.append(text)
"""


def commit_all(folder: Path) -> None:
    for command in (("init", "-q"), ("add", "-A"), (*AUTHOR, "commit", "-q", "-m", "All")):
        subprocess.run(["git", *command], cwd=folder, check=True)


@pytest.fixture(scope="module")
def hook_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the hooks need, as a repository that pre-commit can clone."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / name)
    commit_all(folder)
    return folder


@pytest.fixture
def user_repository(tmp_path: Path) -> Path:
    """A project whose store is written from another module."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name, text in (("store", STORE), ("writer", WRITER), ("other", OTHER)):
        (folder / f"{name}.py").write_text(text)
    commit_all(folder)
    return folder


def try_hook(hooks: Path, project: Path, *args: str) -> subprocess.CompletedProcess[str]:
    # The hook must live on what is installed for it, not on our checkout.
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environ["PRE_COMMIT_HOME"] = str(hooks.parent / "pre-commit-home")
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), *args]
    return subprocess.run(
        command, cwd=project, env=environ, capture_output=True, text=True, check=False
    )


def hooks_by_id() -> dict[str, dict[str, object]]:
    listed = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return {hook["id"]: hook for hook in listed}


def test_hooks_say_what_users_rely_on() -> None:
    hooks = hooks_by_id()
    assert list(hooks) == ["statelint", "statelint-project"]
    assert hooks["statelint"]["entry"] == "pystatelint check --force-exclude"
    assert "pass_filenames" not in hooks["statelint"]
    assert hooks["statelint-project"]["pass_filenames"] is False
    for hook in hooks.values():
        assert hook["language"] == "python"
        assert hook["types_or"] == ["python", "pyi"]
        assert hook["require_serial"] is True
        assert hook["minimum_pre_commit_version"] == "2.9.2"


def test_pre_commit_accepts_the_file() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
def test_changed_files_are_reported_on_with_proof_from_the_others(
    hook_repository: Path, user_repository: Path
) -> None:
    done = try_hook(hook_repository, user_repository, "statelint", "--files", "store.py")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "store.py:2:" in done.stdout
    assert "other.py:2:" not in done.stdout


@pytest.mark.slow
def test_whole_project_is_reported_on(hook_repository: Path, user_repository: Path) -> None:
    done = try_hook(hook_repository, user_repository, "statelint-project", "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "store.py:2:" in done.stdout
    assert "other.py:2:" in done.stdout


@pytest.mark.slow
def test_excluded_file_stays_out_though_pre_commit_names_it(
    hook_repository: Path, user_repository: Path
) -> None:
    (user_repository / "statelint.toml").write_text('extend-exclude = ["store.py"]\n')
    done = try_hook(hook_repository, user_repository, "statelint", "--files", "store.py")
    assert done.returncode == 0, done.stdout + done.stderr
