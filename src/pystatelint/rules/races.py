"""Findings about what other tasks may change meanwhile, with the evidence for it."""

import re

import msgspec

from pystatelint.link.records_races import ONE_FOR_ALL, Race, Sharing
from pystatelint.model.finding import Confidence, Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place, reach_steps


def is_certain(race: Race) -> bool:
    """Whether several calls at once are sure to meet at the spot, or to run at all."""
    return race.reached_from is not None or race.sharing in ONE_FOR_ALL


def graded(race: Race, certain: Severity, else_: Severity) -> Severity:
    """Return one severity where calls are sure to meet at the spot, the other one else.

    Information where each call may have an object of its own.
    """
    if race.sharing is Sharing.SOME:
        return Severity.INFO
    return certain if is_certain(race) else else_


ENDING = re.compile(
    r"_*a?(clean|clear|close|disconnect|exit|reset|shut_?down|stop|tear_?down)|__aexit__"
)
"""How functions are called whose work is to take down what there is."""


def takes_down(race: Race) -> bool:
    """Whether a function is there to end things: what comes in meanwhile has to go, too."""
    return ENDING.match(race.function.rpartition(".")[2]) is not None


def at_race(rule: Rule, race: Race, *, message: str, remedy: str, severity: Severity) -> Finding:
    """Return a finding at the write, or at the loop; what hardly hurts is hidden by default."""
    found = at_place(
        rule,
        Place(race.path, race.span, race.symbol),
        message=message,
        remedy=remedy,
        severity=severity,
        steps=steps_of(race),
    )
    if severity is Severity.INFO:
        return msgspec.structs.replace(found, confidence=Confidence.LOW)
    return found


def steps_of(race: Race) -> tuple[Step, ...]:
    """Return what shows a race: who shares, the read, the suspension point, the write."""
    write = Step(StepKind.WRITE, race.path, race.span, f"{race.name} is written in {race.function}")
    reach = reach_steps(race.reached_from)
    return (race.evidence, race.since, race.suspended, write, *race.others, *reach)


def at_line(step: Step) -> str:
    """Return where a step is, for a sentence: ``line 12``."""
    return f"line {step.span.line}"
