"""Which mutable defaults outlive the call: returned, yielded, or kept where others see them?"""

from collections.abc import Iterator, Mapping

import msgspec

from pystatelint.link.describe import describe
from pystatelint.link.entries import EntryPoints
from pystatelint.link.held import Held, depth_in
from pystatelint.link.objects import CellObject, MethodObject, ParameterObject, PartObject, Sid
from pystatelint.link.only_read import is_only_read
from pystatelint.link.origins import origins
from pystatelint.link.passed_values import passed_values
from pystatelint.link.read_only import is_read_only
from pystatelint.link.records import Phase
from pystatelint.link.records_functions import DefaultEscape
from pystatelint.link.uses import Fate, Program, kept_as
from pystatelint.link.world import World
from pystatelint.link.writes import default_cell
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Call,
    Effect,
    EffectKind,
    Fresh,
    Param,
    Result,
    Scope,
    ScopeKind,
    Typed,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

KEEPING = frozenset({"add", "append", "appendleft", "insert", "setdefault"})
"""Mutators that keep an argument itself, where others copy what it holds or pass it on."""

DISPLAYS = frozenset({"dict", "list", "set", "tuple"})
"""Shapes whose parts can still be reached through them."""


class Way(msgspec.Struct, frozen=True):
    """How the default of parameter `index` gets out of its function, and where.

    Attributes:
        target: what keeps it, as source; or empty.
        value: what is given away or stored: the default, or a display that holds it.
        owner, name: whose attribute it becomes; None and empty if none.
    """

    index: int
    how: str
    span: Span
    target: str
    value: AnyValue
    owner: AnyValue | None = None
    name: str = ""


def default_escapes(
    world: World, program: Program, phases: Mapping[Sid, frozenset[Phase]]
) -> tuple[DefaultEscape, ...]:
    """Return the ways out of functions that live as long as the process, by path and span.

    Parameters:
        program: what uses there are; what a function that a framework calls returns is the
            framework's.
        phases: when each function can run.
    """
    found = [
        msgspec.structs.replace(
            _record(world, sid, way, phases[sid]),
            left_alone=_is_left_alone(world, program, sid, way),
        )
        for sid in world.defaulting
        if _lasts(world, sid)
        for way in _ways(world, sid, world.scopes[sid], program.entries)
        if not _promises(world, sid, world.scopes[sid].parameters[way.index].annotation)
    ]
    return tuple(sorted(found, key=lambda each: (each.path, each.span, each.cell)))


def _lasts(world: World, sid: Sid) -> bool:
    """Whether a function and so its defaults are made once, not by each call of another."""
    module, position = sid[0], world.scopes[sid].parent
    while position > 0:
        scope = world.scopes[(module, position)]
        if scope.kind is not ScopeKind.CLASS:
            return False
        position = scope.parent
    return not world.modules[module].test


def _ways(world: World, sid: Sid, scope: Scope, entries: EntryPoints) -> Iterator[Way]:
    """Yield the ways by which the defaults of one function get out of it."""
    if sid not in entries:
        for how, values in (("returned", scope.results), ("yielded", scope.yields)):
            for value in values:
                promised = not isinstance(value, Fresh) and _promises(world, sid, scope.returns)
                for index in () if promised else _defaults(world, sid, value):
                    yield Way(index, how, scope.span, "", value)
    for effect in scope.effects:
        yield from _stored(world, sid, scope, effect)
    for number, call in enumerate(scope.calls):
        yield from _added(world, sid, scope, number, call)


def _defaults(world: World, sid: Sid, value: AnyValue | None) -> Iterator[int]:
    """Yield the numbers of the parameters whose default a value may be, or hold."""
    if isinstance(value, Typed):
        value = value.value
    if isinstance(value, Fresh):
        for part in value.parts if value.shape in DISPLAYS else ():
            yield from _defaults(world, sid, part)
    elif value is not None:
        for item in world.evaluate(sid, value):
            if isinstance(item, ParameterObject) and item.sid == sid and not item.path:
                if default_cell(world, item) is not None:
                    yield item.index


