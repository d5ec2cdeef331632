"""The stages of the engine as the benchmark calls them: the only file that knows how."""

from collections.abc import Iterable
from pathlib import Path

from pystatelint.config.schema import Config
from pystatelint.facts.extract import extract
from pystatelint.link.build import link
from pystatelint.link.knowledge import Knowledge, know
from pystatelint.link.project import Project
from pystatelint.model.module import ModuleInput
from pystatelint.model.module_facts import ModuleFacts
from pystatelint.models.tables import load_tables
from pystatelint.rules import ALL_RULES
from pystatelint.source.parse import parse
from pystatelint.source.read import SourceFile, read_bytes, source_of

__all__ = ["extract", "knowledge", "link", "module_input", "parse", "read_source", "ruled"]


def read_source(path: Path, shown: str) -> SourceFile:
    """Return one file as the engine reads it."""
    return source_of(read_bytes(path), shown)


def knowledge() -> Knowledge:
    """Return what is loaded once per run, whatever the size of the project."""
    return know(load_tables())


def module_input(path: Path, facts: ModuleFacts) -> ModuleInput:
    """Return one module as the linker gets it; the path begins at the import root."""
    package = path.name == "__init__.py"
    name = ".".join((path.parent if package else path.with_suffix("")).parts)
    return ModuleInput(name, path.as_posix(), package, test=False, facts=facts)


def ruled(project: Project) -> Iterable[object]:
    """Return what the default set finds in a linked project."""
    options = Config()
    checks = (rule.check for rule in ALL_RULES if rule.default and rule.check)
    return tuple(finding for check in checks for finding in check(project, options))
