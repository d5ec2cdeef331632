"""What one cell of the ledger is in JSON: the published record."""

from typing import Annotated

import msgspec
from msgspec import Meta

from pystatelint.model.report import LedgerRow
from pystatelint.report.encodable import encodable
from pystatelint.report.records import Line, Path

Number = Annotated[int, Meta(ge=0)]


class LedgerRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One cell with its verdict."""

    symbol: Annotated[str, Meta(description="Qualified name.")]
    kind: Annotated[str, Meta(description="What storage it is: module, class, default...")]
    path: Path
    line: Line
    value: Annotated[str, Meta(description="What it holds, such as dict.")]
    mutable: Annotated[bool, Meta(description="Whether the value can change in place.")]
    verdict: Annotated[str, Meta(description="What is known of it, such as runtime or const.")]
    import_writes: Annotated[Number, Meta(description="Writes while modules are imported.")]
    run_writes: Annotated[Number, Meta(description="Writes that happen later.")]
    writers: Annotated[
        tuple[str, ...], Meta(description="Functions that write at run time, by qualified name.")
    ]


def ledger_record(row: LedgerRow) -> LedgerRecord:
    """Return the published form of a row."""
    return LedgerRecord(
        symbol=encodable(row.symbol),
        kind=row.kind,
        path=encodable(row.path),
        line=row.line,
        value=encodable(row.value),
        mutable=row.mutable,
        verdict=row.verdict,
        import_writes=row.import_writes,
        run_writes=row.run_writes,
        writers=tuple(map(encodable, row.writers)),
    )