def _stored(world: World, sid: Sid, scope: Scope, effect: Effect) -> Iterator[Way]:
    """Yield what an assignment to an attribute or element of something older keeps."""
    if effect.kind not in (EffectKind.SET_ATTRIBUTE, EffectKind.SET_ITEM, EffectKind.BIND):
        return
    kept = tuple(_defaults(world, sid, effect.value))
    if not kept or effect.value is None:
        return
    target = describe(scope, effect.target)
    owner: AnyValue | None = None
    match effect.kind:
        case EffectKind.SET_ATTRIBUTE:
            text, older = f"{target}.{effect.name}", _is_older(world, sid, effect.target)
            owner = effect.target
        case EffectKind.SET_ITEM:
            text, older = f"{target}[...]", _is_older(world, sid, effect.target)
        case _:
            text, older = effect.name, not any(name == effect.name for name, _ in scope.free)
    if older:
        for index in kept:
            yield Way(index, "kept", effect.span, text, effect.value, owner, effect.name)


def _added(world: World, sid: Sid, scope: Scope, number: int, call: Call) -> Iterator[Way]:
    """Yield what ``self.items.append(default)`` keeps."""
    callee = plain(call.callee)
    if not isinstance(callee, Attr) or callee.name not in KEEPING:
        return
    kept = [(index, value) for value in call.arguments for index in _defaults(world, sid, value)]
    if kept and any(isinstance(each, MethodObject) for each in world.callees(sid)[number]):
        if _is_older(world, sid, callee.base):
            for index, value in kept:
                yield Way(index, "kept", call.span, describe(scope, callee.base), value)


def _is_older(world: World, sid: Sid, target: AnyValue) -> bool:
    """Whether a target was there before the call, and so is after it."""
    if origins(target):
        return True
    found = world.evaluate(sid, target)
    return bool(found) and all(isinstance(each, (CellObject, PartObject)) for each in found)


def _promises(world: World, sid: Sid, annotation: AnyValue | None) -> bool:
    """Whether an annotation in the header of a function promises that nobody changes the object."""
    return is_read_only(world, (sid[0], world.scopes[sid].parent), annotation)


def _is_left_alone(world: World, program: Program, sid: Sid, way: Way) -> bool:
    """Whether nobody changes the default after it got out this way, as far as can be followed."""
    return is_only_read(world, program, _uses(world, program, sid, way))


def _uses(world: World, program: Program, sid: Sid, way: Way) -> Iterator[Held | Fate]:
    """Yield the expressions by which others get at the default."""
    depth = depth_in(world, Held(sid, Param(way.index), 0), way.value) or 0
    if way.how == "kept" and way.owner is None:
        yield Fate.UNSEEN
    elif way.owner is not None:
        owners = world.evaluate(sid, way.owner)
        yield from kept_as(world, program, owners, way.name, depth)
    else:
        calls = tuple(program.callers.of(sid))
        if not calls and program.is_used_by_others:
            yield Fate.UNSEEN
        inner = depth + 1 if way.how == "yielded" else depth
        for caller, number in calls:
            # Who passes something does not get the default.
            if not passed_values(world, caller, number, (sid, way.index)):
                yield Held(caller, Result(number), inner)


def _record(world: World, sid: Sid, way: Way, phases: frozenset[Phase]) -> DefaultEscape:
    """Return one finished record."""
    name = world.scopes[sid].parameters[way.index].name
    function = world.symbol(sid)
    what = f"kept in {way.target} here" if way.how == "kept" else f"{way.how} from here"
    return DefaultEscape(
        cell=f"{function}({name})",
        path=world.path(sid),
        span=way.span,
        how=way.how,
        target=way.target,
        step=Step(StepKind.ESCAPE, world.path(sid), way.span, f"{what}, in {function}"),
        at_run_time=Phase.RUN in phases,
    )
