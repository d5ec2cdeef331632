"""Small findings and rules for the tests of suppressions."""

import datetime
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from pystatelint.config.schema import Config
from pystatelint.model.finding import Confidence, Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.model.span import Span
from pystatelint.rules import ALL_RULES
from pystatelint.source.comments import comments_of
from pystatelint.suppress.apply import Suppressed, suppress

TODAY = datetime.date(2026, 6, 15)
NAMES = {rule.code: rule.name for rule in ALL_RULES}

Apply = Callable[..., Suppressed]


def found(*places: tuple[int, str], path: str = "a.py") -> tuple[Finding, ...]:
    """Return a finding for each line and code."""
    return tuple(
        Finding(
            code=code,
            name=NAMES.get(code, "some-rule"),
            message=f"{code} on line {line}",
            severity=Severity.ERROR,
            confidence=Confidence.HIGH,
            path=path,
            span=Span(line, 0, line + 2, 1),
            symbol="app.cell",
        )
        for line, code in places
    )


@pytest.fixture
def applied() -> Apply:
    """Return what suppresses findings ``(line, code)`` by the comments of one text."""

    def apply(
        text: str,
        *places: tuple[int, str],
        rules: tuple[Rule, ...] = ALL_RULES,
        ran: frozenset[str] | None = None,
        path: str = "a.py",
        **settings: object,
    ) -> Suppressed:
        return suppress(
            found(*places, path=path),
            {path: comments_of(dedent(text))},
            rules,
            Config(**settings),  # type: ignore[arg-type]
            Path("/project"),
            TODAY,
            ran,
        )

    return apply


@pytest.fixture
def off() -> Rule:
    """Return a rule that the default set does not hold."""
    return Rule(code="HMS890", name="off-rule", severity=Severity.INFO, scope=Scope.MODULE)
