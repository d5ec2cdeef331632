"""What holds for the link of any project."""

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pystatelint.facts.extract import extract
from pystatelint.link.build import link
from pystatelint.link.knowledge import know
from pystatelint.link.project import Project
from pystatelint.model.module import ModuleInput
from pystatelint.models.tables import load_tables

from .library import LIB, parsed, read

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
KNOWLEDGE = know(load_tables())
STATEMENTS = (
    "from {other} import X",
    "from {other} import *",
    "import {other}",
    "X = []",
    "X = {{}}",
    "X = None",
    "def f(x=X): return x",
    "def f():\n    global X\n    X = []",
    "def f(p): X.append(p); return X",
    "def g(): return {other}.f()",
    "def g(): f().append(1)",
    "class A:\n    x = X\n    def m(self): self.x.append(1)",
    "class A({other}.A):\n    def __init__(self): self.x = X",
    "class B(A):\n    x = []\n    def m(self): super().m(); return self.x",
    "Y = A()",
    "Y.m()",
    "{other}.X = X",
    "if __name__ == '__main__':\n    g()",
)
NAMES = ("a", "b", "c")


@st.composite
def projects(draw: st.DrawFn) -> tuple[ModuleInput, ...]:
    """Three modules that import from one another in any way, circles included."""
    found: list[ModuleInput] = []
    for name in NAMES:
        lines = draw(st.lists(st.sampled_from(STATEMENTS), max_size=7))
        others = [draw(st.sampled_from(NAMES)) for _ in lines]
        text = "\n".join(
            line.format(other=other) for line, other in zip(lines, others, strict=True)
        )
        found.append(module(name, text))
    return tuple(found)


def module(name: str, text: str) -> ModuleInput:
    return ModuleInput(name, f"{name}.py", False, False, extract(ast.parse(text), text))


@given(projects(), st.permutations(range(len(NAMES))))
@settings(max_examples=120, deadline=None)
def test_the_order_of_modules_changes_nothing(
    modules: tuple[ModuleInput, ...], order: list[int]
) -> None:
    assert link(modules, KNOWLEDGE) == link([modules[number] for number in order], KNOWLEDGE)


@given(projects())
@settings(max_examples=120, deadline=None)
def test_every_write_belongs_to_its_cell_and_has_a_place(modules: tuple[ModuleInput, ...]) -> None:
    found = link(modules, KNOWLEDGE)

    assert_consistent(found)


def assert_consistent(found: Project) -> None:
    names = {name for name, _ in found.modules}
    for cell in found.cells:
        assert cell.module in names
        for write in cell.writes:
            assert write.cell.startswith(cell.symbol.partition("(")[0])
            assert write.module in names
            assert write.phases == tuple(sorted(write.phases, key=lambda phase: phase.value))
    symbols = [(cell.symbol, cell.path, cell.span) for cell in found.cells]
    assert symbols == sorted(symbols)
    names = [info.symbol for info in found.classes]
    for info in found.classes:
        # A class may inherit from the one whose name it takes over: each stands once.
        assert info.ancestors.count(info.symbol) < names.count(info.symbol)


@given(projects(), projects())
@settings(max_examples=40, deadline=None)
def test_a_link_leaves_nothing_behind(
    first: tuple[ModuleInput, ...], second: tuple[ModuleInput, ...]
) -> None:
    before = link(first, KNOWLEDGE)
    link(second, KNOWLEDGE)

    assert link(first, KNOWLEDGE) == before


def fixture_modules(folder: Path) -> tuple[ModuleInput, ...]:
    found: list[ModuleInput] = []
    for path, text, tree in parsed(tuple(sorted(folder.rglob("*.py")))):
        parts = path.relative_to(folder).with_suffix("").parts
        package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if package else parts)
        shown = path.relative_to(folder).as_posix()
        test = parts[-1].startswith("test_")
        found.append(ModuleInput(name, shown, package, test, read(tree, text)))
    return tuple(found)


FOLDERS = tuple(
    folder
    for project in sorted((FIXTURES / "projects").iterdir())
    if project.is_dir()
    for folder in sorted(project.iterdir())
    if folder.is_dir()
)


@pytest.mark.parametrize(
    "folder", FOLDERS, ids=[f"{each.parent.name}-{each.name}" for each in FOLDERS]
)
def test_linking_a_fixture_twice_or_backwards_gives_equal_projects(folder: Path) -> None:
    modules = fixture_modules(folder)

    found = link(modules, KNOWLEDGE)

    assert len(found.modules) == len(modules) > 0
    assert link(modules, KNOWLEDGE) == found
    assert link(modules[::-1], KNOWLEDGE) == found
    assert_consistent(found)


@pytest.mark.parametrize("package", ["json", "logging", "email", "concurrent", "unittest"])
def test_packages_of_the_library_link_alike_both_ways(package: str) -> None:
    library_links_alike(package)


@pytest.mark.slow
@pytest.mark.parametrize("package", ["asyncio", "importlib", "multiprocessing", "xml", "xmlrpc"])
def test_larger_packages_of_the_library_link_alike_both_ways(package: str) -> None:
    library_links_alike(package)


def library_links_alike(package: str) -> None:
    folder = LIB / package
    modules = tuple(
        ModuleInput(
            f"{package}.{each.name}".removesuffix("."),
            f"{package}/{each.path}",
            each.package,
            each.test,
            each.facts,
        )
        for each in fixture_modules(folder)
    )

    found = link(modules, KNOWLEDGE)

    assert len(found.functions) > 0
    assert link(modules[::-1], KNOWLEDGE) == found
    assert_consistent(found)
