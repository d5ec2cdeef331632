"""Turn the bytes of a source file into text, by Python's own rules (PEP 263)."""

import codecs
import io
import re

from pystatelint.errors import SourceError

_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile(rb"\r\n?|\n")
_NEXT_STEP = "save it as UTF-8 or name its encoding in the first two lines"


def decoded(data: bytes) -> str:
    """Return the text of a source file with every line end as one line feed.

    Raises:
        SourceError: null bytes, an encoding that does not exist or does not fit the
            bytes, or a byte order mark that contradicts the declared encoding.
    """
    _refuse_null_bytes(data)
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start)
        byte = f"0x{data[error.start]:02x}"
        reason = f"byte {byte} is not valid {encoding}: {_NEXT_STEP}"
        raise SourceError(reason, line, column) from error
    except (LookupError, ValueError) as error:
        # A codec that exists without being one of text, such as rot13 or undefined.
        raise SourceError(f"'{encoding}' cannot decode source code: {_NEXT_STEP}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_null_bytes(data: bytes) -> None:
    if data.startswith(_UTF_16_MARKS):
        raise SourceError("it is encoded in UTF-16, which Python does not read: save it as UTF-8")
    offset = data.find(b"\0")
    if offset >= 0:
        line, column = _place(data, offset)
        raise SourceError("it contains null bytes: it is no source code", line, column)


def _encoding(data: bytes) -> str:
    if not data.startswith(codecs.BOM_UTF8) and b"coding" not in data[:1000]:
        return "utf-8"
    from tokenize import detect_encoding

    first, _, rest = data.partition(b"\n")
    try:
        return detect_encoding(io.BytesIO(data).readline)[0]
    except SyntaxError as error:
        line = 1 if b"coding" in first or not rest else 2
        raise SourceError(f"{error.msg}: {_NEXT_STEP}", line) from error


def _place(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset]
    ends = [match.end() for match in _LINE_END.finditer(before)]
    start = ends[-1] if ends else 0
    prefix = before[start:].decode("utf-8", "replace").removeprefix("\ufeff")
    return len(ends) + 1, len(prefix)
