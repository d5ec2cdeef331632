"""Report what is wrong with the comments that silence findings."""

import datetime
from collections.abc import Callable, Iterator, Sequence

from pystatelint.config.schema import Config
from pystatelint.model.finding import Finding
from pystatelint.suppress.catalogue import Catalogue, is_judged, named_by, nearest_rule
from pystatelint.suppress.directive import Directive, Target

UNUSED = "HMS001"
WITHOUT_REASON = "HMS002"
UNKNOWN_CODE = "HMS005"
EXPIRED = "HMS006"
FAMILY = "HMS0"
"""What the codes of all rules about comments begin with."""


def flaws(
    directives: Sequence[Directive],
    path: str,
    catalogue: Catalogue,
    config: Config,
    today: datetime.date,
) -> Iterator[Finding]:
    """Yield what is wrong with comments, whether they silence anything or not."""
    for each in directives:
        if each.problem:
            yield from _finding(UNKNOWN_CODE, each, path, catalogue, each.problem, each.remedy)
        yield from _unknown(each, path, catalogue)
        if is_expired(each, today):
            message = f"this suppression ended on {each.until}"
            remedy = "cure what was put off, or give a later date"
            yield from _finding(EXPIRED, each, path, catalogue, message, remedy)
        if config.require_reason and each.targets and not each.gives_reason:
            message = "this suppression does not say why"
            remedy = "add ' -- ' and the reason to the comment"
            yield from _finding(WITHOUT_REASON, each, path, catalogue, message, remedy)


def unused(
    directives: Sequence[Directive],
    path: str,
    catalogue: Catalogue,
    is_used: Callable[[Target], bool],
) -> Iterator[Finding]:
    """Yield what silences nothing, as far as this run can tell."""
    for each in directives:
        if each.idle:
            yield from _finding(UNUSED, each, path, catalogue, each.idle, "delete the comment")
        for target in each.targets:
            if _can_be_unused(target, catalogue) and not is_used(target):
                selector = target.selector
                message = f"nothing is reported here as {selector}, but its next finding would hide"
                remedy = f"delete {selector} from the comment, or the whole comment"
                yield from _finding(UNUSED, each, path, catalogue, message, remedy)


def is_expired(directive: Directive, today: datetime.date) -> bool:
    """Say whether the last day of a suppression is over."""
    return directive.until is not None and directive.until < today


def _can_be_unused(target: Target, catalogue: Catalogue) -> bool:
    # A comment about comments would have to judge itself.
    named = named_by(target.selector, catalogue)
    return is_judged(target.selector, catalogue) and not any(
        rule.code.startswith(FAMILY) for rule in named
    )


def _unknown(directive: Directive, path: str, catalogue: Catalogue) -> Iterator[Finding]:
    for target in directive.targets:
        selector = target.selector
        if selector and not named_by(selector, catalogue):
            message = _why_unknown(selector, catalogue)
            remedy = "name the rules that are meant; 'statelint rule' lists them"
            yield from _finding(UNKNOWN_CODE, directive, path, catalogue, message, remedy)


def _why_unknown(selector: str, catalogue: Catalogue) -> str:
    if any(code.startswith(selector) for code in catalogue.rules):
        return f"'{selector}' stands for every rule, and no comment silences them all"
    return f"there is no rule '{selector}'{nearest_rule(selector, catalogue)}"


def _finding(
    code: str, directive: Directive, path: str, catalogue: Catalogue, message: str, remedy: str
) -> Iterator[Finding]:
    rule = catalogue.rules.get(code)
    if rule is not None and code in catalogue.active:
        yield Finding(
            code=code,
            name=rule.name,
            message=message,
            severity=rule.severity,
            confidence=rule.confidence,
            path=path,
            span=directive.span,
            symbol="",
            remedy=remedy,
        )
