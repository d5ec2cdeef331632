"""The JSON schemas of what we print, made from the records themselves."""

import msgspec

from pystatelint.report.explanation_record import ExplanationRecord
from pystatelint.report.ledger_record import LedgerDiffRecord, LedgerRecord
from pystatelint.report.records import FindingRecord

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Heading(msgspec.Struct, frozen=True, rename={"dialect": "$schema"}):
    """What a schema says of itself."""

    dialect: str
    title: str
    description: str


FINDINGS = Heading(
    DIALECT,
    "statelint findings",
    "Output of --output-format json; a line of jsonl is one item. Keys may be added later.",
)

LEDGER = Heading(
    DIALECT,
    "statelint ledger",
    "Output of `statelint ledger` as JSON. Keys may be added later.",
)

LEDGER_DIFF = Heading(
    DIALECT,
    "difference of two statelint ledgers",
    "Output of `statelint ledger --diff` as JSON. Keys may be added later.",
)

EXPLANATION = Heading(
    DIALECT,
    "statelint explanation",
    "Output of `statelint explain` as JSON. Keys may be added later.",
)


def findings_schema() -> str:
    """Return the schema of the json format, as the text of a file."""
    return schema_text(FINDINGS, tuple[FindingRecord, ...])


def ledger_schema() -> str:
    """Return the schema of the ledger in JSON, as the text of a file."""
    return schema_text(LEDGER, tuple[LedgerRecord, ...])


def ledger_diff_schema() -> str:
    """Return the schema of a difference in JSON, as the text of a file."""
    return schema_text(LEDGER_DIFF, LedgerDiffRecord)


def explanation_schema() -> str:
    """Return the schema of an explanation in JSON, as the text of a file."""
    return schema_text(EXPLANATION, ExplanationRecord)


def schema_text(heading: Heading, records: object) -> str:
    """Return heading and schema of `records` as indented JSON."""
    merged = msgspec.to_builtins(heading) | msgspec.json.schema(records)
    return msgspec.json.format(msgspec.json.encode(merged), indent=2).decode() + "\n"
