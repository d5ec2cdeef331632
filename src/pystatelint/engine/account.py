"""Why is a cell reported, or not?"""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from pystatelint.config.schema import Config
from pystatelint.engine.judge import run_rule, unwanted, without_echoes
from pystatelint.engine.question import Meant
from pystatelint.link.project import Project
from pystatelint.link.records import Cell, Write
from pystatelint.link.whys import Whys
from pystatelint.model.explanation import (
    CellAccount,
    Explanation,
    JudgedFinding,
    Opinion,
    Outcome,
    RuleAccount,
    WriteAccount,
)
from pystatelint.model.finding import Finding, Severity, Step, StepKind, rank
from pystatelint.model.rule import Rule
from pystatelint.source.comments import Comments, comments_of
from pystatelint.suppress.apply import silencer_of

OpinionOn = Callable[[Rule, Cell, Project, Config], Opinion | None]


class Court(msgspec.Struct, frozen=True, kw_only=True):
    """What findings are judged by.

    Attributes:
        rules: every rule there is.
        opinion_on: what a rule makes of a cell.
        config: the effective configuration.
        cwd: the working directory, absolute.
        today: the date that expiries of suppressions are compared with.
        texts: source of each file, by shown path.
        whys: tells why functions run.
    """

    rules: tuple[Rule, ...]
    opinion_on: OpinionOn
    config: Config
    cwd: Path
    today: datetime.date
    texts: Mapping[str, str]
    whys: Whys


def explained(meant: Meant, project: Project, court: Court) -> Explanation:
    """Return what is known of some cells, and what each rule made of them."""
    outcomes = tuple(
        run_rule(rule, project, court.config) for rule in court.rules if rule.check is not None
    )
    findings = tuple(finding for outcome in outcomes for finding in outcome.findings)
    symbols = {cell.symbol for cell in meant.cells}
    concerned = tuple(each for each in findings if each.symbol in symbols)
    elsewhere = tuple(
        each
        for each in findings
        if each.symbol not in symbols and (each.path, each.span.line) == meant.place
    )
    return Explanation(
        note=meant.note,
        cells=tuple(_cell(cell, concerned, project, court) for cell in meant.cells),
        others=tuple(each for each in judged(elsewhere, court) if not each.hidden),
        errors=tuple(error for outcome in outcomes for error in outcome.errors),
    )


def judged(findings: tuple[Finding, ...], court: Court) -> tuple[JudgedFinding, ...]:
    """Return what becomes of findings: each stage of a run is asked in turn.

    Args:
        findings: of all rules, on the same cells; some may speak for others.
        court: what they are judged by.
    """
    comments = {
        path: comments_of(court.texts.get(path, "")) for path in {each.path for each in findings}
    }
    out = [unwanted(each, court.rules, court.config, court.cwd) for each in findings]
    wanted = [each for each, reason in zip(findings, out, strict=True) if not reason]
    heard = tuple(without_echoes(wanted))
    bar = rank(Severity(court.config.fail_on))
    return tuple(
        JudgedFinding(
            finding=each,
            hidden=(hidden := reason or _hidden(each, heard, comments[each.path], court)),
            fails=not hidden and rank(each.severity) >= bar,
        )
        for each, reason in zip(findings, out, strict=True)
    )


def _hidden(finding: Finding, heard: tuple[Finding, ...], comments: Comments, court: Court) -> str:
    """Return why a finding that the configuration wants is not printed, or nothing."""
    if finding not in heard:
        return "another finding on the cell says more"
    comment = silencer_of(finding, comments, court.rules, court.config, court.cwd, court.today)
    return f"the comment at {finding.path}:{comment.line} silences it" if comment else ""


def _cell(cell: Cell, findings: tuple[Finding, ...], project: Project, court: Court) -> CellAccount:
    about = judged(tuple(each for each in findings if _is_about(each, cell)), court)
    rules = (_rule(rule, cell, about, project, court) for rule in court.rules)
    declared = (("Final", cell.final), ("ClassVar", cell.class_var))
    return CellAccount(
        symbol=cell.symbol,
        kind=cell.kind.value,
        path=cell.path,
        span=cell.span,
        bound=cell.bound,
        value=cell.value.dotted or cell.value.kind,
        mutable=cell.value.mutable,
        declared=tuple(word for word, holds in declared if holds),
        verdict=cell.verdict.value,
        writes=tuple(_write(write, court.whys) for write in cell.writes),
        escapes=_each_once(cell.escapes),
        vetoes=_each_once(cell.vetoes),
        shadows=cell.shadows,
        rules=tuple(each for each in rules if each is not None),
    )


def _is_about(finding: Finding, cell: Cell) -> bool:
    """Say whether a finding is on this cell, not on one of the same name in another file."""
    bound = [step.path for step in finding.trail if step.kind is StepKind.CELL]
    return finding.symbol == cell.symbol and (not bound or cell.path in bound)


def _each_once(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(dict.fromkeys(steps))


def _rule(
    rule: Rule, cell: Cell, about: tuple[JudgedFinding, ...], project: Project, court: Court
) -> RuleAccount | None:
    """Return what one rule made of a cell; None if it judges other things and found none."""
    findings = tuple(each for each in about if each.finding.code == rule.code)
    opinion = court.opinion_on(rule, cell, project, court.config)
    if opinion is None and not findings:
        return None
    return RuleAccount(
        code=rule.code,
        name=rule.name,
        outcome=_outcome(findings, opinion),
        left_to=opinion.left_to if opinion else "",
        silences=opinion.silences if opinion else (),
        findings=findings,
    )


def _outcome(findings: tuple[JudgedFinding, ...], opinion: Opinion | None) -> Outcome:
    if findings:
        printed = any(not each.hidden for each in findings)
        return Outcome.REPORTED if printed else Outcome.HIDDEN
    match opinion:
        case Opinion(reports=True):
            return Outcome.GROUPED
        case Opinion(left_to=code) if code:
            return Outcome.LEFT
        case _:
            return Outcome.SILENT


def _write(write: Write, whys: Whys) -> WriteAccount:
    because = ((phase.value, whys.of(write.function, phase)) for phase in write.phases)
    return WriteAccount(
        path=write.path,
        span=write.span,
        text=write.text,
        function=write.function,
        action=write.action.value,
        receiver=write.receiver.value,
        phases=tuple(phase.value for phase in write.phases),
        inner="".join(write.inner),
        aliases=write.aliases,
        guarded=write.guarded,
        from_parameter=write.from_parameter,
        reached_from=write.reached_from,
        because=tuple((phase, step) for phase, step in because if step is not None),
    )
