"""Why a cell is reported, or not: what `statelint explain` tells."""

import enum

import msgspec

from pystatelint.model.finding import Finding, Step
from pystatelint.model.report import ReportError
from pystatelint.model.span import Span


class Silence(msgspec.Struct, frozen=True):
    """An exemption that applied.

    Attributes:
        exemption: its name, such as ``safe-holder``.
        reason: one clause whose subject is the cell or the write.
        places: the writes that it applied to; nothing for the cell as a whole.
    """

    exemption: str
    reason: str
    places: tuple[Step, ...] = ()


class Opinion(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule makes of one cell.

    Attributes:
        reports: it reports the cell, alone or with others in one finding.
        left_to: code of the rule that has the writes to report instead, or empty.
        silences: why it is silent about the cell, or about some of its writes.
    """

    reports: bool = False
    left_to: str = ""
    silences: tuple[Silence, ...] = ()


class Outcome(enum.Enum):
    """What came of a rule that looked at a cell."""

    REPORTED = "reported"
    """There is a finding, and `statelint check` prints it."""
    GROUPED = "grouped"
    """A finding on another cell speaks for this one as well."""
    HIDDEN = "hidden"
    """There are findings, and something keeps all of them from being printed."""
    LEFT = "left"
    """Another rule has the writes to report: one root cause, one finding."""
    SILENT = "silent"
    """There is no finding, and exemptions say why."""


class JudgedFinding(msgspec.Struct, frozen=True):
    """A finding, and what becomes of it.

    Attributes:
        finding: as the rule gives it.
        hidden: why it is not printed, or empty.
        fails: it makes the exit status 1.
    """

    finding: Finding
    hidden: str
    fails: bool


class RuleAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule made of one cell.

    Attributes:
        code: of the rule. name: of the rule.
        outcome: what came of it.
        left_to: code of the rule that reports instead, if it is left.
        silences: the exemptions that applied, also beside findings on other writes.
        findings: on the cell.
    """

    code: str
    name: str
    outcome: Outcome
    left_to: str = ""
    silences: tuple[Silence, ...] = ()
    findings: tuple[JudgedFinding, ...] = ()


class WriteAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One write; values as `pystatelint.link.records.Write` has them.

    Attributes:
        path, span: the writing expression or statement.
        text: the act as short source.
        function: symbol of the writing function, module or class.
        action: what is done. receiver: through what expression.
        phases: when it can happen.
        inner: path below the cell, such as ``.opts[]``.
        aliases: the names through which the cell was reached.
        guarded: symbols of the locks held.
        from_parameter: what is stored comes from a caller.
        reached_from: the entry point that leads here, if one is known.
        because: why it can happen in a phase: each with the shortest way from where it begins.
    """

    path: str
    span: Span
    text: str
    function: str
    action: str
    receiver: str
    phases: tuple[str, ...]
    inner: str
    aliases: tuple[Step, ...]
    guarded: tuple[str, ...]
    from_parameter: bool
    reached_from: Step | None
    because: tuple[tuple[str, Step], ...] = ()


class CellAccount(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of one cell.

    Attributes:
        symbol: qualified name.
        kind: ``module``, ``class``, ``default``, ``contextvar``, ``closure`` or ``cache``.
        path, span: the binding, or the first write if nothing else binds it.
        bound: its own module or class binds the name.
        value: what it holds at first, such as ``dict`` or ``app.store.Store``.
        mutable: whether that can change; None if it is not known.
        declared: ``Final``, ``ClassVar``.
        verdict: see `pystatelint.link.records.Verdict`.
        writes: every resolved write.
        escapes: where a reference leaves our sight.
        vetoes: unresolved writes that may be to this cell.
        shadows: where instances get an attribute of the same name.
        rules: the rules that looked at it.
    """

    symbol: str
    kind: str
    path: str
    span: Span
    bound: bool
    value: str
    mutable: bool | None
    declared: tuple[str, ...]
    verdict: str
    writes: tuple[WriteAccount, ...]
    escapes: tuple[Step, ...]
    vetoes: tuple[Step, ...]
    shadows: tuple[Step, ...]
    rules: tuple[RuleAccount, ...]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one question.

    Attributes:
        note: how the question was understood, if that is not plain; one sentence.
        cells: the cells that it is about.
        others: findings printed for the line in question that are about other things.
        errors: what failed on the way.
    """

    note: str
    cells: tuple[CellAccount, ...]
    others: tuple[JudgedFinding, ...] = ()
    errors: tuple[ReportError, ...] = ()
