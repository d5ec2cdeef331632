"""Which flags keep others out, and stay up when the coroutine that put them up fails?"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.interleavings import Danger, Hazard, Steps
from pystatelint.model.course import (
    AnyStep,
    Made,
    Reads,
    Stops,
    Suspends,
    Tests,
    Tries,
    Writes,
    blocks_of,
)


class Event(msgspec.Struct, frozen=True):
    """A step, and whether it stands in a handler or a ``finally``."""

    step: AnyStep
    rescued: bool


def unreset_flags(steps: Steps, suspending: frozenset[int]) -> Iterator[Hazard]:
    """Yield the flags that are tested, put up, and taken down only if all goes well.

    Parameters:
        suspending: lines of the awaits that can hand control back to the loop.
    """
    events = tuple(_events(steps, ()))
    reads = {each.step.number: each.step for each in events if isinstance(each.step, Reads)}
    tested: dict[str, Reads] = {}
    for number, event in enumerate(events):
        step = event.step
        if isinstance(step, Tests):
            tested |= {reads[each].spot.text: reads[each] for each in step.reads if each in reads}
        elif isinstance(step, Writes) and step.made is Made.CONSTANT and not step.augmented:
            test = tested.get(step.spot.text)
            line = _waits_before_reset(events[number + 1 :], step.spot.text, suspending)
            if test is not None and line is not None:
                yield Hazard(
                    danger=Danger.NOT_RESET,
                    spot=step.spot,
                    since=(test.line, test.column),
                    suspended=line,
                    span=step.span,
                    made=step.made,
                )


def _events(steps: Steps, around: tuple[Tries, ...]) -> Iterator[Event]:
    """Yield the steps and those inside them, in the order of the source.

    Parameters:
        around: the ``try`` statements in whose handlers or ``finally`` the steps stand.
    """
    for step in steps:
        yield Event(step, bool(around))
        for number, inner in enumerate(blocks_of(step)):
            if isinstance(step, Tries) and number > 0:
                yield from _events(inner, (*around, step))
            else:
                yield from _events(inner, around)


def _waits_before_reset(
    events: tuple[Event, ...], text: str, suspending: frozenset[int]
) -> int | None:
    """Return the line of the first wait before a flag is taken down; None if that is safe."""
    resets = [
        number
        for number, event in enumerate(events)
        if isinstance(event.step, Writes)
        and event.step.spot.text == text
        and event.step.made is Made.NOTHING
    ]
    if not resets or any(events[number].rescued for number in resets):
        return None
    for event in events[: resets[0]]:
        step = event.step
        if isinstance(step, Stops):
            return None  # the flag is put up on a way of its own, which does not lead to the wait
        if isinstance(step, Suspends) and (not step.line or step.line in suspending):
            return step.line
    return None
