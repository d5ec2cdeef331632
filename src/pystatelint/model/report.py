"""What one run yields."""

import enum

import msgspec

from pystatelint.model.finding import Finding


class ErrorKind(enum.Enum):
    """What went wrong beside the findings."""

    RULE = "rule"
    INTERNAL = "internal"


class ReportError(msgspec.Struct, frozen=True):
    """Something that failed while the rest of the run went on.

    Attributes:
        kind: what failed.
        path: the file concerned, or empty.
        message: one line naming the thing, the place and the next step.
    """

    kind: ErrorKind
    path: str
    message: str


class LedgerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One cell with its verdict, for `statelint ledger`.

    Attributes:
        symbol: qualified name.
        module: dotted name of the module that binds it.
        kind: ``module``, ``class``, ``default``, ``contextvar``, ``closure`` or ``cache``.
        path: file of the binding, relative to the working directory.
        line: line of the binding, 1-based.
        value: what the cell holds, such as ``dict`` or ``app.store.Store``.
        mutable: whether the value can change.
        verdict: see `pystatelint.link.records.Verdict`.
        run_writes: writes that can happen at run time.
        import_writes: writes that happen while modules are imported, and not later.
        other_writes: the others: at start-up, in scripts, in tests, or never.
        writers: qualified names of the functions that write at run time.
    """

    symbol: str
    module: str
    kind: str
    path: str
    line: int
    value: str
    mutable: bool
    verdict: str
    run_writes: int
    import_writes: int
    other_writes: int
    writers: tuple[str, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one run, ready to print.

    Attributes:
        findings: sorted by path, span, code; suppressed ones are gone.
        errors: what failed on the way; any entry makes the exit status 2.
        ledger: every cell with its verdict, sorted by symbol.
        files: number of files the report speaks of.
        linked: number of files that were linked to prove it.
    """

    findings: tuple[Finding, ...]
    errors: tuple[ReportError, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    files: int = 0
    linked: int = 0
