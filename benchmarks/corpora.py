"""Where are the pinned releases, and what is in them?"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
CACHE = HERE / ".corpora"
PEERS = CACHE / "peers"
"""The environment of the tools that statelint is compared with."""


class Corpus(NamedTuple):
    """One pinned release."""

    name: str
    version: str
    package: str
    sets: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Return the folder that the release is unpacked into."""
        return CACHE / f"{self.name}-{self.version}"

    @property
    def source(self) -> Path:
        """Return the folder of the package itself."""
        return self.folder / self.package


def corpora(wanted: str) -> tuple[Corpus, ...]:
    """Return the corpora of a set, or the one of that name.

    Raises:
        SystemExit: there is neither, or something is not unpacked yet.
    """
    chosen = tuple(each for each in listed() if wanted == each.name or wanted in each.sets)
    if not chosen:
        raise SystemExit(f"{wanted}: no corpus and no set of corpora.toml has this name")
    for each in chosen:
        if not each.source.is_dir():
            raise SystemExit(f"{each.name} {each.version} is missing: run benchmarks/prepare.py")
    return chosen


def listed() -> tuple[Corpus, ...]:
    """Return every corpus of corpora.toml."""
    table = tomllib.loads((HERE / "corpora.toml").read_text("utf-8"))
    return tuple(
        Corpus(row["name"], row["version"], row["package"], tuple(row["sets"]))
        for row in table["corpus"]
    )


def peers() -> tuple[str, ...]:
    """Return the requirements of the tools that statelint is compared with."""
    return tuple(tomllib.loads((HERE / "corpora.toml").read_text("utf-8"))["peers"])


def python_files(folder: Path) -> Iterator[Path]:
    """Yield the Python files of a folder, sorted."""
    yield from (path for path in sorted(folder.rglob("*.py")) if path.is_file())
