"""Who changes the state of the whole process: its environment, directory, seeds, handlers?"""

from collections.abc import Iterator, Mapping

from pystatelint.link.assemble import Phases
from pystatelint.link.callgraph import CallGraph, Foreign
from pystatelint.link.describe import describe
from pystatelint.link.entries import EntryPoints
from pystatelint.link.interest import PROCESS
from pystatelint.link.library_names import library_names
from pystatelint.link.objects import ExternalObject, Sid
from pystatelint.link.own_process import in_own_process
from pystatelint.link.phases import moment
from pystatelint.link.places import ProcessWrite
from pystatelint.link.records import Phase
from pystatelint.link.restoring import Restorers, is_put_back, is_undone_later, restorers
from pystatelint.link.undoing import Acts, ProcessAct
from pystatelint.link.world import World
from pystatelint.model.facts import Effect, EffectKind, Param, Scope
from pystatelint.model.finding import Step

ATTRIBUTES = {
    EffectKind.SET_ATTRIBUTE: "{} = ...",
    EffectKind.DELETE_ATTRIBUTE: "del {}",
    EffectKind.AUGMENT_ATTRIBUTE: "{} op= ...",
}
ITEMS = {
    EffectKind.SET_ITEM: "{}[...] = ...",
    EffectKind.DELETE_ITEM: "del {}[...]",
    EffectKind.AUGMENT_ITEM: "{}[...] op= ...",
    EffectKind.AUGMENT: "{} op= ...",
}
"""Effects on a name of a library and on what is in it, and how they read."""


def process_writes(
    world: World,
    graph: CallGraph,
    entries: EntryPoints,
    phases: Phases,
    reach: Mapping[Sid, Step],
) -> tuple[ProcessWrite, ...]:
    """Return what changes the state of the process at run time, by path and span.

    What runs in a process of its own changes the state of that one.
    """
    acts = {
        sid: found
        for sid, scope in world.scopes.items()
        if (scope.effects or sid in graph.foreign) and (found := tuple(_acts(world, sid, graph)))
    }
    if not acts:
        return ()
    apart = in_own_process(world, graph, entries, acts)
    known = restorers(world, graph, acts)
    written = [
        _written(world, sid, act, acts, known, reach.get(sid))
        for sid, found in acts.items()
        for act in found
        if sid not in apart and Phase.RUN in moment(world, sid, act.context, phases[sid])
    ]
    return tuple(sorted(written, key=lambda write: (write.path, write.span)))


def _written(
    world: World, sid: Sid, act: ProcessAct, acts: Acts, known: Restorers, reached: Step | None
) -> ProcessWrite:
    """Return one act as rules read it."""
    return ProcessWrite(
        state=act.state,
        name=act.name,
        text=act.text,
        module=world.modules[sid[0]].name,
        function=world.symbol(sid),
        path=world.path(sid),
        span=act.span,
        put_back=is_put_back(world, sid, act, known),
        undone=is_undone_later(world, sid, act, acts, known),
        reached_from=reached,
    )


def _acts(world: World, sid: Sid, graph: CallGraph) -> Iterator[ProcessAct]:
    """Yield what one scope does to the state of the process, in order of calls and effects."""
    scope = world.scopes[sid]
    for each in graph.foreign.get(sid, ()):
        if each.bits & PROCESS:
            yield from _called(world, scope, each)
    for effect in scope.effects:
        if type(effect.target) is not Param:  # what a caller passed is no name of a library
            yield from _changed(world, sid, scope, effect)


def _called(world: World, scope: Scope, foreign: Foreign) -> Iterator[ProcessAct]:
    """Yield what a call changes."""
    process = world.knowledge.tables.process
    call = scope.calls[foreign.number]
    for name in library_names(world, (foreign.callee,)):
        if name in process.calls:
            holder = name.rpartition(".")[0]
            shown = describe(scope, call.callee)
            yield ProcessAct(
                state=process.calls[name],
                name=name,
                of=holder if holder in process.contents else "",
                text=f"{name if shown.startswith('...') else shown}()",
                span=call.span,
                context=call.context,
                call=foreign.number,
                given=(*call.arguments, *(value for _, value in call.keywords)),
            )


def _changed(world: World, sid: Sid, scope: Scope, effect: Effect) -> Iterator[ProcessAct]:
    """Yield what an assignment, augmented or not, or a ``del`` changes."""
    process = world.knowledge.tables.process
    if effect.kind not in ATTRIBUTES and effect.kind not in ITEMS:
        return
    for item in world.evaluate(sid, effect.target):
        if type(item) is not ExternalObject:
            continue
        shown = describe(scope, effect.target)
        if effect.kind in ATTRIBUTES:
            name = world.knowledge.canonical(f"{item.dotted}.{effect.name}")
            state = process.attributes.get(name) or process.members.get(item.dotted)
            text = ATTRIBUTES[effect.kind].format(f"{shown}.{effect.name}")
        else:
            name, state = item.dotted, process.contents.get(item.dotted)
            text = ITEMS[effect.kind].format(shown)
        if state:
            yield ProcessAct(
                state=state,
                name=name,
                of=name,
                text=text,
                span=effect.span,
                context=effect.context,
                call=-1,
                given=() if effect.value is None else (effect.value,),
            )
