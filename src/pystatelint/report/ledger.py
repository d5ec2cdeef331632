"""Every cell with its verdict, as a table and as JSON."""

import msgspec

from pystatelint.model.report import LedgerRow, Report
from pystatelint.model.wording import counted
from pystatelint.report.glyphs import padded, visible, width
from pystatelint.report.ledger_record import ledger_record

HEADINGS = ("symbol", "kind", "value", "verdict", "writes", "where")


def ledger_table(report: Report) -> str:
    """Return the cells in columns, and how many of them are written at run time."""
    written = sum(row.run_writes > 0 for row in report.ledger)
    closing = f"{counted(len(report.ledger), 'cell')}, {written} written at run time\n"
    if not report.ledger:
        return closing
    table = (HEADINGS, *map(columns, report.ledger))
    widths = tuple(max(map(width, column)) for column in zip(*table, strict=True))
    return "".join(aligned(row, widths) for row in table) + "\n" + closing


def columns(row: LedgerRow) -> tuple[str, ...]:
    """Return the texts of one row, in the order of `HEADINGS`."""
    place = f"{row.path}:{row.line}"
    texts = (row.symbol, row.kind, row.value, row.verdict, writes(row), place)
    return tuple(map(visible, texts))


def writes(row: LedgerRow) -> str:
    """Return how often the cell is written, by phase; a dash for never."""
    phases = ((row.run_writes, "run"), (row.import_writes, "import"))
    return ", ".join(f"{number} {phase}" for number, phase in phases if number) or "-"


def aligned(row: tuple[str, ...], widths: tuple[int, ...]) -> str:
    """Return one line of the table."""
    return "  ".join(map(padded, row, widths)).rstrip() + "\n"


def ledger_json(report: Report) -> str:
    """Return a JSON array with one object per cell."""
    encoded = msgspec.json.encode(tuple(map(ledger_record, report.ledger)))
    return msgspec.json.format(encoded, indent=2).decode() + "\n"
