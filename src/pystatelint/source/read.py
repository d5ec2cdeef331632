"""What is the text of a file? (PEP 263 encodings, byte order marks, line ends)"""

import hashlib
import io
import os
import stat
import tokenize
from pathlib import Path

import msgspec

from pystatelint.errors import SourceError


class SourceFile(msgspec.Struct, frozen=True):
    """One file as read.

    Attributes:
        path: as shown to users.
        text: its source; line ends as Python sees them, all ``\\n``.
        digest: BLAKE2b of the bytes, 16 bytes.
    """

    path: str
    text: str
    digest: bytes


def read_source(path: Path, shown: str) -> SourceFile:
    """Return a file's source.

    Args:
        path: the file.
        shown: how reports call it.

    Raises:
        SourceError: it is missing, unreadable, no plain file, or not decodable.
    """
    return source_of(read_bytes(path), shown)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a plain file; devices and pipes are never opened."""
    try:
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode):
            raise SourceError("cannot be read: it is not a plain file")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise SourceError(f"cannot be read: {error}") from error


def source_of(data: bytes, shown: str) -> SourceFile:
    """Return the source that bytes hold, from a file or standard input.

    Raises:
        SourceError: the bytes are not decodable, or hold null bytes.
    """
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise SourceError("holds a null byte, so it is no Python source", line)
    return SourceFile(shown, decoded(data), hashlib.blake2b(data, digest_size=16).digest())


def decoded(data: bytes) -> str:
    """Decode by byte order mark or PEP 263 cookie, UTF-8 without either."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"is not {error.encoding}: byte 0x{data[error.start]:02x} at offset {error.start}"
        raise SourceError(f"cannot be decoded: it {reason}", line) from error
    except (SyntaxError, LookupError) as error:
        raise SourceError(f"cannot be decoded: {error}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
