"""One module by itself: the view of flake8 and of an editor on a lone file."""

import ast
from pathlib import Path

import msgspec

from pystatelint.engine.linked import linked
from pystatelint.engine.pipeline import Run, report_on, undisturbed
from pystatelint.engine.shipped import shipped_knowledge
from pystatelint.engine.sources import Broken, Loaded, facts_of, module_of, stand_in
from pystatelint.errors import SourceError
from pystatelint.facts.extract import extract
from pystatelint.link.project import Project
from pystatelint.model.report import Report
from pystatelint.models.known import is_known_base
from pystatelint.models.tables import Tables
from pystatelint.source.discover import FoundFile
from pystatelint.source.read import SourceFile, source_of_text


def run_module(request: Run, text: str, filename: str, tree: object | None) -> Report:
    """Carry out a run on one module.

    Only rules that one module can decide take part, so that a lone file is never
    accused of more than the whole project is.

    Args:
        request: its paths do not count.
        text: the source of the module.
        filename: its path, relative to the working directory or absolute.
        tree: the `ast.Module` of `text`, if the caller has it already.
    """
    found = stand_in(filename, request.cwd)
    alone = msgspec.structs.replace(request, alone=True)
    with undisturbed():
        loaded = _loaded(source_of_text(text, found.shown), tree, found, request)
        knowledge = shipped_knowledge()
        project = linked(loaded, knowledge, request.config, request.cwd)
        project = proven_alone(project, knowledge.tables)
        return report_on(alone, loaded, project, frozenset({found.shown}))


def proven_alone(project: Project, tables: Tables) -> Project:
    """Leave out the classes with a base that stands elsewhere, and what belongs to them.

    What that base binds on each instance, or makes of an attribute, one file does not tell.
    """
    own = frozenset(each.symbol for each in project.classes)
    unproven = frozenset(
        each.symbol
        for each in project.classes
        if not all(base in own or is_known_base(tables, base) for base in each.ancestors)
    )
    if not unproven:
        return project
    return msgspec.structs.replace(
        project,
        cells=tuple(each for each in project.cells if each.owner not in unproven),
        classes=tuple(each for each in project.classes if each.symbol not in unproven),
        functions=tuple(each for each in project.functions if each.owner not in unproven),
        descriptor_stores=tuple(
            each for each in project.descriptor_stores if each.owner not in unproven
        ),
    )


def _loaded(source: SourceFile, tree: object | None, found: FoundFile, request: Run) -> Loaded:
    try:
        facts = extract(tree, source.text) if isinstance(tree, ast.Module) else facts_of(source)
    except SourceError as error:
        return Loaded((), {}, (Broken(found.shown, error, source.text),))
    name = Path(found.absolute).stem
    module = module_of(found, name, facts, request.config, request.cwd)
    return Loaded((module,), {found.shown: source.text})
