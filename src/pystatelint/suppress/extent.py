"""Find the lines that each `# statelint:` comment holds for."""

from collections.abc import Iterator, Sequence

from pystatelint.suppress.directive import END_OF_FILE, Directive, Syntax, Target
from pystatelint.suppress.pragma import Pragma


def pragma_directives(pragmas: Sequence[Pragma]) -> Iterator[Directive]:
    """Yield what each pragma silences, and where.

    ``ignore`` at the end of a line holds for that line, on a line of its own for the
    statement that follows; ``disable`` up to the ``enable`` of the same selector.

    Args:
        pragmas: of one file, in order of their lines.
    """
    for index, pragma in enumerate(pragmas):
        yield Directive(
            syntax=Syntax.PRAGMA,
            span=pragma.span,
            targets=tuple(_targets(pragma, pragmas[index + 1 :])),
            gives_reason=pragma.gives_reason or pragma.order == "enable",
            until=pragma.until,
            problem=pragma.problem,
            remedy=pragma.remedy,
            idle=_idle(pragma, pragmas[:index]),
        )


def _targets(pragma: Pragma, later: Sequence[Pragma]) -> Iterator[Target]:
    comment = pragma.comment
    for selector in pragma.selectors:
        match pragma.order:
            case "ignore" if comment.own_line:
                yield Target(selector, comment.next_first, comment.next_last)
            case "ignore":
                yield Target(selector, comment.first_line, comment.last_line)
            case "file-ignore":
                yield Target(selector, 1, END_OF_FILE)
            case "disable":
                yield Target(selector, comment.first_line, _last_line(selector, later))
            case _:
                return


def _last_line(selector: str, later: Sequence[Pragma]) -> int:
    ends = (each.comment.line for each in later if _enables(each, selector))
    return next(ends, END_OF_FILE + 1) - 1


def _enables(pragma: Pragma, selector: str) -> bool:
    return pragma.order == "enable" and selector in pragma.selectors


def _idle(pragma: Pragma, earlier: Sequence[Pragma]) -> str:
    """Say what an ``enable`` ends that no ``disable`` began, or nothing."""
    if pragma.order != "enable":
        return ""
    open_now = {
        selector
        for index, each in enumerate(earlier)
        if each.order == "disable"
        for selector in each.selectors
        if not any(_enables(other, selector) for other in earlier[index + 1 :])
    }
    idle = ", ".join(each for each in pragma.selectors if each not in open_now)
    return f"no disable[{idle}] stands before this enable" if idle else ""
