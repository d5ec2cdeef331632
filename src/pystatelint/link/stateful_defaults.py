"""Which defaults of parameters were made by a clock, by chance, or hold a connection?"""

from collections.abc import Iterator, Mapping

from pystatelint.link.assemble import Phases
from pystatelint.link.callgraph import Foreign
from pystatelint.link.interest import VOLATILE, WATCHED
from pystatelint.link.library_calls import watched
from pystatelint.link.library_names import library_names
from pystatelint.link.objects import Sid
from pystatelint.link.places import StatefulDefault
from pystatelint.link.records import Phase
from pystatelint.link.world import World
from pystatelint.link.writes import is_marker
from pystatelint.model.facts import Call, Const, Parameter, ScopeKind
from pystatelint.model.span import Span


def stateful_defaults(
    world: World, foreign: Mapping[Sid, tuple[Foreign, ...]], phases: Phases
) -> Iterator[StatefulDefault]:
    """Yield the calls in defaults that the import of a module makes, by path and span.

    Defaults of a function inside another are made anew by each call of that one.
    """
    for sid, calls in foreign.items():
        if not any(each.bits & (VOLATILE | WATCHED) for each in calls) or _is_inside(world, sid):
            continue
        defaults = tuple(_defaults_of(world, sid))
        for each in calls if defaults else ():
            call = world.scopes[sid].calls[each.number]
            for function, parameter in defaults:
                if contains(parameter.span, call.span):
                    for dotted, kind in _state_of(world, each, call):
                        yield StatefulDefault(
                            call=dotted,
                            kind=kind,
                            function=world.symbol(function),
                            parameter=parameter.name,
                            module=world.modules[sid[0]].name,
                            path=world.path(sid),
                            span=call.span,
                            at_run_time=Phase.RUN in phases[function],
                        )


def _is_inside(world: World, sid: Sid) -> bool:
    """Whether a scope is, or stands in, a function."""
    module, position = sid
    while position >= 0:
        scope = world.scopes[(module, position)]
        if scope.kind in (ScopeKind.FUNCTION, ScopeKind.LAMBDA):
            return True
        position = scope.parent
    return False


def _defaults_of(world: World, sid: Sid) -> Iterator[tuple[Sid, Parameter]]:
    """Yield the parameters with a default of the functions that a body defines.

    Markers stand for what a framework will pass: they are no defaults.
    """
    module, position = sid
    for inner, scope in enumerate(world.modules[module].facts.scopes):
        if scope.parent == position:
            for parameter in scope.parameters:
                default = parameter.default
                if default is None or isinstance(default, Const) or is_marker(world, sid, default):
                    continue
                yield (module, inner), parameter


def contains(outer: Span, inner: Span) -> bool:
    """Whether a range of source text lies within another."""
    starts = (outer.line, outer.column) <= (inner.line, inner.column)
    ends = (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    return starts and ends


def _state_of(world: World, foreign: Foreign, call: Call) -> Iterator[tuple[str, str]]:
    """Yield what a call depends on, or what kind of live object it makes."""
    tables = world.knowledge.tables
    for dotted in library_names(world, (foreign.callee,)):
        row = tables.volatile.get(dotted)
        if row is not None and (row.most is None or len(call.arguments) <= row.most):
            yield dotted, row.kind
    live = watched(world, (foreign.callee,))
    if live in tables.sessions:
        yield live, tables.sessions[live].role
