"""Who changes the headers, cookies or credentials of a client that many share?"""

from collections.abc import Iterable, Iterator, Mapping

from pystatelint.link.describe import describe
from pystatelint.link.objects import LibraryInstance, Sid
from pystatelint.link.phases import moment
from pystatelint.link.records import Phase
from pystatelint.link.records_races import ONE_FOR_ALL
from pystatelint.link.records_sessions import ClientWrite
from pystatelint.link.sharing import Shared, evidence_of, storages, symbol_of
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.course import Spot
from pystatelint.model.facts import AnyValue, Attr, Effect, EffectKind, Scope
from pystatelint.model.finding import Step
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
RUN = Phase.RUN

CONTENTS = frozenset({"cookies", "headers", "params"})
"""Attributes of clients that hold what goes along with each request."""

SETTINGS = frozenset({"api_key", "auth", "base_url", "proxies", "timeout", "token", "verify"})
"""Attributes of clients that say as whom, where and how they ask."""

CHANGING = frozenset({"add", "clear", "pop", "popitem", "set", "setdefault", "update"})

ITEMS = frozenset({EffectKind.AUGMENT_ITEM, EffectKind.DELETE_ITEM, EffectKind.SET_ITEM})
ATTRIBUTES = frozenset({EffectKind.AUGMENT_ATTRIBUTE, EffectKind.SET_ATTRIBUTE})

Found = tuple[Sid, AnyValue, str, Span, int]
"""Function, the client, the act as source, its place and its context."""


def client_acts(world: World, phases: Mapping[Sid, frozenset[Phase]]) -> Iterator[Found]:
    """Yield what functions change of clients at run time, constructors left out."""
    for sid, scope in world.scopes.items():
        if RUN not in phases[sid] or world.modules[sid[0]].test or scope.name == "__init__":
            continue
        for act in _acts(world, sid, scope):
            if RUN in moment(world, sid, act[4], phases[sid]):
                yield act


def client_writes(
    world: World, acts: Iterable[Found], shared: Shared, reach: Mapping[Sid, Step]
) -> tuple[ClientWrite, ...]:
    """Return what run time changes of shared clients, by path and span.

    Parameters:
        acts: what functions change of clients. shared: what many can get at.
        reach: how each function is reached.
    """
    written = [each for act in acts for each in _written(world, act, shared, reach)]
    return tuple(sorted(written, key=lambda each: (each.path, each.span)))


def _acts(world: World, sid: Sid, scope: Scope) -> Iterator[Found]:
    """Yield what a function changes of clients."""
    for effect in scope.effects:
        client = _client_of(effect)
        if client is not None and client_type(world, sid, client):
            shown = describe(scope, client)
            yield sid, client, _text(scope, effect, shown), effect.span, effect.context
    for call in scope.calls:
        callee = call.callee
        if type(callee) is Attr and callee.name in CHANGING:
            part = plain(callee.base)
            if type(part) is Attr and part.name in CONTENTS and client_type(world, sid, part.base):
                text = f"{describe(scope, callee)}()"
                yield sid, part.base, text, call.span, call.context


def _client_of(effect: Effect) -> AnyValue | None:
    """Return the object of which an effect changes a part or attribute that clients have."""
    target = plain(effect.target)
    if effect.kind in ITEMS and type(target) is Attr and target.name in CONTENTS:
        return target.base
    if effect.kind in ATTRIBUTES and effect.name in CONTENTS | SETTINGS:
        return effect.target
    return None


def _text(scope: Scope, effect: Effect, shown: str) -> str:
    """Return an effect as source."""
    if effect.kind in ATTRIBUTES:
        return f"{shown}.{effect.name} = ..."
    return f"{describe(scope, effect.target)}[...] = ..."


def client_type(world: World, sid: Sid, value: AnyValue) -> str:
    """Return the class of the client that a value is, or nothing."""
    sessions = world.knowledge.tables.sessions
    for item in world.evaluate(sid, value):
        for content in contents(world, item):
            if type(content) is LibraryInstance:
                row = sessions.get(content.dotted)
                if row is not None and row.role == "client":
                    return content.dotted
    return ""


def _written(
    world: World, act: Found, shared: Shared, reach: Mapping[Sid, Step]
) -> Iterator[ClientWrite]:
    """Yield the record of an act on a client that many can get at."""
    sid, client, text, span, _ = act
    for place in storages(world, sid, Spot(client, "", "")):
        evidence = evidence_of(world, shared, place)
        if evidence is not None and evidence[0] in ONE_FOR_ALL:
            yield ClientWrite(
                symbol=symbol_of(world, place),
                dotted=client_type(world, sid, client),
                text=text,
                function=world.symbol(sid),
                module=world.modules[sid[0]].name,
                path=world.path(sid),
                span=span,
                evidence=evidence[1],
                reached_from=reach.get(sid),
            )
            return
