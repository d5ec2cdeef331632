"""Small projects in memory, linked."""

import ast
from collections.abc import Mapping
from textwrap import dedent

from pystatelint.facts.extract import extract
from pystatelint.link.build import link, new_world
from pystatelint.link.knowledge import Knowledge, know
from pystatelint.link.objects import (
    CellObject,
    ClassObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    LibraryInstance,
    MadeObject,
    MethodObject,
    ModuleObject,
    Object,
    ParameterObject,
    PartObject,
)
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, ClassInfo, FunctionInfo, Write
from pystatelint.link.world import World
from pystatelint.model.module import ModuleInput
from pystatelint.models.tables import load_tables

KNOWLEDGE: Knowledge = know(load_tables())
Files = Mapping[str, str]


def module(path: str, source: str) -> ModuleInput:
    """One module; files called ``test_*.py`` are tests."""
    text = dedent(source)
    stem = path.removesuffix(".py")
    package = stem.endswith("__init__")
    name = stem.removesuffix("/__init__").replace("/", ".")
    test = stem.rpartition("/")[2].startswith("test_")
    return ModuleInput(name, path, package, test, extract(ast.parse(text), text))


def modules(files: Files | str) -> tuple[ModuleInput, ...]:
    given = {"m.py": files} if isinstance(files, str) else files
    return tuple(module(path, source) for path, source in given.items())


def project(files: Files | str) -> Project:
    """The linked project of ``{path: source}``, or of one module ``m``."""
    return link(modules(files), KNOWLEDGE)


def world(files: Files | str) -> World:
    return new_world(modules(files), KNOWLEDGE)


def cell(found: Project, symbol: str) -> Cell:
    return next(each for each in found.cells if each.symbol == symbol)


def class_info(found: Project, symbol: str) -> ClassInfo:
    return next(each for each in found.classes if each.symbol == symbol)


def function(found: Project, symbol: str) -> FunctionInfo:
    return next(each for each in found.functions if each.symbol == symbol)


def write(each: Write) -> str:
    """``item self self.x[...] = ... in m.A.f .opts[]``."""
    inner = "".join(each.inner)
    line = f"{each.action.value} {each.receiver.value} {each.text} in {each.function}"
    return f"{line} {inner}" if inner else line


def writes(files: Files | str) -> dict[str, list[str]]:
    """The writes of every cell that has some."""
    return {
        each.symbol: [write(one) for one in each.writes]
        for each in project(files).cells
        if each.writes
    }


def written(files: Files | str) -> list[str]:
    """The cells that are written at run time."""
    return [each.symbol for each in project(files).cells if each.run_writes]


def phases(files: Files | str) -> dict[str, str]:
    """When each function can run."""
    return {
        each.symbol: " ".join(phase.value for phase in each.phases)
        for each in project(files).functions
    }


def returned(files: Files | str, symbol: str = "m.f") -> list[str]:
    """What a function may return."""
    linked = world(files)
    (sid,) = [sid for sid in linked.scopes if linked.symbol(sid) == symbol]
    return sorted(shown(linked, item) for item in linked.results(FunctionObject(sid)))


def shown(linked: World, item: Object) -> str:
    """One line per object."""
    match item:
        case ModuleObject(number):
            return f"module {linked.modules[number].name}"
        case ClassObject(sid):
            return f"class {linked.symbol(sid)}"
        case FunctionObject(sid, None):
            return f"function {linked.symbol(sid)}"
        case FunctionObject(sid, receiver) if receiver is not None:
            return f"method {linked.symbol(sid)} of {shown(linked, receiver)}"
        case InstanceObject(sid):
            return f"a {linked.symbol(sid)}"
        case _:
            return _referred(linked, item)


def _referred(linked: World, item: Object) -> str:
    match item:
        case CellObject(cell=key):
            return f"cell {linked.cell_symbol(key)}"
        case PartObject(cell=key, path=path):
            return f"part {linked.cell_symbol(key)}{''.join(path)}"
        case ParameterObject(index=index, path=path):
            return f"parameter {index}{''.join(path)}"
        case ExternalObject(dotted):
            return f"external {dotted}"
        case LibraryInstance(dotted):
            return f"a {dotted}"
        case MadeObject(shape=shape):
            return f"made {shape}"
        case MethodObject(receiver, name):
            return f"{shown(linked, receiver)}.{name}"
        case _:
            return item.__class__.__name__
