"""Between which steps of a coroutine function can another task change what it relies on?

Each path through a course is followed once, with what holds on it: how many suspension points
lie behind (the epoch), in which epoch each read and test was made, which locks are held since
when. A write that relies on a read or test of an earlier epoch relies on what may have changed,
unless one lock was held all the time. Whether anybody else can get at the spot is asked later.
"""

import enum
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from pystatelint.model.course import (
    AnyStep,
    Forks,
    Holds,
    Made,
    Reads,
    Repeats,
    Spot,
    Stops,
    Suspends,
    Takes,
    Tests,
    Tries,
    Way,
    Writes,
    blocks_of,
)
from pystatelint.model.span import Span

Steps = tuple[AnyStep, ...]
Locks = frozenset[tuple[str, int]]
"""Locks as source, with the line where they are taken: the same lock taken again is another."""

NO_LOCKS: Locks = frozenset()
NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Danger(enum.Enum):
    """What may go wrong."""

    LOST_UPDATE = "lost-update"
    """A value worked out of an old one is written."""
    CHECKED = "checked"
    """A test no longer holds when the write relies on it."""
    UNCHECKED_IN_LOCK = "unchecked-in-lock"
    """The test was made before the lock was taken, and is not repeated under it."""
    ITERATION = "iteration"
    """A container is gone through while others may change it."""
    DRAINED = "drained"
    """A container is emptied after it was read: what came in between is lost."""
    NOT_RESET = "not-reset"
    """A flag stays up when something goes wrong."""


class Hazard(msgspec.Struct, frozen=True, kw_only=True):
    """A write, or a loop, that others may come in between.

    Attributes:
        danger: what may go wrong. spot: of what.
        since: line and column of the read or test.
        suspended: line of the first suspension point behind it, 0 for a ``yield``.
        span: the write, or the iterable of the loop.
        made: what is written. maker: last name of the function that gives it.
        way: how the old value gets into the new one.
        augmented: ``spot op= value``.
        closing: the lock that is held at the write alone, as source.
        replaces: the test has found something there: the write does not fill a gap.
    """

    danger: Danger
    spot: Spot
    since: tuple[int, int]
    suspended: int
    span: Span
    made: Made = Made.DATA
    maker: str = ""
    way: Way = Way.WHOLE
    augmented: bool = False
    closing: str = ""
    replaces: bool = False


class Moment(msgspec.Struct, frozen=True):
    """A read: of what, in which epoch, where, and under which locks.

    `there`: a test has found something there, or found that nothing is; None if it says neither.
    """

    spot: Spot
    epoch: int
    place: tuple[int, int]
    held: Locks
    there: bool | None = None


class Path(msgspec.Struct, frozen=True, kw_only=True):
    """What holds at one step of one path.

    Attributes:
        lines: lines of the suspension points behind; their number is the epoch.
        reads: each read by its number. seen: the latest read of each spot, by its text.
        tests: the latest test of each spot that still says something.
        written: the epoch of the latest own write of each spot.
        held: locks. ended: nothing behind this step runs.
    """

    lines: tuple[int, ...] = ()
    reads: Mapping[int, Moment] = NOTHING
    seen: Mapping[str, Moment] = NOTHING
    tests: Mapping[str, Moment] = NOTHING
    written: Mapping[str, int] = NOTHING
    held: Locks = NO_LOCKS
    ended: bool = False

    @property
    def epoch(self) -> int:
        """How often others may have run."""
        return len(self.lines)


class Setting(msgspec.Struct, frozen=True):
    """What facts alone do not tell of one function, and where its hazards are noted.

    Attributes:
        suspending: lines of the awaits that can hand control back to the loop.
        locks: lines of the managers that keep others out.
        released: locks, as source, that the function gives back by hand.
        found: the hazards, by place.
    """

    suspending: frozenset[int]
    locks: frozenset[int]
    released: frozenset[str]
    found: dict[Span, Hazard]


def hazards(steps: Steps, suspending: frozenset[int], locks: frozenset[int]) -> tuple[Hazard, ...]:
    """Return where others may come in between, by place."""
    setting = Setting(suspending, locks, frozenset(_released(steps)), {})
    follow(setting, Path(), steps)
    return tuple(setting.found[span] for span in sorted(setting.found))


