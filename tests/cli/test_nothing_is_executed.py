"""Analysed code is read: never imported, never executed, never written to."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCHER = """\
import json
import os
import sys

hostile = os.getcwd()
seen = []


def watch(event, args):
    if event == "exec":
        if args[0].co_filename.startswith(hostile):
            seen.append(["executed", args[0].co_filename])
    elif event == "import":
        if str(args[1] or "").startswith(hostile):
            seen.append(["imported", args[1]])
    elif event == "compile":
        if args[1] not in (None, "<unknown>") and str(args[1]).startswith(hostile):
            seen.append(["compiled", str(args[1])])
    elif event == "open":
        path, mode, flags = args
        writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        if (mode and set(mode) & set("wax+")) or flags & writes:
            seen.append(["written", str(path)])
        elif str(path).endswith(".py") and str(path).startswith(hostile):
            seen.append(["read", os.path.basename(path)])
    elif event.startswith(FORBIDDEN):
        seen.append(["did", event])


FORBIDDEN = (
    "ctypes.", "ftplib.", "http.", "os.chdir", "os.chmod", "os.exec", "os.fork",
    "os.kill", "os.link", "os.mkdir", "os.posix_spawn", "os.putenv", "os.remove", "os.rename",
    "os.rmdir", "os.spawn", "os.symlink", "os.system", "os.truncate", "os.utime", "pickle.",
    "pty.", "shutil.", "smtplib.", "socket.", "sqlite3.", "subprocess.", "tempfile.",
    "urllib.", "webbrowser.",
)
"""

THEN_RUN = """
from pystatelint.cli.main import main

