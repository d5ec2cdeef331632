"""Find the lines that each `# statelint:` comment holds for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from pystatelint.suppress.directive import END_OF_FILE, Directive, Syntax, Target
from pystatelint.suppress.pragma import Pragma

Positions = Mapping[str, Sequence[int]]
"""Selector -> which pragmas of a file give an order about it, 0-based, in order."""


def pragma_directives(pragmas: Sequence[Pragma]) -> Iterator[Directive]:
    """Yield what each pragma silences, and where.

    ``ignore`` at the end of a line holds for that line, on a line of its own for the
    statement that follows; ``disable`` up to the ``enable`` of the same selector.

    Args:
        pragmas: of one file, in order of their lines.
    """
    begins, ends = _positions(pragmas, "disable"), _positions(pragmas, "enable")
    for index, pragma in enumerate(pragmas):
        yield Directive(
            syntax=Syntax.PRAGMA,
            span=pragma.span,
            targets=tuple(
                Target(selector, *lines)
                for selector in pragma.selectors
                if (lines := _lines(pragma, _end(pragmas, ends.get(selector, ()), index)))
            ),
            gives_reason=pragma.gives_reason or pragma.order == "enable",
            until=pragma.until,
            problem=pragma.problem,
            remedy=pragma.remedy,
            idle=_idle(pragma, index, begins, ends),
        )


def _positions(pragmas: Sequence[Pragma], order: str) -> Positions:
    found: dict[str, list[int]] = {}
    for index, pragma in enumerate(pragmas):
        if pragma.order == order:
            for selector in pragma.selectors:
                found.setdefault(selector, []).append(index)
    return found


def _end(pragmas: Sequence[Pragma], ends: Sequence[int], index: int) -> int:
    """Return the last line before the first of the ends that comes after a pragma."""
    following = bisect_right(ends, index)
    return pragmas[ends[following]].comment.line - 1 if following < len(ends) else END_OF_FILE


def _lines(pragma: Pragma, end: int) -> tuple[int, int] | None:
    """Return the first and the last line that a pragma holds for."""
    comment = pragma.comment
    match pragma.order:
        case "ignore" if comment.own_line:
            return comment.next_first, comment.next_last
        case "ignore":
            return comment.first_line, comment.last_line
        case "file-ignore":
            return 1, END_OF_FILE
        case "disable":
            return comment.first_line, end
        case _:
            return None


def _idle(pragma: Pragma, index: int, begins: Positions, ends: Positions) -> str:
    """Say what an ``enable`` ends that no ``disable`` began, or nothing."""
    if pragma.order != "enable":
        return ""
    idle = ", ".join(
        selector
        for selector in pragma.selectors
        if _latest(begins, selector, index) <= _latest(ends, selector, index)
    )
    return f"no disable[{idle}] stands before this enable" if idle else ""


def _latest(positions: Positions, selector: str, index: int) -> int:
    """Return which pragma before the given one gives the order last; -1 if none does."""
    earlier = positions.get(selector, ())
    before = bisect_left(earlier, index)
    return earlier[before - 1] if before else -1
