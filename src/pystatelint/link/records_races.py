"""What the link phase knows of writes that others may come in between: the record of a rule."""

import enum

import msgspec

from pystatelint.link.interleavings import Danger
from pystatelint.model.course import Made, Way
from pystatelint.model.finding import Step
from pystatelint.model.span import Span


class Sharing(enum.Enum):
    """Why several tasks can get at a spot."""

    MODULE = "module"
    """It belongs to a module, or to a class."""
    INSTANCE = "instance"
    """One object lives as long as the process: a module, cache, singleton or application has it."""
    SOME = "some"
    """One object lives as long as the process, but others of its class do not."""
    FRAMEWORK = "framework"
    """The framework makes one object per process."""
    LOCK = "lock"
    """The class has a lock: its author expects company."""
    TASK = "task"
    """The class hands its own methods to tasks or threads."""


ONE_FOR_ALL = frozenset({Sharing.FRAMEWORK, Sharing.INSTANCE, Sharing.MODULE})
"""Evidence that there is one object for all; of other classes there may be many objects."""


class Race(msgspec.Struct, frozen=True, kw_only=True):
    """A write, or a loop, that relies on what other tasks may have changed meanwhile.

    Attributes:
        danger: what may go wrong. name: the spot as source. symbol: its qualified name.
        module: dotted name of the module. function: symbol of the coroutine function.
        path, span: the write, or the iterable of the loop.
        since: the read or test. suspended: the first suspension point behind it.
        made: what is written. creates: that is a new object of its own, such as a client or task.
        way: how the old value gets into the new one.
        augmented: ``spot op= value``.
        closing: the lock that is held at the write alone, as source.
        sharing: why others can get at the spot. evidence: what shows that.
        reached_from: the entry point that leads here, if a framework calls it.
        others: other functions that change the spot, up to three.
        container: kind of what the spot holds, if it is known to be a container.
    """

    danger: Danger
    name: str
    symbol: str
    module: str
    function: str
    path: str
    span: Span
    since: Step
    suspended: Step
    made: Made
    creates: bool
    way: Way
    augmented: bool
    closing: str
    sharing: Sharing
    evidence: Step
    reached_from: Step | None
    others: tuple[Step, ...]
    container: str = ""
