"""In what order does a coroutine function read, test and write what others can see?

A course is a tree of steps: what stands in it runs from first to last, but for the forks, loops
and handlers that are spelt out. It refers to nothing outside its function, like all facts.
"""

import enum
from typing import Final

import msgspec

from pystatelint.model.facts import AnyValue
from pystatelint.model.span import Span


class Spot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name, an attribute or an element that outlives the function's own names.

    Attributes:
        holder: whose attribute or element it is; for a name declared ``global`` its `Name`.
        name: the attribute; empty for a name and for an element.
        text: as source, local aliases resolved: ``self.open[key]``. Equal texts of one
            function are the same spot.
        within: text of the container for an element, else empty.
    """

    holder: AnyValue
    name: str
    text: str
    within: str = ""


class Made(enum.IntEnum):
    """What a statement writes."""

    DATA = 0
    CALL = 1
    """The result of a call: maybe a resource or a task."""
    CONSTANT = 2
    EMPTY = 3
    """An empty container."""
    NOTHING = 4
    """None, False, or nothing at all: ``del``."""


class Way(enum.IntEnum):
    """How a read gets into a value."""

    WHOLE = 0
    """The value is what was read, or an operator worked it out."""
    PART = 1
    """It is an attribute, or what a method gave."""
    ARGUMENT = 2
    """What was read was an argument of a call."""
    FALLBACK = 3
    """The value is what was read only where another one is missing: ``given or self.x``."""


class Source(msgspec.Struct, frozen=True, array_like=True, gc=False, order=True):
    """A read, by number, that goes into a value."""

    read: int
    way: Way


class Step(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Something that happens."""


class Reads(Step, frozen=True, array_like=True, gc=False, tag="r"):
    """A spot is read; `number` tells one read of the function from the others."""

    number: int
    spot: Spot
    line: int
    column: int


class Tests(Step, frozen=True, array_like=True, gc=False, tag="t"):
    """The way goes on by what these reads gave.

    Attributes:
        there: the first way of the fork behind is taken if something is there; False if the
            second one is, None if the test says neither.
    """

    reads: tuple[int, ...]
    there: bool | None = None


class Writes(Step, frozen=True, array_like=True, gc=False, tag="w"):
    """A spot is bound, deleted or emptied.

    Attributes:
        sources: the reads that go into the value. made: what kind of value it is.
        maker: last name of the function whose result it is, or empty.
        augmented: ``spot op= value``.
        kept: an object that others may still hold is changed in place: ``spot.clear()``.
    """

    spot: Spot
    sources: tuple[Source, ...]
    made: Made
    span: Span
    maker: str = ""
    augmented: bool = False
    kept: bool = False


class Suspends(Step, frozen=True, array_like=True, gc=False, tag="s"):
    """Other tasks may run here; `line` is that of the `Await` fact, 0 for a ``yield``."""

    line: int


class Holds(Step, frozen=True, array_like=True, gc=False, tag="h"):
    """``with`` one manager; `text` as source, `line` is that of the `Guard` fact."""

    text: str
    line: int
    body: tuple["AnyStep", ...]


class Takes(Step, frozen=True, array_like=True, gc=False, tag="a"):
    """``lock.acquire()``, or ``lock.release()`` if not `taken`."""

    text: str
    taken: bool


class Forks(Step, frozen=True, array_like=True, gc=False, tag="f"):
    """One of these happens."""

    ways: tuple[tuple["AnyStep", ...], ...]


class Repeats(Step, frozen=True, array_like=True, gc=False, tag="l"):
    """A loop.

    Attributes:
        test: the steps of a ``while`` condition.
        body: what is repeated. after: the ``else`` block.
        over: the spot that a ``for`` goes through in place, None if it is a copy or unknown.
        span: the iterable.
    """

    test: tuple["AnyStep", ...]
    body: tuple["AnyStep", ...]
    after: tuple["AnyStep", ...]
    over: Spot | None
    span: Span


class Tries(Step, frozen=True, array_like=True, gc=False, tag="y"):
    """``try``: a handler may begin anywhere in the body."""

    body: tuple["AnyStep", ...]
    handlers: tuple[tuple["AnyStep", ...], ...]
    final: tuple["AnyStep", ...]


class Stops(Step, frozen=True, array_like=True, gc=False, tag="x"):
    """``return``, ``raise``, ``break`` or ``continue``: the rest of the block never runs."""


AnyStep = Reads | Tests | Writes | Suspends | Holds | Takes | Forks | Repeats | Tries | Stops


def blocks_of(step: AnyStep) -> tuple[tuple[AnyStep, ...], ...]:
    """Return the blocks inside a step, in order."""
    match step:
        case Holds(body=body):
            return (body,)
        case Forks(ways=ways):
            return ways
        case Repeats(test=test, body=body, after=after):
            return (test, body, after)
        case Tries(body=body, handlers=handlers, final=final):
            return (body, *handlers, final)
        case _:
            return ()


STOPS: Final = Stops()


class Course(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one coroutine function does; `scope` is its number in the module."""

    scope: int
    steps: tuple[AnyStep, ...]
