"""An environment with the pinned releases, made once and kept below this folder."""

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
CACHE = HERE / ".cache"
REQUIREMENTS = HERE / "requirements.txt"
DONE = ".complete"
"""Is written last, so that an interrupted installation is begun anew."""


def interpreter() -> Path:
    """Return the interpreter of the environment; install what is pinned if it is not there.

    Raises:
        CalledProcessError: something could not be installed; pip has said why.
    """
    folder = CACHE / name_of(REQUIREMENTS.read_bytes(), sys.version_info[:2])
    CACHE.mkdir(exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n", encoding="utf-8")
    with locked(CACHE / "lock"):
        if not (folder / DONE).exists():
            install(folder)
            (folder / DONE).touch()
    return python_of(folder)


def name_of(requirements: bytes, version: tuple[int, int]) -> str:
    """Return the name of the folder for these pins and this version of Python."""
    digest = hashlib.blake2b(requirements, digest_size=6).hexdigest()
    return f"python{version[0]}.{version[1]}-{digest}"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one process of a test run install, and the others wait for it."""
    import fcntl

    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install(folder: Path) -> None:
    """Make the environment anew."""
    venv.create(folder, with_pip=True, clear=True)
    pip = (python_of(folder), "-m", "pip", "--quiet", "--disable-pip-version-check")
    subprocess.run((*pip, "install", "--requirement", REQUIREMENTS), check=True)


def python_of(folder: Path) -> Path:
    """Return the interpreter of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def packages_of(python: Path) -> Path:
    """Return the folder that the packages of an environment are in."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    told = subprocess.run((python, "-c", ask), check=True, capture_output=True, encoding="utf-8")
    return Path(told.stdout.strip())
