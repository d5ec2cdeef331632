"""Turn the bytes of a source file into text, by Python's own rules (PEP 263)."""

import codecs
import re

from pystatelint.errors import SourceError

_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile(rb"\r\n?|\n")
_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-.\w]+)")
_COMMENT = re.compile(rb"[ \t\f]*(?:#|$)")
_WITH_ENDINGS = ("utf-8", "latin-1", "iso-8859-1", "iso-latin-1")
# Nobody writes an encoding behind so many bytes; whole files need not be searched.
_FAR = 10_000
_NEXT_STEP = "save it as UTF-8 or name its encoding in the first two lines"


def decoded(data: bytes) -> str:
    """Return the text of a source file with every line end as one line feed.

    Raises:
        SourceError: null bytes, an encoding that does not exist or does not fit the
            bytes, or a byte order mark that contradicts the declared encoding.
    """
    body = data.removeprefix(codecs.BOM_UTF8)
    _refuse_null_bytes(body)
    encoding = _encoding(body, has_mark=len(body) < len(data))
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        line, column = _place(body, error.start)
        byte = f"0x{body[error.start]:02x}"
        reason = f"byte {byte} is not valid {encoding}: {_NEXT_STEP}"
        raise SourceError(reason, line, column) from error
    except (LookupError, ValueError) as error:
        # A codec that exists without being one of text, such as rot13 or undefined.
        raise SourceError(f"'{encoding}' cannot decode source code: {_NEXT_STEP}") from error
    return with_line_feeds(text)


def legible(data: bytes) -> str:
    """Return what can be read of a file, whatever its encoding: its ASCII, as a rule."""
    return with_line_feeds(data.decode("utf-8", "replace"))


def with_line_feeds(text: str) -> str:
    """Return the text with every line end as one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_null_bytes(data: bytes) -> None:
    if data.startswith(_UTF_16_MARKS):
        raise SourceError("it is encoded in UTF-16, which Python does not read: save it as UTF-8")
    offset = data.find(b"\0")
    if offset >= 0:
        line, column = _place(data, offset)
        raise SourceError("it contains null bytes: it is no source code", line, column)


def _encoding(body: bytes, *, has_mark: bool) -> str:
    line, declared = _cookie(body)
    if not declared:
        return "utf-8"
    try:
        name = codecs.lookup(declared).name
    except LookupError as error:
        raise SourceError(f"there is no encoding '{declared}': {_NEXT_STEP}", line) from error
    if has_mark and name != "utf-8":
        reason = f"its byte order mark says UTF-8, its cookie '{declared}': remove one of them"
        raise SourceError(reason, line)
    return declared


def _cookie(data: bytes) -> tuple[int, str]:
    """Return line and name of the declared encoding; the name is empty without one."""
    if b"coding" not in data[:_FAR]:
        return 1, ""
    for number, line in enumerate(_LINE_END.split(data[:_FAR], maxsplit=2)[:2], start=1):
        match = _COOKIE.match(line)
        if match:
            return number, _usual(match[1].decode("ascii", "replace"))
        if not _COMMENT.match(line):
            break
    return 1, ""


def _usual(name: str) -> str:
    """Return the name without what editors add for line ends, as in ``utf-8-unix``."""
    plain = name.lower().replace("_", "-")
    return next((each for each in _WITH_ENDINGS if plain.startswith(f"{each}-")), name)


def _place(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset]
    ends = [match.end() for match in _LINE_END.finditer(before)]
    start = ends[-1] if ends else 0
    prefix = before[start:].decode("utf-8", "replace")
    return len(ends) + 1, len(prefix)
