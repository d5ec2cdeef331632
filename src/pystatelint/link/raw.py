"""A write as found, before phases are known."""

import msgspec

from pystatelint.link.objects import CellKey, Sid
from pystatelint.link.records import Action, Receiver
from pystatelint.model.facts import AnyValue
from pystatelint.model.finding import Step
from pystatelint.model.span import Span


class RawWrite(msgspec.Struct, frozen=True, kw_only=True):
    """One place that changes a cell, in terms of scopes.

    Attributes:
        cell: what is changed; a parameter default has the function as owner and the
            parameter's name in parentheses.
        action, receiver, text, span, inner, aliases: as `pystatelint.link.records.Write`.
        sid: the writing scope. context: number of the context in it.
        value: what is stored, read in scope `sid`.
        key: the key under which an element is written, if it is a constant string.
        from_parameter: a key or value comes from a parameter.
        guarded: locks held on the way from the call to the statement that changes the cell.
        through: if a call hands the cell over, the way down to the statement that changes it.
        certain: nothing that may bind an own attribute of the instance stands before it.
    """

    cell: CellKey
    action: Action
    receiver: Receiver
    text: str
    sid: Sid
    span: Span
    context: int
    inner: tuple[str, ...] = ()
    aliases: tuple[Step, ...] = ()
    value: AnyValue | None = None
    key: str = ""
    from_parameter: bool = False
    guarded: tuple[str, ...] = ()
    through: tuple[Step, ...] = ()
    certain: bool = True
