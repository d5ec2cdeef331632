"""What a rule is."""

import enum
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from pystatelint.model.finding import Confidence, Finding, Severity


class Scope(enum.Enum):
    """How much of the project a rule must see to be right."""

    MODULE = "module"
    PROJECT = "project"


class Status(enum.Enum):
    """How settled a rule is."""

    PREVIEW = "preview"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class FixSafety(enum.Enum):
    """Whether and how `--fix` cures the finding."""

    NONE = "none"
    SAFE = "safe"
    UNSAFE = "unsafe"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule: its identity and its check.

    Attributes:
        code: ``HMS`` and three digits.
        name: kebab-case; reads after "allow ..." and names the bad pattern.
        severity: the usual severity; a finding may carry another.
        confidence: the usual confidence.
        scope: whether one module is enough to decide.
        default: whether the rule belongs to the default set (a starred rule).
        contract: whether declared-stateless code turns the rule on, as an error.
        status: preview, stable or deprecated.
        since: first version that has the rule.
        fix: whether `--fix` can cure it.
        doc: the module docstring of the rule's file; all its prose.
        check: the pure function ``(project, options) -> findings``; it reads linked
            facts only. Policy rules, whose findings the pipeline makes, have None.
        spares: the pure function ``(cell, write, project) -> reason or None`` by which a
            rule on writes forgives some of those that are its to report.
    """

    code: str
    name: str
    severity: Severity
    confidence: Confidence = Confidence.HIGH
    scope: Scope = Scope.PROJECT
    default: bool = False
    contract: bool = False
    status: Status = Status.STABLE
    since: str = "0.1.0"
    fix: FixSafety = FixSafety.NONE
    doc: str = ""
    check: Callable[[Any, Any], Iterable[Finding]] | None = None
    spares: Callable[[Any, Any, Any], Any] | None = None
