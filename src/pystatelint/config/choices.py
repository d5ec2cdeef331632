"""The closed sets of words that configuration and command line accept."""

from typing import Literal, get_args

OutputFormat = Literal["full", "concise", "json", "jsonl", "sarif", "github"]
LedgerFormat = Literal["text", "json", "markdown", "html"]
FailOn = Literal["info", "warning", "error"]
MinConfidence = Literal["low", "medium", "high"]
ProjectKind = Literal["application", "library", "auto"]

AUTOMATIC = "auto"
"""Setting of the environment that says: look for it."""

NO_ENVIRONMENT = "none"
"""Setting of the environment that says: there is none."""

OUTPUT_FORMATS: tuple[str, ...] = get_args(OutputFormat)
LEDGER_FORMATS: tuple[str, ...] = get_args(LedgerFormat)
FAIL_ON: tuple[str, ...] = get_args(FailOn)
MIN_CONFIDENCE: tuple[str, ...] = get_args(MinConfidence)
