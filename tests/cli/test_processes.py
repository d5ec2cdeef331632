"""The command as a process: entry points, pipes, and what it loads."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pystatelint.version import VERSION

HEAVY = {"astroid", "libcst", "networkx", "pygls", "rich"}
SHARED = "class Chat:\n    log = []\n\n    def send(self, text):\n        self.log.append(text)\n"


def python(*args: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *args], cwd=cwd, input=stdin, capture_output=True, check=False
    )


def loaded(code: str, cwd: Path) -> set[str]:
    """Return the top-level modules that the code loads, beyond a bare interpreter."""
    listing = "import sys, json; sys.stderr.write(json.dumps(sorted(sys.modules)))"
    bare = json.loads(python("-c", listing, cwd=cwd).stderr)
    full = json.loads(python("-c", f"{code}\n{listing}", cwd=cwd).stderr)
    return {name.partition(".")[0] for name in set(full) - set(bare)}


def test_module_runs(tmp_path: Path) -> None:
    done = python("-m", "pystatelint", "--version", cwd=tmp_path)
    assert done.stdout == f"statelint {VERSION} (pystatelint)\n".encode()
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("args", "status"),
    [
        pytest.param(("chat.py",), 1, id="findings"),
        pytest.param(("empty.py",), 0, id="clean"),
        pytest.param(("gone.py",), 2, id="missing"),
        pytest.param(("--no-such-option",), 2, id="usage"),
    ],
)
def test_exit_status(tmp_path: Path, args: tuple[str, ...], status: int) -> None:
    (tmp_path / "chat.py").write_text(SHARED)
    (tmp_path / "empty.py").write_text("")
    done = python("-m", "pystatelint", "--isolated", *args, cwd=tmp_path)
    assert done.returncode == status
    assert bool(done.stderr) is (status == 2)


def test_standard_input(tmp_path: Path) -> None:
    done = python(
        "-m", "pystatelint", "--isolated", "-f", "json", "-", cwd=tmp_path, stdin=SHARED.encode()
    )
    assert done.returncode == 1
    assert [each["code"] for each in json.loads(done.stdout)] == ["HMS101"]


def test_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "chat.py").write_text(SHARED)
    command = [sys.executable, "-m", "pystatelint", "--isolated", "chat.py"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
    assert (process.returncode, told) == (1, b"")


def test_terminal_that_knows_ascii_only_gets_escapes(tmp_path: Path) -> None:
    (tmp_path / "chat.py").write_text(SHARED.replace("log", "größe"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pystatelint", "--isolated", "chat.py"],
        cwd=tmp_path,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert rb"gr\xf6\xdfe" in done.stdout


def test_same_bytes_twice(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.py").write_text(SHARED)
    first, second = (
        python("-m", "pystatelint", "--isolated", "-f", "json", ".", cwd=tmp_path).stdout
        for _ in range(2)
    )
    assert first == second
    assert [each["path"] for each in json.loads(first)] == ["a.py", "b.py", "c.py"]


def test_version_loads_nothing_from_others(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['statelint', '--version']\n"
        "from pystatelint.cli.main import main; main()"
    )
    assert loaded(code, tmp_path) - set(sys.stdlib_module_names) == {"pystatelint"}


def test_help_loads_click_only(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['statelint', '--help']\n"
        "from pystatelint.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass"
    )
    assert loaded(code, tmp_path) - set(sys.stdlib_module_names) <= {"pystatelint", "click"}


def test_check_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "chat.py").write_text(SHARED)
    code = (
        "import sys; sys.argv = ['statelint', '--isolated', '-f', 'json', 'chat.py']\n"
        "from pystatelint.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass"
    )
    assert loaded(code, tmp_path) & HEAVY == set()


def test_stateless_loads_nothing_at_all(tmp_path: Path) -> None:
    assert loaded("import pystatelint.stateless", tmp_path) == {"pystatelint"}


def test_version_is_the_version_of_the_distribution() -> None:
    pyproject = Path(__file__).parents[2] / "pyproject.toml"
    assert tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["version"] == VERSION
