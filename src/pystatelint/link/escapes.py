"""Where does a reference to a cell leave our sight?

An escape is no evidence of a write; it only blocks the proof that there is none.
"""

from collections.abc import Iterator, Mapping

import msgspec

from pystatelint.link.callgraph import Foreign
from pystatelint.link.defaults import is_empty
from pystatelint.link.describe import describe
from pystatelint.link.flows import Flow
from pystatelint.link.heirs import CONTENT_EFFECTS, cells_of_heirs, changes_in_heirs
from pystatelint.link.interest import WRITES
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ClassObject,
    ExternalObject,
    MadeObject,
    MethodObject,
    ModuleObject,
    NamespaceObject,
    Object,
    ParameterObject,
    PartObject,
    Sid,
)
from pystatelint.link.raw import RawWrite
from pystatelint.link.world import World
from pystatelint.link.writes import default_cell
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Call,
    Const,
    Item,
    Truthy,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.span import Span

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
ESCAPE = StepKind.ESCAPE


class Escape(msgspec.Struct, frozen=True):
    """A reference to a cell, or to something inside it, that goes out of sight."""

    cell: CellKey
    step: Step


def escapes_of(world: World, sid: Sid, flows: tuple[Flow, ...]) -> Iterator[Escape]:
    """Yield the escapes in one scope."""
    for flow in flows:
        cells = [
            cell
            for item in flow.found
            if type(item) in LOSING and (cell := _lost(world, item)) is not None
        ]
        if not cells or (flow.call >= 0 and keeps_nothing(world, sid, flow.call)):
            continue
        step = Step(ESCAPE, world.path(sid), flow.span, flow.kind)
        for cell in cells:
            yield Escape(cell, step)
            if flow.open:
                yield from (Escape(heir, step) for heir in cells_of_heirs(world, cell))


LOSING = frozenset({CellObject, MethodObject, ParameterObject, PartObject})
"""What can lead into a cell; functions and classes cannot."""


def changed_element(world: World, write: RawWrite) -> Escape:
    """Return what a change of an object in a container means for the container's proof."""
    step = _veto(world, write.sid, write.span, f"{write.text} changes an object that lies in it")
    return Escape(write.cell, step)


def stored_somewhere(world: World, write: RawWrite) -> Escape:
    """Return what a store to some class means for the proof of the attribute of its base."""
    step = _veto(world, write.sid, write.span, f"{write.text} gives it to this class or an heir")
    return Escape(write.cell, step)


def changed_in_heirs(world: World) -> Iterator[Escape]:
    """Yield what changes of class attributes mean for the proofs of the same ones of heirs."""
    for cell, sid, text, span in changes_in_heirs(world):
        heir = world.symbol(cell.owner)
        yield Escape(cell, _veto(world, sid, span, f"{text} changes it in instances of {heir}"))


def _lost(world: World, item: Object) -> CellKey | None:
    """Return the cell that a reference leads into, unless only to a constant in it."""
    if type(item) is CellObject:
        return item.cell
    if type(item) is PartObject:
        return None if item.content is not None and _is_constant(item.content) else item.cell
    if type(item) is ParameterObject:
        return None if item.path and is_empty(world, item) else default_cell(world, item)
    if type(item) is not MethodObject or item.name not in world.knowledge.all_mutators:
        return None
    receiver = item.receiver
    return receiver.cell if type(receiver) is CellObject or type(receiver) is PartObject else None


def _is_constant(content: Object) -> bool:
    """Whether a part can never change."""
    return type(content) is MadeObject and content.shape in {"constant", "string"}


def keeps_nothing(world: World, sid: Sid, call: int) -> bool:
    """Whether a call neither keeps nor changes its arguments, as far as tables know."""
    found = world.callees(sid)[call]
    return bool(found) and all(_is_pure(world, item) for item in found)


def _is_pure(world: World, item: Object) -> bool:
    """Whether one callee is known to keep nothing."""
    if type(item) is ExternalObject:
        return item.dotted in world.knowledge.pure or item.dotted in world.knowledge.immutable
    return type(item) is MethodObject and _is_constant(item.receiver)


