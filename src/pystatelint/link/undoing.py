"""Does an act give the process back what was read from it before?"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from pystatelint.link.hierarchy import instance_bindings
from pystatelint.link.objects import CellKey, ExternalObject, InstanceObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Const,
    EffectKind,
    Item,
    Name,
    Result,
    Slice,
    Union,
)
from pystatelint.model.layers import NAMING, behind
from pystatelint.model.span import Span

DEPTH = 5
"""How far calls, attributes and names are followed back."""


Subject = tuple[str, str]
"""A state, and the name of a library that holds it; empty for what functions change."""


class ProcessAct(msgspec.Struct, frozen=True, kw_only=True):
    """One change of a state of the process.

    Attributes:
        state: short name of the state. name: the library name that is called or bound.
        of: the name of the library that is bound or whose content changes, empty if the
            state is changed by a function: ``sys.path`` and ``sys.modules`` are two things.
        text: the act as short source. span: where. context: number of its context.
        call: number of the call, -1 for a statement.
        given: what the act puts there.
    """

    state: str
    name: str
    of: str
    text: str
    span: Span
    context: int
    call: int
    given: tuple[AnyValue, ...]

    @property
    def subject(self) -> Subject:
        """What is changed."""
        return self.state, self.of


Acts = Mapping[Sid, tuple[ProcessAct, ...]]


def concerns(found: Iterable[Subject], act: ProcessAct) -> bool:
    """Whether one of some subjects is, or may be, what an act changes."""
    return any(state == act.state and (of == act.of or not of or not act.of) for state, of in found)


def undoes(world: World, sid: Sid, act: ProcessAct) -> bool:
    """Whether an act puts back what was there before, takes something out, or ends a timer.

    What is taken out, somebody has put in: ``sys.path.remove(folder)``.
    """
    if act.text.startswith("del ") or act.text.endswith(TAKING) or _is_neutral(act):
        return True
    readers = world.knowledge.tables.process.states[act.state].readers
    return any(
        origin in readers or origin == act.name
        for value in act.given
        for origin in origins(world, sid, value)
    )


TAKING = (".pop()", ".remove()")
TIMERS = frozenset({"signal.alarm", "signal.setitimer"})
"""Calls that with 0 end what an earlier one began."""


def _is_neutral(act: ProcessAct) -> bool:
    """Whether a call ends a timer."""
    return act.name in TIMERS and Const("number", "0") in act.given


def origins(world: World, sid: Sid, value: AnyValue, depth: int = 0) -> Iterator[str]:
    """Yield the library calls and names that a value was read from.

    It is followed through local names, closures, module names and attributes of self.
    """
    value = behind(value, REACHED)
    if depth > DEPTH:
        return
    if isinstance(value, Union):
        for option in value.options:
            yield from origins(world, sid, option, depth + 1)
        return
    if isinstance(value, Result):
        call = world.scopes[sid].calls[value.call]
        called = tuple(_libraries(world, sid, call.callee))
        yield from called
        held = [(sid, each) for each in call.arguments] if _copies(world, called) else []
    else:
        yield from _libraries(world, sid, value)
        held = list(_held(world, sid, value))
    for owner, inner in held:
        yield from origins(world, owner, inner, depth + 1)


REACHED: frozenset[type] = NAMING | {Item, Slice}
"""Layers of names, subscripts and declared types."""


def _copies(world: World, called: tuple[str, ...]) -> bool:
    """Whether a call only copies its argument: ``list(sys.path)``."""
    knowledge = world.knowledge
    return any(name in knowledge.pure or name in knowledge.container_kinds for name in called)


def _held(world: World, sid: Sid, value: AnyValue) -> Iterator[tuple[Sid, AnyValue]]:
    """Yield what an attribute of self or a name was bound to, with the binding scope."""
    match value:
        case Attr(base=base, name=name):
            for item in world.evaluate(sid, base):
                if isinstance(item, InstanceObject):
                    for kept in instance_bindings(world, item.sid, name):
                        yield kept.method, kept.value
        case Name(name=name):
            yield from _bound_to(world, sid, name)
        case _:
            return


def _libraries(world: World, sid: Sid, value: AnyValue) -> Iterator[str]:
    """Yield the names of the library objects that a value stands for."""
    for item in world.evaluate(sid, value):
        if isinstance(item, ExternalObject):
            yield item.dotted


def _bound_to(world: World, sid: Sid, name: str) -> Iterator[tuple[Sid, AnyValue]]:
    """Yield what enclosing functions or the module bind to a name, with the binding scope."""
    owners = [(sid[0], owner) for free, owner in world.scopes[sid].free if free == name]
    for owner in owners or [(sid[0], 0)]:
        for binding in world.names.get(owner, {}).get(name, ()):
            if binding.value is not None:
                yield owner, binding.value
        for writer, effect in world.global_binds.get(CellKey(owner, name), ()):
            if effect.kind is EffectKind.BIND and effect.value is not None:
                yield writer, effect.value
