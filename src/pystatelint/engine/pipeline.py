"""Paths become a report: the only place that names every stage of a run."""

import datetime
import gc
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path

import msgspec

from pystatelint.config.schema import Config
from pystatelint.engine.account import Court, OpinionOn, explained
from pystatelint.engine.fingerprint import fingerprinted
from pystatelint.engine.judge import judge
from pystatelint.engine.libraries import knowledge_with
from pystatelint.engine.linked import linked, linked_and_told
from pystatelint.engine.question import cells_meant
from pystatelint.engine.sources import Loaded, StdinSource, load, select
from pystatelint.engine.unreadable import unreadable
from pystatelint.inference.deep import Clock
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, Phase
from pystatelint.model.explanation import Explanation
from pystatelint.model.finding import Finding
from pystatelint.model.report import LedgerRow, Report
from pystatelint.model.rule import Rule, Scope
from pystatelint.source.comments import Comments, comments_of, speaks_to_us
from pystatelint.source.parse import deep_recursion
from pystatelint.suppress.apply import suppress

Progress = Callable[[int, int], None]


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What one run is asked to do.

    Attributes:
        paths: files and folders, relative to `cwd` or absolute.
        config: the effective configuration.
        cwd: the working directory, absolute.
        rules: every rule there is.
        libraries: folders that hold the libraries which the project has installed.
        clock: returns seconds, for what has a bound of time; None leaves it out.
        alone: only rules that one module can decide take part.
        today: the date that expiries of suppressions are compared with.
        stdin: source given on standard input.
    """

    paths: tuple[Path, ...]
    config: Config
    cwd: Path
    rules: tuple[Rule, ...]
    today: datetime.date
    stdin: StdinSource | None = None
    libraries: tuple[str, ...] = ()
    clock: Clock | None = None
    alone: bool = False

    @property
    def taking_part(self) -> tuple[Rule, ...]:
        """Return the rules that take part."""
        if not self.alone:
            return self.rules
        return tuple(rule for rule in self.rules if rule.scope is Scope.MODULE)


def run(request: Run, progress: Progress | None = None) -> Report:
    """Carry out a run.

    Args:
        request: what to do.
        progress: called with the number of files done and of all files.

    Raises:
        UsageError: a path does not exist.
    """
    with undisturbed():
        selection = select(request.paths, request.config, request.cwd, request.stdin)
        loaded = load(selection, request.config, request.cwd, progress)
        knowledge = knowledge_with(request.libraries, loaded.modules, request.clock)
        project = linked(loaded, knowledge, request.config, request.cwd)
        return report_on(request, loaded, project, selection.reported)


def explain(
    request: Run, question: str, opinion_on: OpinionOn, progress: Progress | None = None
) -> Explanation:
    """Carry out a run, and say of some cells why they are reported or not.

    Args:
        request: what to do; every file that is read counts as reported on.
        question: ``PATH:LINE`` or the end of a cell's qualified name.
        opinion_on: what a rule makes of a cell.
        progress: called with the number of files done and of all files.

    Raises:
        UsageError: a path does not exist, or the question means no cell.
    """
    with undisturbed():
        selection = select(request.paths, request.config, request.cwd, request.stdin)
        loaded = load(selection, request.config, request.cwd, progress)
        knowledge = knowledge_with(request.libraries, loaded.modules, request.clock)
        project, whys = linked_and_told(loaded, knowledge, request.config, request.cwd)
        court = Court(
            rules=request.rules,
            opinion_on=opinion_on,
            config=request.config,
            cwd=request.cwd,
            today=request.today,
            texts=loaded.texts,
            whys=whys,
        )
        told = explained(cells_meant(question, project, loaded, request.cwd), project, court)
        return msgspec.structs.replace(told, errors=(*loaded.errors, *told.errors))


def report_on(request: Run, loaded: Loaded, project: Project, reported: frozenset[str]) -> Report:
    """Judge a linked project, and heed what the source says of the findings."""
    config = request.config
    judged = judge(project, request.taking_part, config, request.cwd, reported)
    broken = [each for each in loaded.broken if each.path in reported]
    found = (*judged.findings, *unreadable(broken, request.rules, config, request.cwd))
    kept = heeded(request, loaded, found, reported)
    return Report(
        findings=tuple(fingerprinted(kept, loaded.texts)),
        errors=(*loaded.errors, *judged.errors),
        ledger=tuple(ledger_row(cell) for cell in project.cells if cell.path in reported),
        files=len(reported),
        linked=len(loaded.modules) + len(loaded.broken) + len(loaded.errors),
    )


def heeded(
    request: Run, loaded: Loaded, found: Sequence[Finding], reported: frozenset[str]
) -> tuple[Finding, ...]:
    """Return what suppressions leave of the findings, and what is wrong with them, in order."""
    result = suppress(
        tuple(found),
        comments_at_stake(request, loaded, {each.path for each in found}, reported),
        request.rules,
        request.config,
        request.cwd,
        request.today,
        frozenset(rule.code for rule in request.taking_part),
    )
    # No rule has looked into a broken file: what its comments are good for is not known.
    broken = {each.path for each in loaded.broken}
    policy = (each for each in result.policy if each.path not in broken)
    return tuple(
        sorted(
            (*result.kept, *policy),
            key=lambda each: (each.path, each.span, each.code, each.symbol),
        )
    )


def comments_at_stake(
    request: Run, loaded: Loaded, concerned: AbstractSet[str], reported: frozenset[str]
) -> dict[str, Comments]:
    """Return the comments of the files with findings, and of those that must be judged without."""
    broken = {each.path: each.text for each in loaded.broken}
    comments = {
        path: comments_of(text)
        for path, text in (loaded.texts | broken).items()
        if path in concerned or (path in reported and speaks_to_us(text))
    }
    if request.alone:
        return {path: without_noqa(each) for path, each in comments.items()}
    return comments


def without_noqa(comments: Comments) -> Comments:
    """Return only our own pragmas: in its view of a lone file, flake8 heeds noqa itself."""
    return msgspec.structs.replace(comments, noqa_groups=(), whole_file=0)


def ledger_row(cell: Cell) -> LedgerRow:
    """Return one row of the ledger."""
    running = cell.run_writes
    at_import = [
        write
        for write in cell.writes
        if Phase.IMPORT in write.phases and Phase.RUN not in write.phases
    ]
    return LedgerRow(
        symbol=cell.symbol,
        module=cell.module,
        kind=cell.kind.value,
        path=cell.path,
        line=cell.span.line,
        value=cell.value.dotted or cell.value.kind,
        mutable=bool(cell.value.mutable),
        verdict=cell.verdict.value,
        run_writes=len(running),
        import_writes=len(at_import),
        other_writes=len(cell.writes) - len(running) - len(at_import),
        writers=tuple(sorted({write.function for write in running})),
    )


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let recursion go deep and keep the cycle collector out: a run makes no cycles."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        with deep_recursion():
            yield
    finally:
        if collecting:
            gc.enable()
