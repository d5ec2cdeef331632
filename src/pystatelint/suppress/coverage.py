"""Answer for many targets and many findings at once which of them meet."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

import msgspec

from pystatelint.model.finding import Finding
from pystatelint.suppress.directive import Target


class _Lines(msgspec.Struct, frozen=True):
    """Ranges of lines: where each begins, sorted, and how far those up to it reach."""

    firsts: tuple[int, ...]
    reaches: tuple[int, ...]


class Coverage(msgspec.Struct, frozen=True):
    """Selector -> the lines that it is silenced on."""

    lines: dict[str, _Lines]


class Hits(msgspec.Struct, frozen=True):
    """Code and name of a rule -> the lines that it reports on, sorted."""

    lines: dict[tuple[str, str], tuple[int, ...]]


def coverage_of(targets: Iterable[Target]) -> Coverage:
    """Return where the targets silence what."""
    found: dict[str, list[Target]] = {}
    for target in targets:
        found.setdefault(target.selector, []).append(target)
    return Coverage({selector: _lines_of(each) for selector, each in found.items()})


def silences(coverage: Coverage, finding: Finding) -> bool:
    """Say whether a target is about a finding: by its first line and its rule."""
    return any(
        _names(selector, finding.code, finding.name) and _holds(lines, finding.span.line)
        for selector, lines in coverage.lines.items()
    )


def hits_of(findings: Iterable[Finding]) -> Hits:
    """Return what is reported where."""
    found: dict[tuple[str, str], list[int]] = {}
    for finding in findings:
        found.setdefault((finding.code, finding.name), []).append(finding.span.line)
    return Hits({rule: tuple(sorted(lines)) for rule, lines in found.items()})


def meets(target: Target, hits: Hits) -> bool:
    """Say whether there is a finding for a target to silence."""
    return any(
        _names(target.selector, *rule)
        and bisect_left(lines, target.first_line) < bisect_right(lines, target.last_line)
        for rule, lines in hits.lines.items()
    )


def _names(selector: str, code: str, name: str) -> bool:
    return code.startswith(selector) or name == selector


def _lines_of(targets: Iterable[Target]) -> _Lines:
    ranges = sorted((each.first_line, each.last_line) for each in targets)
    reaches = accumulate((last for _, last in ranges), max)
    return _Lines(tuple(first for first, _ in ranges), tuple(reaches))


def _holds(lines: _Lines, line: int) -> bool:
    begun = bisect_right(lines.firsts, line)
    return begun > 0 and line <= lines.reaches[begun - 1]
