"""What the link phase knows of sessions: records that rules read."""

import msgspec

from pystatelint.model.finding import Step
from pystatelint.model.span import Span


class HandedSession(msgspec.Struct, frozen=True, kw_only=True):
    """A live session, or an object that keeps one, that a call hands to somebody else.

    Attributes:
        how: as in `pystatelint.models.sessions.HandingCall`.
        session: as source. dotted: class of the session.
        users: what gets it, as source. several: more than one gets it in this call.
        looped: the call is repeated with the same session.
        joined: the function awaits what the call gives, or hands it on.
        managed: a ``with`` block of the function ends the session.
        module: dotted name of the module. function: symbol of the calling function.
        path, span: the call.
        source: the step that shows the session.
    """

    how: str
    session: str
    dotted: str
    users: tuple[str, ...]
    several: bool
    looped: bool
    managed: bool
    joined: bool
    module: str
    function: str
    path: str
    span: Span
    source: Step


class ClientWrite(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the headers, cookies or credentials of a client that many share.

    Attributes:
        symbol: of the cell or attribute that keeps the client. dotted: its class.
        text: the act as source.
        module: dotted name of the module. function: symbol of the function.
        path, span: the act.
        evidence: what shows that the client is shared.
        reached_from: the entry point that leads here, if a framework calls it.
    """

    symbol: str
    dotted: str
    text: str
    module: str
    function: str
    path: str
    span: Span
    evidence: Step
    reached_from: Step | None


class RowInsert(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is inserted because a question just before found none.

    Attributes:
        model: symbol of the mapped class. unique: it has a unique column or constraint.
        by_key: the question was for the primary key, or the program sets that.
        asked: the step that shows the question. text: the insert as source.
        module: dotted name of the module. function: symbol of the function.
        path, span: the insert.
        reached_from: the entry point that leads here, if a framework calls it.
    """

    model: str
    unique: bool
    by_key: bool
    asked: Step
    text: str
    module: str
    function: str
    path: str
    span: Span
    reached_from: Step | None


class RowUpdate(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a row gets a value that was worked out of its old one.

    Attributes:
        model: symbol of the mapped class. column: its attribute. text: as source.
        read: the step that shows where the row was read.
        module: dotted name of the module. function: symbol of the function.
        path, span: the assignment.
        reached_from: the entry point that leads here, if a framework calls it.
    """

    model: str
    column: str
    text: str
    read: Step
    module: str
    function: str
    path: str
    span: Span
    reached_from: Step | None


class LoadThenSave(msgspec.Struct, frozen=True, kw_only=True):
    """A coroutine function loads something by a key, waits, and saves what it made of it.

    Attributes:
        load, save: the calls as source. waits: line of a suspension point between, 1-based.
        loaded: the step that shows the load.
        module: dotted name of the module. function: symbol of the function.
        path, span: the save.
        reached_from: the entry point that leads here, if a framework calls it.
    """

    load: str
    save: str
    waits: int
    loaded: Step
    module: str
    function: str
    path: str
    span: Span
    reached_from: Step | None
