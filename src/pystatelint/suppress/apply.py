"""Take away the findings that comments silence, and judge the comments."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from pystatelint.config.schema import Config
from pystatelint.model.finding import Finding
from pystatelint.model.rule import Rule
from pystatelint.model.span import Span
from pystatelint.source.comments import Comments
from pystatelint.suppress.catalogue import Catalogue, catalogue_for, named_by
from pystatelint.suppress.coverage import Coverage, coverage_of, hits_of, meets, silences
from pystatelint.suppress.directive import EVERYTHING, Directive, Syntax, Target
from pystatelint.suppress.extent import pragma_directives
from pystatelint.suppress.noqa import noqa_directives
from pystatelint.suppress.policy import FAMILY, flaws, is_expired, unused
from pystatelint.suppress.pragma import pragmas_in


class Suppressed(msgspec.Struct, frozen=True):
    """What suppressions leave.

    Attributes:
        kept: the findings that no comment silences, in the order given.
        policy: what is wrong with the comments themselves, in order of paths.
    """

    kept: tuple[Finding, ...]
    policy: tuple[Finding, ...]


def suppress(
    findings: Sequence[Finding],
    comments: Mapping[str, Comments],
    rules: Sequence[Rule],
    config: Config,
    cwd: Path,
    today: datetime.date,
    ran: frozenset[str] | None = None,
) -> Suppressed:
    """Take away what comments silence.

    Args:
        findings: what the rules found, and what the configuration selects of it.
        comments: by path, as `Finding.path` has it.
        rules: every rule there is, whether it took part or not.
        config: its selection and `require_reason`.
        cwd: what paths are relative to, absolute.
        today: compared with the dates of suppressions.
        ran: codes of the rules that took part; all rules if not given. What names
            others is never called unused.
    """
    took_part = frozenset(rule.code for rule in rules) if ran is None else ran
    files = {
        path: _understood(path, said, catalogue_for(path, rules, took_part, config, cwd), today)
        for path, said in sorted(comments.items())
        if said != Comments()
    }
    by_path: dict[str, list[Finding]] = {path: [] for path in files}
    for finding in findings:
        by_path.get(finding.path, []).append(finding)
    return Suppressed(
        tuple(each for each in findings if not _is_silenced(each, files.get(each.path))),
        tuple(
            flaw
            for path, file in files.items()
            for flaw in _policy(file, by_path[path], config, today)
        ),
    )


def silencer_of(
    finding: Finding,
    said: Comments,
    rules: Sequence[Rule],
    config: Config,
    cwd: Path,
    today: datetime.date,
) -> Span | None:
    """Return the first comment of its file that silences a finding; None if none does.

    Args:
        finding: what a rule found and the configuration selects.
        said: the comments of its file.
        rules: every rule there is.
        config: its selection counts.
        cwd: what paths are relative to, absolute.
        today: compared with the dates of suppressions.
    """
    every = frozenset(rule.code for rule in rules)
    catalogue = catalogue_for(finding.path, rules, every, config, cwd)
    file = _understood(finding.path, said, catalogue, today)
    if file.is_silent:
        return Span(said.whole_file, 0, said.whole_file, 0)
    for directive in file.directives:
        live = set(directive.targets).intersection(file.live)
        if not is_expired(directive, today) and silences(coverage_of(live), finding):
            return directive.span
    return None


class _File(msgspec.Struct, frozen=True):
    path: str
    catalogue: Catalogue
    directives: tuple[Directive, ...]
    live: tuple[Target, ...]
    coverage: Coverage
    is_silent: bool


def _understood(path: str, said: Comments, catalogue: Catalogue, today: datetime.date) -> _File:
    pragmas = tuple(pragmas_in(said.pragmas))
    found = (*pragma_directives(pragmas), *noqa_directives(said.noqa_groups))
    directives = tuple(sorted(found, key=lambda each: each.span))
    live = tuple(
        target
        for each in directives
        if not is_expired(each, today)
        for target in each.targets
        if target.selector == EVERYTHING or named_by(target.selector, catalogue)
    )
    return _File(path, catalogue, directives, live, coverage_of(live), said.whole_file > 0)


def _is_silenced(finding: Finding, file: _File | None) -> bool:
    if file is None:
        return False
    return file.is_silent or silences(file.coverage, finding)


def _policy(
    file: _File, findings: Sequence[Finding], config: Config, today: datetime.date
) -> Iterator[Finding]:
    """Yield what is wrong with a file's comments and is not silenced by their like."""
    if file.is_silent:
        return
    judged = tuple(each for each in file.directives if each.syntax is not Syntax.STRING)
    hits = hits_of(findings)
    idle = unused(
        tuple(each for each in judged if not is_expired(each, today)),
        file.path,
        file.catalogue,
        lambda target: meets(target, hits),
    )
    judges = coverage_of(each for each in file.live if each.selector and _is_policy(each, file))
    found = (*flaws(judged, file.path, file.catalogue, config, today), *idle)
    for flaw in sorted(found, key=lambda each: (each.span, each.code, each.message)):
        if not silences(judges, flaw):
            yield flaw


def _is_policy(target: Target, file: _File) -> bool:
    named = named_by(target.selector, file.catalogue)
    return all(rule.code.startswith(FAMILY) for rule in named)
