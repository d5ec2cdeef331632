"""Which mutable defaults outlive the call: returned, yielded, or kept where others see them?"""

from collections.abc import Iterator, Mapping

from pystatelint.link.describe import describe
from pystatelint.link.entries import EntryPoints
from pystatelint.link.objects import CellObject, MethodObject, ParameterObject, PartObject, Sid
from pystatelint.link.origins import origins
from pystatelint.link.read_only import is_read_only
from pystatelint.link.records import Phase
from pystatelint.link.records_functions import DefaultEscape
from pystatelint.link.world import World
from pystatelint.link.writes import default_cell
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Call,
    Effect,
    EffectKind,
    Fresh,
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

Way = tuple[int, str, Span, str]
"""Number of the parameter, how its default gets out, where, and as what."""


def default_escapes(
    world: World, entries: EntryPoints, phases: Mapping[Sid, frozenset[Phase]]
) -> tuple[DefaultEscape, ...]:
    """Return the ways out of functions that live as long as the process, by path and span.

    Parameters:
        entries: the functions that frameworks call: what these return is the framework's.
        phases: when each function can run.
    """
    found = [
        _record(world, sid, way, phases[sid])
        for sid in world.defaulting
        if _lasts(world, sid)
        for way in _ways(world, sid, world.scopes[sid], entries)
        if not _promises(world, sid, world.scopes[sid].parameters[way[0]].annotation)
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
                    yield index, how, scope.span, ""
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
    if not kept:
        return
    target = describe(scope, effect.target)
    match effect.kind:
        case EffectKind.SET_ATTRIBUTE:
            text, older = f"{target}.{effect.name}", _is_older(world, sid, effect.target)
        case EffectKind.SET_ITEM:
            text, older = f"{target}[...]", _is_older(world, sid, effect.target)
        case _:
            text, older = effect.name, not any(name == effect.name for name, _ in scope.free)
    if older:
        for index in kept:
            yield index, "kept", effect.span, text


def _added(world: World, sid: Sid, scope: Scope, number: int, call: Call) -> Iterator[Way]:
    """Yield what ``self.items.append(default)`` keeps."""
    callee = plain(call.callee)
    if not isinstance(callee, Attr) or callee.name not in KEEPING:
        return
    kept = [index for value in call.arguments for index in _defaults(world, sid, value)]
    if kept and any(isinstance(each, MethodObject) for each in world.callees(sid)[number]):
        if _is_older(world, sid, callee.base):
            for index in kept:
                yield index, "kept", call.span, describe(scope, callee.base)


def _is_older(world: World, sid: Sid, target: AnyValue) -> bool:
    """Whether a target was there before the call, and so is after it."""
    if origins(target):
        return True
    found = world.evaluate(sid, target)
    return bool(found) and all(isinstance(each, (CellObject, PartObject)) for each in found)


def _promises(world: World, sid: Sid, annotation: AnyValue | None) -> bool:
    """Whether an annotation in the header of a function promises that nobody changes the object."""
    return is_read_only(world, (sid[0], world.scopes[sid].parent), annotation)


def _record(world: World, sid: Sid, way: Way, phases: frozenset[Phase]) -> DefaultEscape:
    """Return one finished record."""
    index, how, span, target = way
    name = world.scopes[sid].parameters[index].name
    function = world.symbol(sid)
    what = f"kept in {target} here" if how == "kept" else f"{how} from here"
    return DefaultEscape(
        cell=f"{function}({name})",
        path=world.path(sid),
        span=span,
        how=how,
        target=target,
        step=Step(StepKind.ESCAPE, world.path(sid), span, f"{what}, in {function}"),
        at_run_time=Phase.RUN in phases,
    )
