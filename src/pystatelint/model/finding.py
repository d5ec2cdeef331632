"""What a rule reports, with the evidence for it."""

import enum

import msgspec

from pystatelint.model.span import Span


class Severity(enum.Enum):
    """How bad it is if the finding is right."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


SEVERITIES = (Severity.INFO, Severity.WARNING, Severity.ERROR)
"""From mild to severe; the index is the rank."""


class Confidence(enum.Enum):
    """How sure the analyser is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


CONFIDENCES = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
"""From unsure to sure."""


class StepKind(enum.Enum):
    """What one step of an evidence trail shows."""

    CELL = "cell"
    ALIAS = "alias"
    WRITE = "write"
    READ = "read"
    REACH = "reach"
    ESCAPE = "escape"
    FIX = "fix"


class Step(msgspec.Struct, frozen=True):
    """One step of an evidence trail.

    Attributes:
        kind: what the step shows.
        path: file of the step, as `Finding.path`.
        span: place in that file.
        text: one short clause, such as ``written here at run time, in Chat.send``.
    """

    kind: StepKind
    path: str
    span: Span
    text: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One reported cell or act, with its evidence.

    Attributes:
        code: rule code, such as ``HMS101``.
        name: rule name, such as ``instance-mutated-class-container``.
        message: one sentence that names the symbol and the consequence.
        severity: how bad it is.
        confidence: how sure it is.
        path: file; rules leave the path of `ModuleFacts`, reports show it
            relative to the working directory, with forward slashes.
        span: the cell's binding, or the offending act.
        symbol: qualified name of the cell, such as ``app.chat.ChatService._cache``.
        trail: the evidence, from definition to write.
        remedy: the cure in one line, or empty.
        fingerprint: identity that survives moved lines; the engine fills it.
    """

    code: str
    name: str
    message: str
    severity: Severity
    confidence: Confidence
    path: str
    span: Span
    symbol: str
    trail: tuple[Step, ...] = ()
    remedy: str = ""
    fingerprint: str = ""


def rank(severity: Severity) -> int:
    """Return 0 for info, 1 for warning, 2 for error."""
    return SEVERITIES.index(severity)
