"""What was found out so far of a project, so that nothing is asked twice."""

from typing import Any

import msgspec

from pystatelint.link.objects import CellKey, Object, Objects, Sid
from pystatelint.model.facts import AnyValue
from pystatelint.model.span import Span


class InProgress(tuple[Object, ...]):
    """What a value evaluates to while it is being evaluated: nothing known."""

    __slots__ = ()


IN_PROGRESS: Objects = InProgress()
"""The one such value; unlike ``()``, which may be a result, it says that more is to come."""


class SelfBinding(msgspec.Struct, frozen=True):
    """``self.name = value`` in the method of scope `method`.

    `certain`: bound by other means, outside branches. `constructor`: every instance
    gets it while it is constructed.
    """

    name: str
    method: Sid
    value: AnyValue
    span: Span
    certain: bool = False
    constructor: bool = False


class FoundOut:
    """The tables of one link, each filled on demand; they are empty at first.

    Attributes:
        memo: scope -> value -> what it may stand for.
        held: cell -> what it holds. lookups: module and name -> what the name means there.
        orders: class -> its resolution order. lines: the project classes in it.
        library_orders: library class -> its resolution order.
        lineage: class -> canonical names of its ancestors. foreign_lines: of library ones.
        own_names: class -> its own canonical names.
        members: class and name -> what the class attribute stands for.
        members_of_instances: class and name -> what the attribute of an instance stands for.
        attributes: class and name -> where methods bind it on self.
        bases: class -> its direct bases. kinds, marks: class -> how a framework takes it.
        changeable: class -> whether its instances can change.
        returned: function -> what it may return. called: scope -> what its calls may call.
        depth: how many questions are open.
        tentative: what was found out since a value was seen to depend on itself.
        unfollowed: modules with a chain that is too long to follow to its end.
        interests: library function -> which passes have to look at its calls.
        assumed: functions of which it is only assumed that they run at run time.
        locks_of_callers: function -> locks that all its callers hold.
        constructors: class -> functions that making an instance runs.
        symbols: scope -> its qualified name.
        cached: function -> whether a decorator keeps its results.
    """

    def __init__(self) -> None:
        self.memo: dict[Sid, dict[AnyValue, Objects]] = {}
        self.held: dict[CellKey, Objects] = {}
        self.lookups: dict[tuple[int, str], Objects] = {}
        self.orders: dict[Sid, Objects] = {}
        self.lines: dict[Sid, tuple[Sid, ...]] = {}
        self.library_orders: dict[str, Objects] = {}
        self.lineage: dict[Sid, tuple[str, ...]] = {}
        self.foreign_lines: dict[Sid, tuple[str, ...]] = {}
        self.own_names: dict[Sid, tuple[str, ...]] = {}
        self.members: dict[tuple[Sid, str], Objects] = {}
        self.members_of_instances: dict[tuple[Sid, str], Objects] = {}
        self.attributes: dict[tuple[Sid, str], tuple[SelfBinding, ...]] = {}
        self.bases: dict[Sid, Objects] = {}
        self.kinds: dict[Sid, object] = {}
        self.changeable: dict[Sid, bool | None] = {}
        self.marks: dict[Sid, object] = {}
        self.returned: dict[Sid, Objects] = {}
        self.depth = 0
        self.tentative: list[tuple[dict[Any, Objects], Any]] | None = None
        self.unfollowed: set[Sid] = set()
        self.interests: dict[str, int] = {}
        self.assumed: set[Sid] = set()
        self.locks_of_callers: dict[Sid, frozenset[str]] = {}
        self.constructors: dict[Sid, tuple[Sid, ...]] = {}
        self.called: dict[Sid, tuple[Objects, ...]] = {}
        self.symbols: dict[Sid, str] = {}
        self.cached: dict[Sid, bool] = {}

    def forget(self) -> None:
        """Drop what was evaluated before the indexes were complete."""
        for known in self.memo.values():
            known.clear()
        self.returned.clear()
        self.held.clear()
        self.lookups.clear()
        self.called.clear()
        self.members.clear()
        self.members_of_instances.clear()
        self.attributes.clear()
        self.own_names.clear()
        self.changeable.clear()
        self.marks.clear()
        self.cached.clear()
