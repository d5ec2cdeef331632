"""Decide where the reports go, and get them there whole."""

import os
import sys
from pathlib import Path

import msgspec

from pystatelint.config.choices import OUTPUT_FORMATS
from pystatelint.config.suggest import hint
from pystatelint.errors import UsageError

STANDARD_OUTPUT = "-"


class Output(msgspec.Struct, frozen=True):
    """One report to write.

    Attributes:
        format: its name.
        target: a file, relative to the working directory, or ``-``.
    """

    format: str
    target: str


def chosen_outputs(
    said: tuple[str, ...],
    output_format: str | None,
    usual_format: str,
    cwd: Path,
    formats: tuple[str, ...] = OUTPUT_FORMATS,
) -> tuple[Output, ...]:
    """Return every report to write; files first, standard output last.

    Args:
        said: the values of ``--output``.
        output_format: the value of ``--output-format``, if given.
        usual_format: the format of standard output if nobody says otherwise.
        cwd: the working directory, absolute.
        formats: those that there are.

    Raises:
        UsageError: a format is unknown, a file cannot be written, or one file or
            standard output is to take two reports.
    """
    outputs = tuple(_output(each, cwd, formats) for each in said)
    files = tuple(output for output in outputs if output.target != STANDARD_OUTPUT)
    printed = tuple(output for output in outputs if output.target == STANDARD_OUTPUT)
    if len(printed) + bool(output_format) > 1:
        raise UsageError("standard output takes one report; give the other a file")
    _require_distinct(files, cwd)
    return (*files, *(printed or (Output(output_format or usual_format, STANDARD_OUTPUT),)))


def _require_distinct(files: tuple[Output, ...], cwd: Path) -> None:
    seen: set[str] = set()
    for output in files:
        path = os.path.realpath(cwd / output.target)
        if path in seen:
            raise UsageError(f"{output.target} takes one report; give the other another file")
        seen.add(path)


def print_text(text: str) -> None:
    """Write to standard output; a reader that has gone away is no error.

    Raises:
        UsageError: standard output cannot be written, as on a full disk.
    """
    # Bytes, so that line ends are the same everywhere and no character can fail.
    rest = memoryview(text.encode(sys.stdout.encoding, "backslashreplace"))
    try:
        # With PYTHONUNBUFFERED, a write may take a part only.
        while rest:
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _drop_what_is_left()
    except OSError as error:
        _drop_what_is_left()
        reason = error.strerror or error
        raise UsageError(f"cannot write to standard output: {reason}") from error


def _drop_what_is_left() -> None:
    # The interpreter flushes once more at its end, and must not fail there.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        UsageError: the file cannot be written.
    """
    target = Path(os.path.realpath(path))
    data = text.encode("utf-8", "backslashreplace")
    try:
        if target.exists() and not target.is_file():
            # A device or a pipe is written to; renaming would replace it.
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise UsageError(f"cannot write the report {path}: {error.strerror or error}") from error


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(data)
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _output(text: str, cwd: Path, formats: tuple[str, ...]) -> Output:
    name, _, target = text.partition(":")
    if name not in formats:
        known, guess = ", ".join(formats), hint(name, formats)
        raise UsageError(f"--output {text}: the format is one of {known}{guess}")
    if not target:
        raise UsageError(f"--output {text}: name a file, as in {name}:report.{name}, or {name}:-")
    if target != STANDARD_OUTPUT and not (cwd / target).parent.is_dir():
        raise UsageError(f"--output {text}: there is no folder {Path(target).parent}")
    if (cwd / target).is_dir():
        raise UsageError(f"--output {text}: {target} is a folder; name a file in it")
    return Output(name, target)
