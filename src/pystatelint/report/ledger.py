"""Every cell with its verdict."""

from collections.abc import Sequence

import msgspec

from pystatelint.model.report import LedgerRow
from pystatelint.model.wording import counted
from pystatelint.report.ledger_record import ledger_record
from pystatelint.report.table import Table

HEADINGS = ("symbol", "kind", "value", "verdict", "writes", "where")


def ledger_table(rows: Sequence[LedgerRow]) -> Table:
    """Return the cells as a table that counts how many of them run time writes."""
    written = sum(row.run_writes > 0 for row in rows)
    return Table(
        title="Ledger of state",
        headings=HEADINGS,
        rows=tuple(map(columns, rows)),
        summary=f"{counted(len(rows), 'cell')}, {written} written at run time",
    )


def columns(row: LedgerRow) -> tuple[str, ...]:
    """Return the texts of one row, in the order of `HEADINGS`."""
    return (row.symbol, row.kind, row.value, row.verdict, writes(row), f"{row.path}:{row.line}")


def writes(row: LedgerRow) -> str:
    """Return how often the cell is written, by phase; a dash for never."""
    phases = (
        (row.run_writes, "run"),
        (row.import_writes, "import"),
        (row.other_writes, "other"),
    )
    return ", ".join(f"{number} {phase}" for number, phase in phases if number) or "-"


def ledger_json(rows: Sequence[LedgerRow]) -> str:
    """Return a JSON array with one object per cell."""
    encoded = msgspec.json.encode(tuple(map(ledger_record, rows)))
    return msgspec.json.format(encoded, indent=2).decode() + "\n"