def _released(steps: Steps) -> Iterator[str]:
    """Yield the locks that some steps give back by hand."""
    for step in steps:
        if type(step) is Takes and not step.taken:
            yield step.text
        for inner in blocks_of(step):
            yield from _released(inner)


def follow(setting: Setting, path: Path, steps: Steps) -> Path:
    """Return what holds behind some steps."""
    before, last = path.tests, None
    for step in steps:
        if path.ended:
            break
        if type(step) is Forks:
            path = _forked(setting, path, step, before, last)
        else:
            before = path.tests
            path = FOLLOWERS[type(step)](setting, path, step)
        last = step if type(step) is Tests else None
    return path


def _read(_setting: Setting, path: Path, step: Reads) -> Path:
    moment = Moment(step.spot, path.epoch, (step.line, step.column), path.held)
    return _with(
        path,
        reads={**path.reads, step.number: moment},
        seen={**path.seen, step.spot.text: moment},
    )


def _tested(_setting: Setting, path: Path, step: Tests) -> Path:
    made = [path.reads[number] for number in step.reads if number in path.reads]
    return _with(path, tests={**path.tests, **{each.spot.text: each for each in made}})


def _suspended(setting: Setting, path: Path, step: Suspends) -> Path:
    if step.line and step.line not in setting.suspending:
        return path
    return _with(path, lines=(*path.lines, step.line))


def _stopped(_setting: Setting, path: Path, _step: Stops) -> Path:
    return _with(path, ended=True)


def _taken(_setting: Setting, path: Path, step: Takes) -> Path:
    if step.taken:
        return _with(path, held=path.held | {(step.text, 0)})
    return _with(path, held=frozenset([lock for lock in path.held if lock[0] != step.text]))


def _held(setting: Setting, path: Path, step: Holds) -> Path:
    if step.line not in setting.locks:
        return follow(setting, path, step.body)
    inside = _with(path, held=path.held | {(step.text, step.line)})
    return _with(follow(setting, inside, step.body), held=path.held)


def _forked(
    setting: Setting, path: Path, step: Forks, before: Mapping[str, Moment], last: Tests | None
) -> Path:
    """Follow each way; a test says something behind them only if one of them does not go on.

    Parameters:
        before: the tests without the one that the fork goes by. last: that one.
    """
    ends = [
        follow(setting, _answered(path, last, number), way) for number, way in enumerate(step.ways)
    ]
    going = [end for end in ends if not end.ended]
    if not going:
        return _with(path, ended=True)
    joined = met(going)
    if len(going) < len(ends):
        return joined
    kept = {text: test for text, test in joined.tests.items() if before.get(text) == test}
    return _with(joined, tests=kept)


def _answered(path: Path, test: Tests | None, number: int) -> Path:
    """Return what holds on a way behind a test: on the first one it is true."""
    if test is None or test.there is None:
        return path
    texts = {path.reads[number].spot.text for number in test.reads if number in path.reads}
    answered = {
        text: msgspec.structs.replace(path.tests[text], there=test.there == (number == 0))
        for text in texts
        if text in path.tests
    }
    return _with(path, tests={**path.tests, **answered})


def _repeated(setting: Setting, path: Path, step: Repeats) -> Path:
    start = follow(setting, path, step.test)
    end = follow(setting, start, step.body)
    if step.over is not None and end.epoch > start.epoch and not end.ended and not path.held:
        moment = Moment(step.over, path.epoch, (step.span.line, step.span.column), path.held)
        _note(setting, end, Danger.ITERATION, moment, Writes(step.over, (), Made.DATA, step.span))
    if not end.ended:
        end = follow(setting, end, step.test) if step.test else _with(end, tests=path.tests)
        start = met([start, end])
    if step.over is not None:  # the loop itself has seen what came in while it ran
        place = (step.span.line, step.span.column)
        last = Moment(step.over, start.epoch, place, start.held)
        start = _with(start, seen={**start.seen, step.over.text: last})
    return follow(setting, start, step.after)


def _tried(setting: Setting, path: Path, step: Tries) -> Path:
    body = follow(setting, path, step.body)
    broken = met([path, _with(body, ended=False)])
    ends = [body, *(follow(setting, broken, handler) for handler in step.handlers)]
    going = [end for end in ends if not end.ended]
    last = met(going or [_with(end, ended=False) for end in ends])
    last = follow(setting, last, step.final)
    return last if going else _with(last, ended=True)