def shaken_scopes(
    world: World, foreign: Mapping[Sid, tuple[Foreign, ...]]
) -> Iterator[tuple[Sid, Step]]:
    """Yield the modules and classes that somebody may write under any name, and where.

    ``setattr(m, name, x)``, ``globals()[name] = x``, ``m.__dict__.update(x)``, ``exec(text)``.
    """
    for sid in sorted({*world.acting, *foreign}):
        scope = world.scopes[sid]
        for effect in scope.effects:
            if effect.kind in CONTENT_EFFECTS and type(effect.key) is not Const:
                for item in world.evaluate(sid, effect.target):
                    if type(item) is NamespaceObject:
                        for owner in _owners(item.of):
                            text = "writes a name that is not constant"
                            yield owner, _veto(world, sid, effect.span, text)
        for each in foreign.get(sid, ()):
            if each.bits & WRITES and type(each.callee) in SHAKING:
                call = scope.calls[each.number]
                for owner, act in _shaken_by(world, sid, call, each):
                    text = f"{describe(scope, call.callee)}() {act}"
                    yield owner, _veto(world, sid, call.span, text)


SHAKING = frozenset({ExternalObject, MethodObject})
"""What writes a name that need not be constant, where it is called."""


def _shaken_by(world: World, sid: Sid, call: Call, foreign: Foreign) -> Iterator[tuple[Sid, str]]:
    """Yield the modules and classes that one call may write under any name, and how."""
    match foreign.callee:
        case ExternalObject("setattr" | "delattr"):
            if call.arguments and not _names_attribute(call):
                for target in world.evaluate(sid, call.arguments[0]):
                    yield from (
                        (owner, "with a name that is not constant") for owner in _owners(target)
                    )
        case ExternalObject("exec" | "eval"):
            yield (sid[0], 0), "can bind any name of the module"
        case MethodObject(NamespaceObject(of), _):
            yield from ((owner, "changes the namespace") for owner in _owners(of))
        case _:
            pass


def unfollowed_chains(world: World) -> Iterator[tuple[Sid, Step]]:
    """Yield the modules with a chain of aliases or calls too long to follow to its end."""
    for sid in sorted(world.unfollowed):
        yield sid, _veto(world, sid, world.scopes[sid].span, "a chain here is too long to follow")


def _veto(world: World, sid: Sid, span: Span, text: str) -> Step:
    """Return the step that shows what blocks a proof."""
    return Step(ESCAPE, world.path(sid), span, text)


def _names_attribute(call: Call) -> bool:
    """Whether ``setattr`` is called with a constant name."""
    return len(call.arguments) > 1 and isinstance(call.arguments[1], Const)


def _owners(item: Object) -> Iterator[Sid]:
    """Yield the scope that owns the cells of a module or class."""
    match item:
        case ModuleObject(module):
            yield (module, 0)
        case ClassObject(owner):
            yield owner
        case _:
            return


def vetoes_of(world: World) -> Iterator[tuple[str, Step]]:
    """Return the attribute names that somebody writes into through an unknown receiver, and where.

    ``<?>.NAME[...] = x`` and ``<?>.NAME.append(x)`` may concern any cell called NAME.
    """
    found = [place for sid in world.acting for place in _by_effects(world, sid)]
    found += _by_mutators(world)
    return ((attribute, step) for _, attribute, step in sorted(found, key=_scope_of))


def _scope_of(veto: tuple[Sid, str, Step]) -> Sid:
    return veto[0]


def _by_effects(world: World, sid: Sid) -> Iterator[tuple[Sid, str, Step]]:
    """Yield what the assignments of a scope write into."""
    scope = world.scopes[sid]
    for effect in scope.effects:
        if effect.kind in CONTENT_EFFECTS:
            for attribute in _unknown_attributes(world, sid, effect.target):
                text = f"{describe(scope, effect.target)} is written, and may be any {attribute}"
                yield sid, attribute, _veto(world, sid, effect.span, text)


def _by_mutators(world: World) -> Iterator[tuple[Sid, str, Step]]:
    """Yield what the calls of mutators write into."""
    for sid, number in world.mutator_calls:
        scope = world.scopes[sid]
        call = scope.calls[number]
        assert isinstance(call.callee, Attr)  # such calls are listed
        for attribute in _unknown_attributes(world, sid, call.callee.base):
            text = f"{describe(scope, call.callee)}() may change any {attribute}"
            yield sid, attribute, _veto(world, sid, call.span, text)


def _unknown_attributes(world: World, sid: Sid, target: AnyValue) -> Iterator[str]:
    """Yield the last attribute name of a target that leads nowhere."""
    while type(target) is Alias or type(target) is Truthy or type(target) is Item:
        target = target.base
    if type(target) is Attr:
        for item in world.evaluate(sid, target):
            if type(item) in KNOWN:
                return
        yield target.name


KNOWN = frozenset({CellObject, MadeObject, PartObject})
"""What is no stranger: a write into it concerns that object."""
