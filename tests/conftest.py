"""What tests of every layer share."""

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

Project = Callable[[Mapping[str, str]], Path]


@pytest.fixture(autouse=True)
def _no_activated_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Analyse the same whatever environment the tests are started in."""
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return what writes a project from ``{path: source}`` and returns its folder.

    A package needs its ``__init__.py`` spelled out, as on disk; sources are dedented.
    """

    def write(files: Mapping[str, str]) -> Path:
        folder = tmp_path / "project"
        for name, source in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(source), encoding="utf-8")
        return folder

    return write
