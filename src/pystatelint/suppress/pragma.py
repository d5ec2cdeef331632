"""Understand `# statelint:` comments."""

import datetime
import re
from collections.abc import Iterable, Iterator

import msgspec

from pystatelint.config.suggest import hint
from pystatelint.model.span import Span
from pystatelint.source.comments import Comment

ORDERS = ("ignore", "file-ignore", "disable", "enable")
_START = re.compile(r"(?:^|(?<=\s))#+\s*statelint\s*:\s*", re.IGNORECASE)
_ORDER = re.compile(r"(?P<order>[\w-]*)\s*(?:\[(?P<list>[^\]]*)\](?P<tail>.*))?")
_NEXT_COMMENT = re.compile(r"\s#\s")
_REASON = re.compile(r"(?:^|\s)--\s+\S")
_SEPARATOR = re.compile(r"[,\s]+")
_UNTIL = "until="
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Pragma(msgspec.Struct, frozen=True, kw_only=True):
    """What one `# statelint:` comment says.

    Attributes:
        order: one of `ORDERS`.
        comment: the comment that it stands in.
        span: from its hash to its end.
        selectors: codes, beginnings of codes or names, each once, as written.
        gives_reason: it says why.
        until: last day on which it holds; None without an end.
        problem: why it cannot be understood, or empty.
        remedy: how it could be, or empty.
    """

    order: str
    comment: Comment
    span: Span
    selectors: tuple[str, ...] = ()
    gives_reason: bool = False
    until: datetime.date | None = None
    problem: str = ""
    remedy: str = ""


def pragmas_in(comments: Iterable[Comment]) -> Iterator[Pragma]:
    """Yield every pragma; one comment may hold several, each with its own hash."""
    for comment in comments:
        starts = tuple(_START.finditer(comment.text))
        ends = (*(match.start() for match in starts[1:]), len(comment.text))
        # What looks like a pragma may be talk about one: then there is no start.
        for match, end in zip(starts, ends if starts else (), strict=True):
            whole = comment.text[match.start() : end].rstrip()
            said = comment.text[match.end() : end].rstrip()
            column = comment.column + match.start()
            span = Span(comment.line, column, comment.line, column + len(whole))
            yield _pragma(said, comment, span)


def _pragma(said: str, comment: Comment, span: Span) -> Pragma:
    match = _ORDER.match(said)
    order = match["order"] if match else ""
    if match is None or order not in ORDERS:
        return _misspelt(order, comment, span)
    tail = _NEXT_COMMENT.split(match["tail"] or "")[0]
    words = tuple(word for word in _SEPARATOR.split(match["list"] or "") if word)
    selectors = tuple(dict.fromkeys(word for word in words if not word.startswith(_UNTIL)))
    if not selectors:
        return _without_codes(order, comment, span)
    before_reason = _REASON.split(tail)[0]
    dates = tuple(word for word in (*words, *before_reason.split()) if word.startswith(_UNTIL))
    days = tuple(_day(word) for word in dates)
    if None in days:
        return _without_day(order, dates[days.index(None)], comment, span)
    return Pragma(
        order=order,
        comment=comment,
        span=span,
        selectors=selectors,
        gives_reason=bool(_REASON.search(tail)),
        until=min((day for day in days if day), default=None),
    )


def _day(word: str) -> datetime.date | None:
    text = word.removeprefix(_UNTIL)
    try:
        return datetime.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _misspelt(order: str, comment: Comment, span: Span) -> Pragma:
    problem = f"'# statelint: {order}' means nothing{hint(order, ORDERS)}"
    remedy = f"write one of {', '.join(f'{each}[...]' for each in ORDERS)}"
    return Pragma(order=order, comment=comment, span=span, problem=problem, remedy=remedy)


def _without_codes(order: str, comment: Comment, span: Span) -> Pragma:
    problem = f"'# statelint: {order}' names no code and has no effect"
    remedy = f"write '# statelint: {order}[HMS101] -- reason', with the code that is meant"
    return Pragma(order=order, comment=comment, span=span, problem=problem, remedy=remedy)


def _without_day(order: str, word: str, comment: Comment, span: Span) -> Pragma:
    problem = f"'{word}' names no day, and the suppression has no effect"
    remedy = "write the date as until=YYYY-MM-DD"
    return Pragma(order=order, comment=comment, span=span, problem=problem, remedy=remedy)
