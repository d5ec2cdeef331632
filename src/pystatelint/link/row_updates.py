"""Which functions read a number from a row, work out a new one and write it back?"""

from collections.abc import Iterator, Mapping

from pystatelint.link.describe import describe
from pystatelint.link.objects import ClassObject, Sid
from pystatelint.link.records import Phase
from pystatelint.link.records_sessions import RowUpdate
from pystatelint.link.row_inserts import asked_for, calls_behind
from pystatelint.link.world import World
from pystatelint.model.facts import Attr, Const, Effect, EffectKind, Scope
from pystatelint.model.finding import Step, StepKind

CHANGING = frozenset({EffectKind.AUGMENT_ATTRIBUTE, EffectKind.SET_ATTRIBUTE})
LOCKING = frozenset({"with_for_update", "with_lockmode"})


def row_updates(
    world: World, phases: Mapping[Sid, frozenset[Phase]], reach: Mapping[Sid, Step]
) -> tuple[RowUpdate, ...]:
    """Return the new values of columns that are worked out of old ones, by path and span.

    Parameters:
        phases: when each function can run. reach: how each is reached.
    """
    found = [
        each
        for sid in world.acting
        if Phase.RUN in phases[sid] and not world.modules[sid[0]].test
        for each in _of_scope(world, sid, world.scopes[sid], reach)
    ]
    return tuple(sorted(found, key=lambda each: (each.path, each.span)))


def _of_scope(
    world: World, sid: Sid, scope: Scope, reach: Mapping[Sid, Step]
) -> Iterator[RowUpdate]:
    """Yield what one function works out of rows that it has read without a lock."""
    for effect in scope.effects:
        if effect.kind not in CHANGING or not effect.method:
            continue
        asked = _asked(world, sid, scope, effect)
        if asked is None or _is_locked(scope):
            continue
        model, number = asked
        if _is_versioned(world.scopes[model.sid]):
            continue
        path = world.path(sid)
        name = world.scopes[model.sid].name
        yield RowUpdate(
            model=world.symbol(model.sid),
            column=effect.name,
            text=f"{describe(scope, effect.target)}.{effect.name}",
            read=Step(StepKind.READ, path, scope.calls[number].span, f"reads a {name}"),
            module=world.modules[sid[0]].name,
            function=world.symbol(sid),
            path=path,
            span=effect.span,
            reached_from=reach.get(sid),
        )


def _asked(world: World, sid: Sid, scope: Scope, effect: Effect) -> tuple[ClassObject, int] | None:
    """Return the mapped class of the row that an effect changes, and the call that read it."""
    for number in calls_behind(scope, effect.target, 0):
        model = asked_for(world, sid, scope.calls[number])
        if model is not None:
            return model, number
    return None


def _is_locked(scope: Scope) -> bool:
    """Whether a function locks the rows that it reads, or says what happens to the second one."""
    return any(
        (type(call.callee) is Attr and call.callee.name in LOCKING)
        or any(name == "with_for_update" for name, _ in call.keywords)
        or any(type(value) is Const and "FOR UPDATE" in value.text for value in call.arguments)
        for call in scope.calls
    )


def _is_versioned(model: Scope) -> bool:
    """Whether a mapped class configures its mapper and has a column for a version."""
    names = [binding.name for binding in model.bindings]
    return "__mapper_args__" in names and any("version" in name for name in names)
