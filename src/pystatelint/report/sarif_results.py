"""How does SARIF tell a finding and its evidence?"""

from pystatelint.model.finding import Finding, Step, StepKind
from pystatelint.report.encodable import encodable
from pystatelint.report.sarif_places import location, told
from pystatelint.report.sarif_records import (
    CodeFlow,
    Fingerprints,
    Location,
    Message,
    Result,
    ResultProperties,
    ThreadFlow,
    ThreadFlowLocation,
)
from pystatelint.report.sarif_rules import level

MOST_STEPS = 999
"""With the place of the result itself, the 1,000 locations that code scanning takes."""


def result(finding: Finding, rule_index: int | None) -> Result:
    """Return one result; `rule_index` is None if the driver does not describe the rule."""
    steps = finding.trail[:MOST_STEPS]
    fingerprint = finding.fingerprint
    return Result(
        rule_id=finding.code,
        rule_index=rule_index,
        level=level(finding.severity),
        message=Message(text=encodable(message(finding, steps))),
        locations=(location(finding.path, finding.span, finding.symbol),),
        partial_fingerprints=(
            Fingerprints(primary_location_line_hash=fingerprint) if fingerprint else None
        ),
        code_flows=code_flows(steps),
        related_locations=tuple(related(number, step) for number, step in enumerate(steps, 1)),
        properties=ResultProperties(
            confidence=finding.confidence.value, remedy=encodable(finding.remedy)
        ),
    )


def message(finding: Finding, steps: tuple[Step, ...]) -> str:
    """Return the message, then each proof as a link to its location, then the remedy."""
    links = ", ".join(
        f"[{link_text(step.text)}]({n})"
        for n, step in enumerate(steps, 1)
        if step.kind is not StepKind.FIX
    )
    sentences = (
        unlinked(finding.message),
        f"Evidence: {links}." if links else "",
        f"Help: {unlinked(finding.remedy)}" if finding.remedy else "",
    )
    return "\n".join(filter(None, sentences))


def unlinked(text: str) -> str:
    """Return prose in which code such as ``handlers[name](1)`` is no link."""
    return text.replace("](", "] (")


def link_text(text: str) -> str:
    """Return text that may stand between the brackets of a link."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def related(number: int, step: Step) -> Location:
    """Return the place of a step under the number that links use."""
    place = told(step.path, step.span, step.text)
    return Location(id=number, physical_location=place.physical_location, message=place.message)


def code_flows(steps: tuple[Step, ...]) -> tuple[CodeFlow, ...]:
    """Return the evidence as one path that viewers walk through; nothing without steps."""
    if not steps:
        return ()
    walked = tuple(
        ThreadFlowLocation(
            location=told(step.path, step.span, step.text),
            kinds=(step.kind.value,),
            execution_order=number,
        )
        for number, step in enumerate(steps, 1)
    )
    return (CodeFlow(thread_flows=(ThreadFlow(locations=walked),)),)
