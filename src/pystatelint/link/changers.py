"""Which functions change what an attribute of an object, or a cell, holds, and where?"""

from collections.abc import Iterator, Mapping

from pystatelint.link.hierarchy import descendants, project_classes
from pystatelint.link.objects import ClassObject, InstanceObject, Sid
from pystatelint.link.records import Cell, Phase
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, EffectKind, Scope
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
RUN = Phase.RUN

ITEMS = frozenset({EffectKind.SET_ITEM, EffectKind.DELETE_ITEM})

CHANGING = frozenset(
    {
        "add",
        "append",
        "appendleft",
        "clear",
        "discard",
        "extend",
        "insert",
        "pop",
        "popitem",
        "popleft",
        "remove",
        "setdefault",
        "update",
    }
)
"""Methods that put elements in or take them out."""

CONSTRUCTION = frozenset({"__init__", "__new__", "__post_init__", "__attrs_post_init__"})

AT_THE_END = frozenset({"append", "extend"})
"""Methods of a list after which a loop over it goes on as if they had come before."""

Change = tuple[Sid, AnyValue, Span, str]
"""Who changes something: function, owner of the attribute, place, method or ``[]``."""

Changes = Mapping[str, tuple[Change, ...]]
"""Name of an attribute -> who changes what it holds."""


def changes_in_place(world: World, phases: Mapping[Sid, frozenset[Phase]]) -> Changes:
    """Return which functions put elements into what attributes hold, or take some out."""
    found: dict[str, tuple[Change, ...]] = {}
    for sid, scope in world.scopes.items():
        if scope.name in CONSTRUCTION or RUN not in phases[sid]:
            continue
        for target, span, how in _targets(scope):
            held = plain(target)
            if type(held) is Attr:
                found[held.name] = (*found.get(held.name, ()), (sid, held.base, span, how))
    return found


def _targets(scope: Scope) -> Iterator[tuple[AnyValue, Span, str]]:
    """Yield the containers that a scope changes, where, and by which method."""
    for effect in scope.effects:
        if effect.kind in ITEMS:
            yield effect.target, effect.span, "[]"
    for call in scope.calls:
        if type(call.callee) is Attr and call.callee.name in CHANGING:
            yield call.callee.base, call.span, call.callee.name


def changers_of_attribute(
    world: World,
    changes: Changes,
    owner: Sid,
    name: str,
    but: Sid,
    harmless: frozenset[str] = frozenset(),
) -> tuple[Step, ...]:
    """Return where other functions than `but` change what an attribute of a class's objects holds.

    Parameters:
        owner: the class. harmless: methods that do not count.
    """
    family = {*project_classes(world, owner), *descendants(world, owner)}
    return tuple(
        _step(world.path(sid), span, world.symbol(sid))
        for sid, base, span, how in changes.get(name, ())
        if sid != but and how not in harmless and _is_of(world, sid, base, family)
    )


def writers_of_attribute(world: World, changes: Changes, owner: Sid, name: str) -> frozenset[Sid]:
    """Return the functions that bind an attribute of a class's objects, or change what it holds.

    Parameters:
        owner: the class.
    """
    family = {*project_classes(world, owner), *descendants(world, owner)}
    changing = {
        sid for sid, base, _, _ in changes.get(name, ()) if _is_of(world, sid, base, family)
    }
    binding = {
        each.method
        for sid in family
        for each in world.self_bindings.get(sid, {}).get(name, ())
        if world.scopes[each.method].name not in CONSTRUCTION
    }
    return frozenset(changing | binding)


def _is_of(world: World, sid: Sid, base: AnyValue, family: set[Sid]) -> bool:
    """Whether an expression may be an instance of one of some classes, or such a class."""
    return any(
        isinstance(item, (InstanceObject, ClassObject)) and item.sid in family
        for item in world.evaluate(sid, base)
    )


def changers_of_cell(
    cell: Cell, function: str, harmless: frozenset[str] = frozenset()
) -> tuple[Step, ...]:
    """Return where other functions change what a cell holds at run time.

    Parameters:
        function: the one that does not count. harmless: methods that do not count.
    """
    return tuple(
        _step(write.path, write.span, write.function)
        for write in cell.run_writes
        if write.function != function
        and write.inner in ((), ("[]",))
        and write.text.removesuffix("()").rpartition(".")[2] not in harmless
    )


def _step(path: str, span: Span, function: str) -> Step:
    return Step(StepKind.WRITE, path, span, f"changed here too, in {function}")
