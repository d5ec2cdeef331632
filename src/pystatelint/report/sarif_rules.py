"""How does SARIF describe a rule?"""

from typing import Literal

from pystatelint.model.finding import Confidence, Severity
from pystatelint.model.rule import Rule
from pystatelint.report.encodable import encodable
from pystatelint.report.rule_prose import first_section, limited, short_description
from pystatelint.report.sarif_records import (
    Configuration,
    Level,
    Message,
    ReportingDescriptor,
    RuleProperties,
)

LONGEST_DESCRIPTION = 1024
"""Characters that code scanning shows of a description."""
LONGEST_NAME = 255

FAMILIES = {
    "0": "policy",
    "1": "class-state",
    "2": "module-state",
    "3": "function-state",
    "4": "sessions",
    "5": "concurrency",
    "6": "persistence",
    "7": "tests",
}
"""First digit of a code -> what its family is about."""


def descriptor(rule: Rule) -> ReportingDescriptor:
    """Return the description of a rule; its docstring is all the prose."""
    short = short_description(rule.doc) or rule.name
    return ReportingDescriptor(
        id=rule.code,
        name=limited(rule.name, LONGEST_NAME),
        short_description=prose(limited(short, LONGEST_DESCRIPTION)),
        full_description=prose(limited(first_section(rule.doc) or short, LONGEST_DESCRIPTION)),
        help=Message(text=encodable(rule.doc or short), markdown=encodable(rule.doc or short)),
        default_configuration=Configuration(enabled=rule.default, level=level(rule.severity)),
        properties=RuleProperties(
            precision=precision(rule.confidence),
            problem_severity=problem_severity(rule.severity),
            tags=tags(rule.code),
        ),
    )


def prose(text: str) -> Message:
    """Return a message of plain text."""
    return Message(text=encodable(text))


def tags(code: str) -> tuple[str, ...]:
    """Return what the rule is filed under."""
    family = FAMILIES.get(code.removeprefix("HMS")[:1])
    return ("mutable-state", family) if family else ("mutable-state",)


def level(severity: Severity) -> Level:
    """Return the level of a result."""
    match severity:
        case Severity.ERROR:
            return "error"
        case Severity.WARNING:
            return "warning"
        case Severity.INFO:
            return "note"


def problem_severity(severity: Severity) -> Literal["error", "warning", "recommendation"]:
    """Return what code scanning sorts alerts by."""
    match severity:
        case Severity.ERROR:
            return "error"
        case Severity.WARNING:
            return "warning"
        case Severity.INFO:
            return "recommendation"


def precision(confidence: Confidence) -> Literal["high", "medium", "low"]:
    """Return how often an alert is right."""
    match confidence:
        case Confidence.HIGH:
            return "high"
        case Confidence.MEDIUM:
            return "medium"
        case Confidence.LOW:
            return "low"