sys.addaudithook(watch)
sys.argv = ["statelint", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    status = end.code
modules = [str(getattr(each, "__file__", None)) for each in list(sys.modules.values())]
seen += [["loaded", path] for path in modules if path.startswith(hostile)]
sys.stderr.write("\\n" + json.dumps({"status": status, "seen": seen}))
"""

SIDE_EFFECT = """\
import os

log = []


def note(text):
    log.append(text)


open(os.path.join(os.path.dirname(__file__), "executed"), "w").close()
os.system("touch executed")
raise SystemExit("executed {name}")
"""

OURS = ("click", "msgspec", "pathspec", "pystatelint", "rich")
STDLIB = (
    "ast",
    "codecs",
    "difflib",
    "enum",
    "hashlib",
    "json",
    "pathlib",
    "re",
    "tomllib",
    "types",
)
LIBRARIES = ("evil/__init__", "evil/base", "evil", "click", "types", "sitecustomize", "pydantic")
"""What stands in the project's own environment."""

CUSTOMER = """\
from evil import Base, Local, make
from evil.base import Model
import evil.inner.deep

CELL = make()
LOCAL = Local()


class Own(Base, Model, evil.inner.deep.Far):
    items: list = []

    def add(self, item):
        self.items.append(item)
        CELL[item] = LOCAL.item = item
"""

LIBRARY = """
from .base import *


class Base:
    pass


class Local:
    pass


def make():
    return Maker().make()


class Maker:
    def make(self):
        return dict()
"""

HOOKS = ("__init__", "__main__", "conftest", "setup", "sitecustomize", "usercustomize")
CASES = [
    pytest.param(("--output-format", "full", "."), 1, id="full"),
    pytest.param(("--output-format", "json", "."), 1, id="json"),
    pytest.param(("--output-format", "sarif", "."), 1, id="sarif"),
    pytest.param(("conftest.py", "json.py"), 1, id="files"),
    pytest.param(("--strict", "."), 1, id="strict"),
    pytest.param(("--deep", "."), 1, id="deep"),
    pytest.param(("ledger", "."), 0, id="ledger"),
    pytest.param(("explain", "conftest.py:1"), 0, id="explain"),
    pytest.param(("config",), 0, id="config"),
    pytest.param(("rule", "HMS101"), 0, id="rule"),
    pytest.param(("gone.py",), 2, id="mistake"),
]


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder of files that do harm as soon as they are imported."""
    folder = tmp_path / "hostile"
    for name in (*OURS, *STDLIB, *HOOKS, "package/__init__", "package/part"):
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SIDE_EFFECT.format(name=name))
    (folder / "pyproject.toml").write_text('[project]\nname = "hostile"\n[tool.statelint]\n')
    (folder / "setup.cfg").write_text("[options]\n")
    (folder / "customer.py").write_text(CUSTOMER)
    install(folder / ".venv/lib/python3.11/site-packages")
    return folder


def install(packages: Path) -> None:
    """Fill an environment with libraries that do harm as soon as they are imported."""
    for name in LIBRARIES:
        path = packages / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LIBRARY + SIDE_EFFECT.format(name=name))
    (packages / "evil.pth").write_text("import evil\n")
    (packages / "evil" / "native.cpython-311-x86_64-linux-gnu.so").write_bytes(b"\x7fELF")
    secret = packages.parents[4] / "outside"
    (secret / "deep").mkdir(parents=True)
    for name in ("deep/__init__.py", "far.py"):
        (secret / name).write_text(LIBRARY + SIDE_EFFECT.format(name=name))
    (packages / "evil" / "inner").symlink_to(secret)


def run(
    folder: Path, command: tuple[str, ...], **environ: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "VIRTUAL_ENV": "", **environ},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(("args", "status"), CASES)
def test_no_audit_event_tells_of_analysed_code(
    hostile: Path, tmp_path: Path, args: tuple[str, ...], status: int
) -> None:
    script = tmp_path / "watched.py"
    script.write_text(WATCHER + THEN_RUN)
    before = {path: path.read_bytes() for path in hostile.rglob("*") if path.is_file()}

    done = run(hostile, (str(script), *args))

    told = json.loads(done.stderr.splitlines()[-1])
    events = {kind for kind, _ in told["seen"]}
    assert told["status"] == status
    assert events <= {"read"}, told["seen"]
    assert ("read" in events) is (status == 1 or args[0] in ("explain", "ledger"))
    assert {path: path.read_bytes() for path in hostile.rglob("*") if path.is_file()} == before


def test_libraries_are_read_and_nothing_outside_of_them(
    hostile: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    script = tmp_path_factory.mktemp("script") / "watched.py"
    watcher = WATCHER.replace("hostile = os.getcwd()", "hostile = os.path.dirname(os.getcwd())")
    script.write_text(watcher.replace("os.path.basename(path)", "str(path)") + THEN_RUN)

    done = run(hostile, (str(script), "customer.py"))

    told = json.loads(done.stderr.splitlines()[-1])
    read = {path.partition("site-packages/")[2] for kind, path in told["seen"] if kind == "read"}
    assert {kind for kind, _ in told["seen"]} == {"read"}
    assert {"evil/__init__.py", "evil/base.py"} <= read
    assert not any("inner" in path or "outside" in path for _, path in told["seen"])
    assert not list(tmp_path.rglob("executed"))


@pytest.mark.parametrize(("options", "told"), [((), False), (("--deep",), True)], ids=str)
def test_deep_looks_into_functions_of_libraries(
    hostile: Path, tmp_path: Path, options: tuple[str, ...], *, told: bool
) -> None:
    script = tmp_path / "watched.py"
    script.write_text(WATCHER + THEN_RUN)
    done = run(hostile, (str(script), *options, "-f", "json", "customer.py"))
    found = {each["symbol"] for each in json.loads(done.stdout)}
    assert ("hostile.customer.CELL" in found) is told
    assert not (hostile / "executed").exists()


def test_watcher_would_notice(hostile: Path, tmp_path: Path) -> None:
    script = tmp_path / "watched.py"
    doing = (
        "import subprocess, types",
        "sys.addaudithook(watch)",
        "open('written', 'w').close()",
        "os.mkdir('made')",
        "subprocess.run(['true'])",
        "sys.path.insert(0, hostile)",
        "try: import usercustomize",
        "except SystemExit: pass",
        "sys.stderr.write(json.dumps(sorted({kind for kind, _ in seen})))",
    )
    script.write_text("\n".join((WATCHER, *doing)))
    done = run(hostile, (str(script),))
    kinds = set(json.loads(done.stderr))
    assert kinds >= {"compiled", "did", "executed", "read", "written"}


@pytest.mark.parametrize(("args", "status"), CASES)
def test_working_directory_is_no_place_to_import_from(
    hostile: Path, args: tuple[str, ...], status: int
) -> None:
    for name in ("pystatelint", "types"):  # Python imports these before anything of ours runs
        (hostile / f"{name}.py").unlink()
    done = run(hostile, ("-m", "pystatelint", *args))
    assert done.returncode == status, done.stderr
    assert not (hostile / "executed").exists()


def test_console_script_does_not_import_from_the_working_directory(hostile: Path) -> None:
    script = Path(sys.executable).with_name("statelint")
    done = subprocess.run([script, "."], cwd=hostile, capture_output=True, check=False)
    assert done.returncode == 1
    assert not (hostile / "executed").exists()
    assert done.stdout.count(b"HMS201") > 20


def test_module_runs_from_the_folder_that_it_stands_in() -> None:
    import pystatelint

    source = Path(pystatelint.__file__).parents[1]
    done = run(source, ("-m", "pystatelint", "--version"))
    assert (done.returncode, done.stderr) == (0, b"")
