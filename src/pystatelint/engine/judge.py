"""Which rules run, and what do they find?"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pystatelint.config.schema import Config
from pystatelint.config.selectors import config_for_file, decide, is_sure_enough, refusal
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.report import ErrorKind, ReportError
from pystatelint.model.rule import Rule

LEDGER_CODES = frozenset({"HMS190", "HMS290"})
"""Rules that only say that a cell is there; any other finding on the cell says more."""


class Judgement(msgspec.Struct, frozen=True):
    """What the rules found, and which of them failed."""

    findings: tuple[Finding, ...]
    errors: tuple[ReportError, ...]


def judge(
    project: Project, rules: Iterable[Rule], config: Config, cwd: Path, reported: frozenset[str]
) -> Judgement:
    """Run every rule that may report; keep what the configuration selects.

    A finding of the declared-stateless contract counts as selected unless the
    configuration says otherwise.
    """
    findings: list[Finding] = []
    errors: list[ReportError] = []
    for rule in rules:
        if rule.check is None or not wanted(rule, config):
            continue
        outcome = run_rule(rule, project, config)
        findings.extend(outcome.findings)
        errors.extend(outcome.errors)
    kept = [
        finding
        for finding in findings
        if finding.path in reported and not unwanted(finding, rules, config, cwd)
    ]
    return Judgement(tuple(without_echoes(kept)), tuple(errors))


def wanted(rule: Rule, config: Config) -> bool:
    """Whether a rule may report anything under this configuration."""
    return decide(rule.code, rule.name, rule.default or rule.contract, config)


def run_rule(rule: Rule, project: Project, config: Config) -> Judgement:
    """Run one rule; if it crashes, run it file by file and keep what the others give."""
    assert rule.check is not None  # the caller asked
    try:
        return Judgement(tuple(rule.check(project, config)), ())
    except Exception as error:  # noqa: BLE001  # one broken rule must not cost the others
        parts = _file_by_file(rule, project, config)
        if parts.errors:
            return parts
        # Each file alone is fine; what they are together is not.
        return Judgement(parts.findings, (_failure(rule, "", "the project", error),))


def _file_by_file(rule: Rule, project: Project, config: Config) -> Judgement:
    """Run a crashing rule on each file alone, to lose only the file that it crashes on."""
    assert rule.check is not None  # the caller asked
    findings: list[Finding] = []
    errors: list[ReportError] = []
    for _, path in project.modules:
        try:
            findings.extend(rule.check(narrowed(project, path), config))
        except Exception as error:  # noqa: BLE001  # one file must not cost the others
            errors.append(_failure(rule, path, path, error))
    return Judgement(tuple(findings), tuple(errors))


def _failure(rule: Rule, path: str, place: str, error: Exception) -> ReportError:
    what = " ".join(f"{type(error).__name__}: {error}".split())
    message = (
        f"{rule.code} ({rule.name}) failed on {place}: {what}; "
        f"please report it, and use --ignore {rule.code} until then"
    )
    return ReportError(ErrorKind.RULE, path, message)


def narrowed(project: Project, path: str) -> Project:
    """Return a project that holds the parts of one file only."""
    values = {name: getattr(project, name) for name in project.__struct_fields__}
    parts = {
        name: tuple(each for each in value if each.path == path)
        for name, value in values.items()
        if isinstance(value, tuple) and value and hasattr(value[0], "path")
    }
    return msgspec.structs.replace(project, **parts)


def unwanted(finding: Finding, rules: Iterable[Rule], config: Config, cwd: Path) -> str:
    """Return why the configuration leaves a finding out, by rule, file or confidence.

    Empty if it wants the finding.
    """
    if not is_sure_enough(finding.confidence, config):
        return f"its confidence is {finding.confidence.value}, and min-confidence higher"
    rule = next(each for each in rules if each.code == finding.code)
    default = rule.default or (rule.contract and finding.severity is Severity.ERROR)
    here = config_for_file(finding.path, config, cwd) if config.per_file_ignores else config
    reason = refusal(rule.code, rule.name, default, here)
    if reason and not refusal(rule.code, rule.name, default, config):
        return f"per-file-ignores names it for {finding.path}"
    return reason


def without_echoes(findings: list[Finding]) -> Iterator[Finding]:
    """Drop ledger findings where another finding on the same cell says more.

    In declared-stateless code each rule of the contract speaks for itself: there the
    ledger's finding is an error, and stays.
    """
    spoken = {each.symbol for each in findings if each.code not in LEDGER_CODES and each.symbol}
    for finding in findings:
        echo = finding.code in LEDGER_CODES and finding.severity is not Severity.ERROR
        if not (echo and finding.symbol in spoken):
            yield finding
