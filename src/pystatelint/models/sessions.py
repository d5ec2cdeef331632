"""Rows that speak of live objects: sessions, connections, clients."""

from typing import Literal

from pystatelint.models.row import Row


class SessionType(Row, frozen=True, kw_only=True):
    """Classes of live objects, and who may use one at the same time.

    Attributes:
        library: short name.
        role: ``session``, ``connection``, ``cursor`` and ``transaction`` are live;
            ``client``, ``pool``, ``engine``, ``factory`` and ``registry`` are made to last.
        shareable: ``none``, ``sequential`` (one user at a time), ``tasks`` (of one
            loop), ``threads``.
        loop_affine: bound to the event loop that it first ran on.
        fork_safe: survives `os.fork` with no care taken.
    """

    library: str
    role: Literal[
        "session",
        "connection",
        "cursor",
        "transaction",
        "client",
        "pool",
        "engine",
        "factory",
        "registry",
    ]
    shareable: Literal["none", "sequential", "tasks", "threads"]
    loop_affine: bool = False
    fork_safe: bool = False

    @property
    def live(self) -> bool:
        """Whether it belongs to one unit of work."""
        return self.role in ("session", "connection", "cursor", "transaction")


class RequestType(Row, frozen=True, kw_only=True):
    """Classes whose objects belong to one request, or objects that stand for the one at hand.

    Attributes:
        what: the ``request`` itself, or the ``user`` who asks.
    """

    what: Literal["request", "user"]


class ReturnedType(Row, frozen=True, kw_only=True):
    """Calls that return an instance, or objects that are one.

    Attributes:
        returns: canonical dotted name of the class.
    """

    returns: str


class HandingCall(Row, frozen=True, kw_only=True):
    """Calls by which code hands something to another task, thread or process.

    Attributes:
        how: ``together`` runs all its arguments at once and waits, ``group`` adds one to
            those that run at once, ``task`` and ``thread`` start one, ``background`` runs it
            after the response, ``stream`` while the response is sent, ``worker`` in another
            process.
        methods: such methods, whatever class they are of.
    """

    how: Literal["together", "group", "task", "thread", "background", "stream", "worker"]
    methods: tuple[str, ...] = ()
