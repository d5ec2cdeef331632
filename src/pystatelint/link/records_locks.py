"""What the link phase knows of locks that do not do what they are there for."""

import enum

import msgspec

from pystatelint.model.finding import Step
from pystatelint.model.span import Span


class Misuse(enum.Enum):
    """What is wrong with the use of a lock."""

    HELD_ACROSS_AWAIT = "held-across-await"
    """A lock of threads is held while a coroutine waits."""
    MADE_PER_CALL = "made-per-call"
    """Each call makes a lock that nobody else gets."""
    DROPPED = "dropped"
    """A lock is taken out of its registry while others may wait for it."""
    OF_ONE_OBJECT = "of-one-object"
    """A lock of each object is there to guard what all of them share."""
    UNGUARDED = "unguarded"
    """Something is got at without the lock that is declared to guard it."""
    BOTH_ORDERS = "both-orders"
    """Two locks are taken one inside the other, here in one order, there in the other."""
    NOT_GIVEN_BACK = "not-given-back"
    """A lock that is taken by hand is not given back when something goes wrong."""
    WITHOUT_OWNER = "without-owner"
    """A lock that times out is given back by whoever has the key."""


class LockMisuse(msgspec.Struct, frozen=True, kw_only=True):
    """A use of a lock that leaves others in, or keeps them out for good.

    Attributes:
        misuse: what is wrong. lock: the lock as source, or the registry of locks.
        dotted: class of the lock: ``threading.RLock``.
        subject: what the lock should guard, where that matters.
        function: symbol of the function. path, span: the place.
        steps: what shows it besides the place.
    """

    misuse: Misuse
    lock: str
    dotted: str
    function: str
    path: str
    span: Span
    steps: tuple[Step, ...] = ()
    subject: str = ""
