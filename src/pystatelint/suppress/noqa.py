"""Understand `noqa` comments exactly as flake8 does.

flake8 looks at the text of a group of lines, strings included; the first `noqa` in it
counts. A list of codes that it cannot read makes the comment silence everything.
"""

import re
from collections.abc import Iterable, Iterator

from pystatelint.model.span import Span
from pystatelint.source.comments import LineGroup
from pystatelint.suppress.directive import EVERYTHING, Directive, Syntax, Target

_NOQA = re.compile(r"# noqa(?::\s?(?P<codes>(?:[A-Z]+[0-9]+[,\s]*)+))?", re.IGNORECASE)
_OURS = re.compile(r"\bHMS[0-9]+", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,\s]+")
_LETTER = re.compile(r"[^\W\d_]")
# As in `# type: ignore`, `# pylint: disable=...`, `# pyre-ignore[...]` and `# nosec`.
_FOR_A_TOOL = re.compile(r"\s*[\w-]+\s*(?:[:=\[]|$)")


def noqa_directives(groups: Iterable[LineGroup]) -> Iterator[Directive]:
    """Yield what each group's `noqa` says; of its codes, those that are ours."""
    for group in groups:
        match = _NOQA.search(group.text)
        if match:
            yield _directive(group, match)


def _directive(group: LineGroup, match: re.Match[str]) -> Directive:
    span = _span(group, match)
    listed = match["codes"]
    if listed is None:
        return _blanket(group, match, span)
    ours = dict.fromkeys(code for code in _SEPARATOR.split(listed) if _OURS.fullmatch(code))
    return Directive(
        syntax=_syntax(group, match),
        span=span,
        targets=tuple(Target(code, group.first_line, group.last_line) for code in ours),
        gives_reason=_gives_reason(_rest_of_line(group, match)),
    )


def _rest_of_line(group: LineGroup, match: re.Match[str]) -> str:
    return group.text[match.start() :].partition("\n")[0][len(match[0]) :]


def _gives_reason(rest: str) -> bool:
    """Say whether there is prose behind the codes, or in a further comment."""
    behind, *further = rest.split("#")
    prose = (behind, *(each for each in further if not _FOR_A_TOOL.match(each)))
    return any(_LETTER.search(each) for each in prose)


def _blanket(group: LineGroup, match: re.Match[str], span: Span) -> Directive:
    meant = tuple(_OURS.findall(_rest_of_line(group, match)))
    return Directive(
        syntax=_syntax(group, match),
        span=span,
        targets=(Target(EVERYTHING, group.first_line, group.last_line),),
        problem="flake8 cannot read the codes of this noqa and silences everything"
        if meant
        else "",
        remedy=f"write '# noqa: {', '.join(meant)}'" if meant else "",
    )


def _syntax(group: LineGroup, match: re.Match[str]) -> Syntax:
    return Syntax.NOQA if match.start() >= group.comment else Syntax.STRING


def _span(group: LineGroup, match: re.Match[str]) -> Span:
    before = group.text[: match.start()]
    line = group.first_line + before.count("\n")
    column = len(before) - before.rfind("\n") - 1
    text = match[0].partition("\n")[0].rstrip().rstrip(",")
    return Span(line, column, line, column + len(text))
