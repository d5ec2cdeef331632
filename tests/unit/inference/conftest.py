"""Small projects and the libraries that they have installed."""

import ast
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from pystatelint.facts.extract import extract
from pystatelint.inference.catalogue import installed
from pystatelint.inference.records import Installed
from pystatelint.inference.shelf import DEFAULT_BOUNDS, Bounds
from pystatelint.model.module import ModuleInput
from pystatelint.models.tables import Tables, load_tables

Files = Mapping[str, str]
Site = Callable[[Files], Path]
Read = Callable[..., Installed]


def module(path: str, source: str) -> ModuleInput:
    """One module of a project."""
    text = dedent(source)
    stem = path.removesuffix(".py")
    name = stem.removesuffix("/__init__").replace("/", ".")
    facts = extract(ast.parse(text), text)
    test = name.rpartition(".")[2].startswith("test_")
    return ModuleInput(name, path, stem.endswith("__init__"), test, facts)


@pytest.fixture(scope="session")
def tables() -> Tables:
    return load_tables()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return what writes ``{path: source}`` into a folder of installed packages."""

    def write(files: Files) -> Path:
        folder = tmp_path / "site-packages"
        folder.mkdir(exist_ok=True)
        for name, source in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(source), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def read(site: Site, tables: Tables) -> Read:
    """Return what reads the libraries of a project, or of its one module ``m``."""

    def run(project: Files | str, libraries: Files, bounds: Bounds = DEFAULT_BOUNDS) -> Installed:
        files = {"m.py": project} if isinstance(project, str) else project
        modules = tuple(module(path, source) for path, source in files.items())
        return installed(modules, tables, (str(site(libraries)),), bounds)

    return run
