"""What did a workload change in its library, as seen from a process of its own?"""

import json
import os
import subprocess
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from .watch.record import Record

HERE = Path(__file__).parent
NOWHERE = "http://127.0.0.1:9"
"""Nothing listens there."""


class Library(NamedTuple):
    """A workload, and the packages that it is watched for."""

    workload: str
    packages: tuple[str, ...]


def libraries() -> tuple[Library, ...]:
    """Return what is listed in libraries.toml."""
    rows = tomllib.loads((HERE / "libraries.toml").read_text("utf-8"))["library"]
    return tuple(Library(row["workload"], tuple(row["packages"])) for row in rows)


def observe(
    python: Path, workload: str, packages: Sequence[str], folder: Path, path: Sequence[Path] = ()
) -> Record:
    """Run a workload under watch.

    Args:
        python: interpreter of the environment that has the packages.
        workload: name of a module below ``workloads``.
        packages: packages to watch.
        folder: an empty folder to run in.
        path: further places to import from.

    Raises:
        AssertionError: the workload failed; the message is what it wrote.
    """
    target = folder / "changes.json"
    done = subprocess.run(
        (python, "-P", "-m", "watch", workload, target, *packages),
        cwd=folder,
        env=surroundings(folder, (*path, HERE)),
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    assert done.returncode == 0, f"{workload}: {done.stderr[-4000:]}"
    record: Record = json.loads(target.read_text("utf-8"))
    return record


def surroundings(folder: Path, path: Sequence[Path]) -> dict[str, str]:
    """Return an environment that is the same everywhere and leads nowhere outside."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(folder),
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(map(str, path)),
        "PYTHONWARNINGS": "ignore",
        "http_proxy": NOWHERE,
        "https_proxy": NOWHERE,
        "no_proxy": "127.0.0.1,localhost,nowhere.invalid",
    }
