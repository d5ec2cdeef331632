"""One module by itself: the view of flake8 and of an editor on a lone file."""

import ast
from pathlib import Path

import msgspec

from pystatelint.engine.pipeline import Run, report_on, undisturbed
from pystatelint.engine.shipped import shipped_knowledge
from pystatelint.engine.sources import Broken, Loaded, facts_of, module_of, stand_in
from pystatelint.errors import SourceError
from pystatelint.facts.extract import extract
from pystatelint.link.build import link
from pystatelint.model.facts import ModuleFacts
from pystatelint.model.report import Report
from pystatelint.source.read import source_of


def run_module(request: Run, tree: object | None) -> Report:
    """Carry out a run on the one module in `request.stdin`.

    Only rules that one module can decide take part, so that a lone file is never
    accused of more than the whole project is.
    """
    assert request.stdin is not None  # the module to analyse
    found = stand_in(request.stdin, request.cwd)
    alone = msgspec.structs.replace(request, alone=True)
    with undisturbed():
        try:
            source = source_of(request.stdin.data, found.shown)
            facts = _facts(tree, source.text) or facts_of(source)
        except SourceError as error:
            return (
                Report(findings=(), files=1, linked=1)
                if tree
                else _broken(alone, found.shown, error)
            )
        name = Path(found.absolute).stem
        module = module_of(found, name, facts, request.config, request.cwd)
        project = link((module,), shipped_knowledge())
        loaded = Loaded((module,), {found.shown: source.text}, ())
        return report_on(alone, loaded, project, frozenset({found.shown}))


def _facts(tree: object | None, text: str) -> ModuleFacts | None:
    """Return the facts of a tree that the caller has parsed already."""
    return extract(tree, text) if isinstance(tree, ast.Module) else None


def _broken(request: Run, shown: str, error: SourceError) -> Report:
    """Return the report on a module that cannot be analysed."""
    loaded = Loaded((), {}, (Broken(shown, error),))
    empty = link((), shipped_knowledge())
    return report_on(request, loaded, empty, frozenset({shown}))
