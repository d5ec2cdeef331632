"""What the link phase knows of what functions keep and give away: records that rules read."""

import msgspec

from pystatelint.model.finding import Step
from pystatelint.model.span import Span


class DefaultEscape(msgspec.Struct, frozen=True, kw_only=True):
    """A way by which the mutable default of a parameter outlives the call.

    Attributes:
        cell: symbol of the default. path, span: the way out, or the function that returns.
        how: ``returned``, ``yielded`` or ``kept``.
        target: what keeps it: ``self.words``; empty for the others.
        step: the step that shows it.
        at_run_time: whether the function can run after import and start-up.
        left_alone: whether every use of it from there on only reads it, as far as can be
            followed.
    """

    cell: str
    path: str
    span: Span
    how: str
    target: str
    step: Step
    at_run_time: bool
    left_alone: bool = False


class KeptClosure(msgspec.Struct, frozen=True, kw_only=True):
    """A variable of a function that lives on in a function made by it.

    Attributes:
        cell: symbol of the variable. path: its file.
        keeper: the step that shows what keeps the inner function.
        constant: functions without parameters work it out at first use.
    """

    cell: str
    path: str
    keeper: Step
    constant: bool


class CachedRead(msgspec.Struct, frozen=True, kw_only=True):
    """What a cached function reads that nobody passes to it.

    Attributes:
        cell: symbol of the cell of a module or class.
        inner: path of the part that it reads, such as ``(".debug",)``; empty for the cell.
        content: it reads what is in there, and does not only hand the object on.
        keys: the keys that it looks at, if it only looks at constant strings; else empty.
        function: symbol of the function. path, span: where it stands.
        read: the step that shows where it reads.
    """

    cell: str
    inner: tuple[str, ...]
    content: bool
    keys: tuple[str, ...]
    function: str
    path: str
    span: Span
    read: Step