def _written(setting: Setting, path: Path, step: Writes) -> Path:
    """Note what the write relies on, if that may be out of date."""
    text = step.spot.text
    if not _drains(setting, path, step) and not _outdates(setting, path, step):
        _acts_on_test(setting, path, step)
    tests = {key: test for key, test in path.tests.items() if key != text}
    return _with(path, tests=tests, written={**path.written, text: path.epoch})


def _drains(setting: Setting, path: Path, step: Writes) -> bool:
    """Whether a container is emptied whose content was read before others could add to it."""
    seen = path.seen.get(step.spot.text)
    if step.made is not Made.EMPTY or seen is None or not _is_old(path, seen):
        return False
    _note(setting, path, Danger.DRAINED, seen, step)
    return True


def _outdates(setting: Setting, path: Path, step: Writes) -> bool:
    """Whether a value is written that was worked out of an old one."""
    text = step.spot.text
    test = path.tests.get(text)
    if test is not None and test.epoch == path.epoch:
        return False  # looked at again before the write: compare and set
    for source in sorted(step.sources, key=lambda each: each.way):
        read = path.reads.get(source.read)
        if read is not None and read.spot.text == text and _is_old(path, read):
            _note(setting, path, Danger.LOST_UPDATE, read, step, source.way)
            return True
    return False


def _acts_on_test(setting: Setting, path: Path, step: Writes) -> None:
    """Note a write that relies on a test of an earlier epoch."""
    test = path.tests.get(step.spot.text)
    if test is None or not _is_old(path, test):
        return
    if path.held and all(not line and text not in setting.released for text, line in path.held):
        return  # the function is how the lock is taken
    late = Danger.UNCHECKED_IN_LOCK if path.held else Danger.CHECKED
    _note(setting, path, late, test, step)


def _is_old(path: Path, read: Moment) -> bool:
    """Whether others may have run since a read, and the function itself has not written."""
    if read.epoch >= path.epoch or read.held & path.held:
        return False
    return path.written.get(read.spot.text, -1) < read.epoch


def _note(
    setting: Setting,
    path: Path,
    danger: Danger,
    read: Moment,
    step: Writes,
    way: Way = Way.WHOLE,
) -> None:
    """Note a hazard; the first at each place."""
    setting.found.setdefault(
        step.span,
        Hazard(
            danger=danger,
            spot=step.spot,
            since=read.place,
            suspended=path.lines[read.epoch],
            span=step.span,
            made=step.made,
            maker=step.maker,
            way=way,
            augmented=step.augmented,
            closing=min(path.held)[0] if path.held else "",
            replaces=read.there is True,
        ),
    )


def met(paths: list[Path]) -> Path:
    """Return what holds where paths meet: as many suspensions as on the longest.

    What was read stays as old as it is; of two ways the one counts on which it is older.
    """
    first, *others = paths
    for other in others:
        longer, shorter = (first, other) if first.epoch >= other.epoch else (other, first)
        behind = longer.epoch - shorter.epoch
        first = Path(
            lines=longer.lines,
            reads=_older(longer.reads, shorter.reads, behind),
            seen=_older(longer.seen, shorter.seen, behind),
            tests={
                text: test
                for text, test in _older(longer.tests, shorter.tests, behind).items()
                if text in longer.tests and text in shorter.tests
            },
            written={
                **{text: epoch + behind for text, epoch in shorter.written.items()},
                **longer.written,
            },
            held=longer.held & shorter.held,
            ended=longer.ended and shorter.ended,
        )
    return first


def _older(
    longer: Mapping[Any, Moment], shorter: Mapping[Any, Moment], behind: int
) -> dict[Any, Moment]:
    """Return the moments of two paths; those of the shorter one count from its own end."""
    found = dict(longer)
    for key, moment in shorter.items():
        moved = msgspec.structs.replace(moment, epoch=moment.epoch + behind) if behind else moment
        known = found.get(key)
        if known is None or moved.epoch < known.epoch:
            found[key] = moved
    return found


def _with(path: Path, **changed: Any) -> Path:
    return msgspec.structs.replace(path, **changed)


FOLLOWERS: Mapping[type, Any] = MappingProxyType(
    {
        Holds: _held,
        Reads: _read,
        Repeats: _repeated,
        Stops: _stopped,
        Suspends: _suspended,
        Takes: _taken,
        Tests: _tested,
        Tries: _tried,
        Writes: _written,
    }
)
