"""Which modules and classes keep an iterator that functions advance?"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from pystatelint.link.assemble import Phases, write_of
from pystatelint.link.callgraph import Foreign
from pystatelint.link.describe import describe
from pystatelint.link.interest import WATCHED, WRITES
from pystatelint.link.library_names import library_names
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ExternalObject,
    FunctionObject,
    MethodObject,
    Object,
    Sid,
)
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action, SharedIterator
from pystatelint.link.route import route
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Call,
    Fresh,
    Result,
    ScopeFlag,
    ScopeKind,
    Typed,
    Union,
)
from pystatelint.model.finding import Step

ADVANCING_FUNCTIONS = frozenset({"anext", "next"})
ADVANCING_METHODS = frozenset({"__anext__", "__next__", "asend", "send"})


class Source(msgspec.Struct, frozen=True):
    """Where an iterator comes from: what made it, and whether it never ends."""

    maker: str
    endless: bool


def shared_iterators(
    world: World,
    foreign: Mapping[Sid, tuple[Foreign, ...]],
    phases: Phases,
    reach: Mapping[Sid, Step],
) -> Iterator[SharedIterator]:
    """Yield the iterators of modules and classes that some scope advances, sorted by symbol."""
    advances: dict[CellKey, list[RawWrite]] = {}
    for sid, calls in foreign.items():
        for each in calls:
            if each.bits & (WRITES | WATCHED):
                for write in _advances(world, sid, each):
                    advances.setdefault(write.cell, []).append(write)
    for cell in sorted(advances, key=world.cell_symbol):
        source = _source_of(world, cell)
        if source is not None and _lasts(world, cell.owner):
            scope = world.scopes[cell.owner]
            yield SharedIterator(
                symbol=world.cell_symbol(cell),
                module=world.modules[cell.owner[0]].name,
                path=world.path(cell.owner),
                span=next((each.span for each in world.bindings(cell)), scope.span),
                maker=source.maker,
                endless=source.endless,
                writes=tuple(write_of(world, each, phases, reach) for each in advances[cell]),
            )


def _advances(world: World, sid: Sid, foreign: Foreign) -> Iterator[RawWrite]:
    """Yield the cells whose iterator one call advances, as writes of these cells."""
    call = world.scopes[sid].calls[foreign.number]
    match foreign.callee:
        case ExternalObject(dotted) if dotted in ADVANCING_FUNCTIONS and call.arguments:
            target = call.arguments[0]
            found: Iterable[Object] = world.evaluate(sid, target)
            text = f"{dotted}({describe(world.scopes[sid], target)})"
        case MethodObject(receiver, name) if name in ADVANCING_METHODS:
            target, found = call.callee, (receiver,)
            text = f"{describe(world.scopes[sid], target)}()"
        case CellObject() as held:
            methods = [each for each in contents(world, held) if _is_advancing(each)]
            target, found = call.callee, (held,) if methods else ()
            text = f"{describe(world.scopes[sid], target)}()"
        case _:
            return
    for item in found:
        if isinstance(item, CellObject):
            yield _advance(world, sid, call, item.cell, target, text)


def _is_advancing(item: Object) -> bool:
    """Whether an object is the bound method of an iterator: ``count().__next__``."""
    return isinstance(item, MethodObject) and item.name in ADVANCING_METHODS


def _advance(
    world: World, sid: Sid, call: Call, cell: CellKey, target: AnyValue, text: str
) -> RawWrite:
    """Return one step of an iterator as a write of its cell."""
    way = route(world, sid, target, cell)
    return RawWrite(
        cell=cell,
        action=Action.METHOD,
        receiver=way.receiver,
        text=text,
        sid=sid,
        span=call.span,
        context=call.context,
        aliases=way.aliases,
    )


def _source_of(world: World, cell: CellKey) -> Source | None:
    """Return where the iterator that a cell holds comes from; None if it holds none."""
    held = [(cell.owner, each.value) for each in world.bindings(cell)]
    held.extend((sid, effect.value) for sid, effect in world.global_binds.get(cell, ()))
    for sid, value in held:
        for source in _sources(world, sid, value):
            return source
    return None


def _sources(world: World, sid: Sid, value: AnyValue | None) -> Iterator[Source]:
    """Yield the calls and expressions that make an iterator, behind a value."""
    match value:
        case Typed(value=inner):
            yield from _sources(world, sid, inner)
        case Union(options=options):
            for option in options:
                yield from _sources(world, sid, option)
        case Attr(base=base, name=name) if name in ADVANCING_METHODS:
            yield from _sources(world, sid, base)
        case Fresh(shape="generator"):
            yield Source("generator", endless=False)
        case Result(call=number):
            yield from _made_by(world, world.callees(sid)[number])
        case _:
            return


def _made_by(world: World, callees: Iterable[Object]) -> Iterator[Source]:
    """Yield what calls of library functions and of generator functions make."""
    rows = world.knowledge.tables.iterators
    for item in callees:
        if isinstance(item, FunctionObject):
            if world.scopes[item.sid].flags & ScopeFlag.GENERATOR:
                yield Source("generator", endless=False)
            continue
        for dotted in library_names(world, (item,)):
            if dotted in rows:
                yield Source(dotted, endless=rows[dotted].endless)


def _lasts(world: World, owner: Sid) -> bool:
    """Whether a module, or a class that is made only once, keeps the iterator."""
    module, position = owner
    while position > 0:
        scope = world.scopes[(module, position)]
        if scope.kind is not ScopeKind.CLASS:
            return False
        position = scope.parent
    return True
