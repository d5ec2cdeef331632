"""Which functions made in a loop outlive their iteration, and then read the last one's names?"""

from pystatelint.link.arguments import parameters_of
from pystatelint.link.kinds import container_kinds
from pystatelint.link.library_names import library_names
from pystatelint.link.objects import FunctionObject, Object, PartObject, Sid
from pystatelint.link.places import LateBinding
from pystatelint.link.waited_for import is_waited_for
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Call,
    EffectKind,
    Fresh,
    Param,
    Result,
    Scope,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.module_facts import Late, LateUse
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

KEEPING = frozenset(
    {
        "add",
        "append",
        "appendleft",
        "extend",
        "extendleft",
        "insert",
        "put",
        "put_nowait",
        "setdefault",
        "update",
    }
)
"""Mutators that keep what they are given; ``sort(key=...)`` only calls it."""


def late_bindings(world: World) -> tuple[LateBinding, ...]:
    """Return the functions of loops that read names too late, by path and span."""
    found = [
        _record(world, number, late)
        for number, module in enumerate(world.modules)
        if not module.test
        for late in module.facts.late
    ]
    return tuple(sorted(found, key=lambda each: (each.path, each.span)))


def _record(world: World, module: int, late: Late) -> LateBinding:
    """Return one finished record."""
    inner, outer = (module, late.scope), (module, late.outer)
    kept = next((use for use in late.uses if _keeps(world, outer, inner, late, use)), None)
    path = world.path(outer)
    return LateBinding(
        function=world.symbol(outer),
        module=world.modules[module].name,
        path=path,
        span=_first_read(world.scopes[inner], late),
        names=late.names,
        made=Step(StepKind.CELL, path, world.scopes[inner].span, "made here, once per iteration"),
        kept=None if kept is None else Step(StepKind.ESCAPE, path, kept.span, HOW[kept.how]),
    )


HOW = {
    "argument": "handed on here, to be called later",
    "decorator": "registered here, to be called later",
    "element": "kept here with those of the other iterations",
    "stored": "kept here with those of the other iterations",
}


def _first_read(scope: Scope, late: Late) -> Span:
    """Return the place of the first name that is read too late."""
    for read in scope.reads:
        if read.name in late.names:
            return Span(read.line, read.column, read.line, read.column + len(read.name))
    return scope.span


def _keeps(world: World, sid: Sid, inner: Sid, late: Late, use: LateUse) -> bool:
    """Whether a use keeps the function beyond the iteration, as far as is known."""
    match use.how:
        case "argument":
            return any(
                call.span == use.span and _is_kept_by(world, sid, number, late, use)
                for number, call in enumerate(world.scopes[sid].calls)
            )
        case "decorator":
            return _is_registered(world, inner)
        case _:
            return True


def _is_kept_by(world: World, sid: Sid, number: int, late: Late, use: LateUse) -> bool:
    """Whether a call keeps one of its arguments, and nobody waits for it in the loop.

    What an object of the iteration keeps goes with it, unless somebody else keeps that.
    """
    scope = world.scopes[sid]
    call = scope.calls[number]
    found = world.callees(sid)[number]
    if isinstance(call.callee, Attr) and call.callee.name in KEEPING and not use.own:
        if any(_is_container(world, item) for item in world.evaluate(sid, call.callee.base)):
            return True
    if is_waited_for(world, sid, number, late.loop):
        return False
    if any(_is_handed_over(world, name, use.argument) for name in library_names(world, found)):
        return True
    return not use.own and any(
        isinstance(item, FunctionObject) and _is_stored_by(world, call, item, use.argument)
        for item in found
    )


def _is_handed_over(world: World, name: str, argument: str) -> bool:
    """Whether the tables say that a library function calls an argument later.

    A process that is forked has a copy of the names as they are.
    """
    tables = world.knowledge.tables
    if any(row.via == "call" for row in tables.registrations.get(name, ())):
        return True
    return any(
        row.model != "F" and (argument == row.keyword or _is_at(argument, row.arg, rest=row.rest))
        for row in tables.entries.find("call-arg", name)
    )


def _is_at(argument: str, position: int | None, *, rest: bool) -> bool:
    """Whether an argument stands at a position, or behind it if all the `rest` counts."""
    if position is None or not argument.isdigit():
        return False
    return int(argument) == position or (rest and int(argument) > position)


def _is_stored_by(world: World, call: Call, function: FunctionObject, argument: str) -> bool:
    """Whether a project function plainly puts what it gets as an argument somewhere."""
    named = dict(call.keywords)
    given = named.get(argument)
    if given is None and argument.isdigit() and int(argument) < len(call.arguments):
        given = call.arguments[int(argument)]
    return any(
        value == given and _stores(world, function.sid, index)
        for index, value in parameters_of(world, call, function)
    )


def _stores(world: World, sid: Sid, index: int) -> bool:
    """Whether a function stores parameter `index` in something that outlives its call."""
    scope = world.scopes[sid]
    stores = (EffectKind.BIND, EffectKind.SET_ATTRIBUTE, EffectKind.SET_ITEM)
    if any(
        effect.kind in stores and effect.value is not None and _holds(effect.value, index)
        for effect in scope.effects
    ):
        return True
    return any(
        isinstance(call.callee, Attr)
        and call.callee.name in KEEPING
        and not isinstance(call.callee.base, Fresh)
        and any(_holds(value, index) for value in call.arguments)
        and any(_is_container(world, item) for item in world.evaluate(sid, call.callee.base))
        for call in scope.calls
    )


def _is_container(world: World, item: Object) -> bool:
    """Whether an object keeps what is added to it: a container, or something inside a cell."""
    inside = isinstance(item, PartObject) and item.content is None
    return inside or bool(container_kinds(world, item))


def _holds(value: AnyValue, index: int) -> bool:
    """Whether a value is a parameter, or a display that holds it."""
    value = plain(value)
    if isinstance(value, Fresh):
        return any(_holds(part, index) for part in value.parts)
    return value == Param(index)


def _is_registered(world: World, inner: Sid) -> bool:
    """Whether a decorator files the function away, by the tables or by its own code."""
    tables = world.knowledge.tables
    outer = (inner[0], world.scopes[inner].parent)
    for decoration in world.scopes[inner].decorators:
        value = decoration.value
        if any(
            isinstance(item, FunctionObject) and _stores(world, item.sid, 0)
            for item in world.evaluate(outer, value)
        ):
            return True
        if isinstance(value, Result):
            value = world.scopes[outer].calls[value.call].callee
        for name in library_names(world, world.evaluate(outer, value)):
            if any(row.via == "decorator" for row in tables.registrations.get(name, ())):
                return True
            if tables.entries.find("decorator", name):
                return True
    return False
