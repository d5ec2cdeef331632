"""Read one source file into memory, whatever the path turns out to be."""

import os
import stat

import msgspec

from pystatelint.errors import SourceError
from pystatelint.source.decode import decoded, with_line_feeds

_MARK = "\ufeff"
# Without it, opening a pipe that nobody writes to would wait for ever.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class SourceFile(msgspec.Struct, frozen=True):
    """A file that was read and decoded.

    Attributes:
        path: as shown to users: relative to the working directory, forward slashes.
        text: its source, without byte order mark, every line end one line feed, so
            that line numbers are those of `ast`.
    """

    path: str
    text: str


def source_of(data: bytes, shown: str) -> SourceFile:
    """Make a record of bytes, from a file or from standard input.

    Args:
        data: the bytes as a file holds them.
        shown: what users know the file by; it need not exist.

    Raises:
        SourceError: the bytes cannot be decoded.
    """
    return SourceFile(shown, decoded(data))


def source_of_text(text: str, shown: str) -> SourceFile:
    """Make a record of text that somebody else has decoded, whatever its cookie says.

    Args:
        text: the source.
        shown: what users know the file by; it need not exist.
    """
    return SourceFile(shown, with_line_feeds(text.removeprefix(_MARK)))


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Return the content of a regular file; pipes and devices are never read.

    Raises:
        SourceError: there is no such file, or it cannot be read.
    """
    try:
        kind = os.stat(path).st_mode
        if not stat.S_ISREG(kind):
            raise SourceError(_why_no_file(path, kind))
        with open(os.open(path, _FLAGS), "rb") as file:
            return file.read()
    except FileNotFoundError as error:
        raise SourceError(_why_missing(path)) from error
    except OSError as error:
        raise SourceError(f"it cannot be read: {str(error.strerror).lower()}") from error
    except ValueError as error:
        raise SourceError(f"it cannot be read: {error}") from error


def _why_missing(path: str | os.PathLike[str]) -> str:
    if os.path.islink(path):
        return f"it is a link to {os.readlink(path)!r}, which does not exist"
    return "the file does not exist; it may have been deleted"


def _why_no_file(path: str | os.PathLike[str], kind: int) -> str:
    if not stat.S_ISDIR(kind):
        return "it is a pipe, a socket or a device, not a file"
    try:
        os.scandir(path).close()
    except OSError as error:
        return f"the folder cannot be listed: {str(error.strerror).lower()}"
    return "it is a folder, not a file"
