"""Find the comments that may silence findings, and the lines that each speaks for."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from io import StringIO
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from tokenize import TokenInfo

_PRAGMA = re.compile(r"#\s*statelint\s*:", re.IGNORECASE)
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_NOQA = re.compile(r"# noqa", re.IGNORECASE)
_NOQA_FILE = re.compile(r"\s*# flake8[:=]\s*noqa", re.IGNORECASE)


class LineGroup(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Physical lines that count as one for suppressions.

    That is a single line as a rule, also inside brackets; more only as far as a string
    or a backslash joins them.

    Attributes:
        first_line: 1-based.
        last_line: 1-based, inclusive.
        text: all these lines, line ends included.
        comment: offset of the comment in `text`, 0-based; of its end if there is none.
    """

    first_line: int
    last_line: int
    text: str
    comment: int


class Comment(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One comment that speaks to us.

    Attributes:
        line: 1-based.
        column: 0-based, in code points.
        text: from the hash to the end of the line.
        own_line: nothing but white space stands before it.
        first_line: first line of its group of lines, 1-based.
        last_line: last line of its group, inclusive.
        next_first: first line of the statement that follows, 1-based; decorators belong
            to their definition. Inside of brackets: of the element that follows.
        next_last: last line of that element or statement, of its header if it holds
            others; less than `next_first` if nothing follows.
    """

    line: int
    column: int
    text: str
    own_line: bool
    first_line: int
    last_line: int
    next_first: int
    next_last: int


class Comments(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a file says about its own findings.

    Attributes:
        pragmas: the comments with ``statelint:`` in them.
        noqa_groups: the groups of lines with ``noqa`` in their text, be it in a string:
            flake8 looks at text.
        whole_file: line of a ``flake8: noqa`` comment, 1-based; 0 without one.
    """

    pragmas: tuple[Comment, ...] = ()
    noqa_groups: tuple[LineGroup, ...] = ()
    whole_file: int = 0


class _Extent(msgspec.Struct, frozen=True):
    first: int
    last: int


def speaks_to_us(text: str) -> bool:
    """Say whether comments of a file must be judged even if it has no findings.

    Cutting a file into tokens takes as long as parsing it; a file without findings
    that holds only other tools' ``noqa`` can do without.
    """
    return bool(_PRAGMA.search(text)) or ("HMS" in text.upper() and "noqa" in text.lower())


def comments_of(text: str) -> Comments:
    """Return what may silence findings in a file.

    From where a file cannot be cut into tokens, the lines that begin like a pragma
    count; they may stand in a string, and no statement follows them.

    Args:
        text: its source, every line end one line feed.
    """
    if not (_PRAGMA.search(text) or "noqa" in text.lower()):
        return Comments()
    lines = StringIO(text).readlines()
    tokens = tuple(_tokens(lines))
    groups = tuple(_groups(tokens, lines))
    return Comments(
        pragmas=(*_pragmas(tokens, groups), *_pragmas_below(tokens, lines)),
        noqa_groups=tuple(group for group in groups if _NOQA.search(group.text)),
        whole_file=next((n for n, line in enumerate(lines, 1) if _NOQA_FILE.match(line)), 0),
    )


def _tokens(lines: Sequence[str]) -> "Iterator[TokenInfo]":
    from tokenize import TokenError, generate_tokens

    following = iter(lines)
    try:
        yield from generate_tokens(lambda: next(following, ""))
    except (TokenError, SyntaxError):
        # The parser reports what is wrong.
        return


def _groups(tokens: "Sequence[TokenInfo]", lines: Sequence[str]) -> Iterator[LineGroup]:
    """Cut where flake8 does: at every line end that is a token."""
    from tokenize import COMMENT, DEDENT, ENDMARKER, NEWLINE, NL

    first = last = 0
    length = 0
    for token in tokens:
        if token.type in {DEDENT, ENDMARKER}:
            continue
        first = first or token.start[0]
        last = max(last, token.end[0])
        if token.type == COMMENT:
            length = len(token.string)
        if token.type in {NEWLINE, NL}:
            text = "".join(lines[first - 1 : last])
            yield LineGroup(first, last, text, len(text.rstrip("\n")) - length)
            first = last = length = 0


def _pragmas(tokens: "Sequence[TokenInfo]", groups: Sequence[LineGroup]) -> Iterator[Comment]:
    from tokenize import COMMENT

    found = tuple(
        token for token in tokens if token.type == COMMENT and _PRAGMA.search(token.string)
    )
    code = tuple(_code(tokens)) if found else ()
    extents = tuple(_extents(code))
    ends = tuple(_ends_of_elements(code))
    for token in found:
        line, column = token.start
        group = _group_of(groups, line)
        following = _following(token.start, code, extents, ends)
        yield Comment(
            line=line,
            column=column,
            text=token.string,
            own_line=not token.line[:column].strip(),
            first_line=group.first_line if group else line,
            last_line=group.last_line if group else line,
            next_first=max(line + 1, following.first),
            next_last=following.last,
        )


def _pragmas_below(tokens: "Sequence[TokenInfo]", lines: Sequence[str]) -> Iterator[Comment]:
    """Yield the pragmas after the last token, if it is not the end of the file."""
    from tokenize import ENDMARKER

    last = tokens[-1] if tokens else None
    if last is not None and last.type == ENDMARKER:
        return
    seen = last.end[0] if last is not None else 0
    for number, line in enumerate(lines[seen:], seen + 1):
        text = line.strip()
        if text.startswith("#") and _PRAGMA.search(text):
            column = line.index("#")
            yield Comment(number, column, text, True, number, number, number + 1, number)


def _code(tokens: "Sequence[TokenInfo]") -> "Iterator[TokenInfo]":
    from tokenize import COMMENT, DEDENT, ENDMARKER, INDENT, NL

    without = {COMMENT, DEDENT, ENDMARKER, INDENT, NL}
    return (token for token in tokens if token.type not in without)


def _extents(code: "Sequence[TokenInfo]") -> Iterator[_Extent]:
    """Yield first and last line of every statement, or of its header."""
    from tokenize import NEWLINE

    first = 0
    opening = ""
    for token in code:
        first = first or token.start[0]
        opening = opening or token.string
        if token.type == NEWLINE:
            # A decorator is the beginning of what it decorates.
            if opening != "@":
                yield _Extent(first, token.start[0])
                first = 0
            opening = ""


def _following(
    place: tuple[int, int],
    code: "Sequence[TokenInfo]",
    extents: Sequence[_Extent],
    ends: Sequence[int],
) -> _Extent:
    """Return what follows a comment; it ends before it begins if nothing does."""
    from tokenize import NEWLINE

    line = place[0]
    index = bisect_left(code, place, key=attrgetter("start"))
    around = {token.type for token in code[max(index - 1, 0) : index + 1]}
    if 0 < index < len(code) and NEWLINE not in around:
        last = code[ends[index]].end[0] if ends[index] >= index else line
        return _Extent(code[index].start[0], last)
    statement = bisect_left(extents, line, key=attrgetter("last"))
    return extents[statement] if statement < len(extents) else _Extent(line + 1, line)


def _ends_of_elements(code: "Sequence[TokenInfo]") -> Sequence[int]:
    """Return for each token the last one of what begins there inside of brackets.

    That is the next comma of these brackets, or what stands before their end; the token
    before, where nothing begins. It is for every token at once, and so from the end,
    because comments inside of one bracket may be many.
    """
    from tokenize import OP

    ends: list[int] = []
    around = [len(code) - 1]
    for index in range(len(code) - 1, -1, -1):
        sign = code[index].string if code[index].type == OP else ""
        if sign in _CLOSING:
            around.append(index - 1)
        elif sign in _OPENING and len(around) > 1:
            around.pop()
        elif sign == ",":
            around[-1] = index
        ends.append(around[-1])
    return ends[::-1]


def _group_of(groups: Sequence[LineGroup], line: int) -> LineGroup | None:
    index = bisect_left(groups, line, key=attrgetter("last_line"))
    return groups[index] if index < len(groups) else None
