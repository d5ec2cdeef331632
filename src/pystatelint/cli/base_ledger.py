"""Read a ledger that was written earlier."""

from pathlib import Path

import msgspec

from pystatelint.errors import UsageError
from pystatelint.model.report import LedgerRow
from pystatelint.report.ledger_record import ledger_rows

HOW = "write one with: statelint ledger --output json:FILE"


def base_ledger(name: str, cwd: Path) -> tuple[LedgerRow, ...]:
    """Return the rows of a ledger file.

    Args:
        name: the file, relative to `cwd` or absolute.
        cwd: the working directory, absolute.

    Raises:
        UsageError: it cannot be read, or is no ledger in JSON.
    """
    try:
        data = (cwd / name).read_bytes()
    except OSError as error:
        raise UsageError(f"--diff {name}: cannot read it: {error.strerror or error}") from error
    try:
        return ledger_rows(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"--diff {name}: not a ledger in JSON: {error}; {HOW}") from error
