"""Who changes the state of the whole process: its environment, directory, seeds, handlers?"""

from collections.abc import Iterator, Mapping

from pystatelint.link.assemble import Phases
from pystatelint.link.callgraph import CallGraph
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
    acts = {sid: found for sid in world.scopes if (found := tuple(_acts(world, sid, graph)))}
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
    calls = world.knowledge.tables.process.calls
    for each in graph.foreign.get(sid, ()):
        if each.bits & PROCESS:
            call = scope.calls[each.number]
            for name in library_names(world, (each.callee,)):
                if name in calls:
                    shown = describe(scope, call.callee)
                    text = f"{name if shown.startswith('...') else shown}()"
                    given = (*call.arguments, *(value for _, value in call.keywords))
                    yield ProcessAct(
                        calls[name], name, text, call.span, call.context, each.number, given
                    )
    for effect in scope.effects:
        if type(effect.target) is Param:
            continue  # what a caller passed is no name of a library
        for state, name, text in _changed(world, sid, scope, effect):
            given = () if effect.value is None else (effect.value,)
            yield ProcessAct(state, name, text, effect.span, effect.context, -1, given)


def _changed(
    world: World, sid: Sid, scope: Scope, effect: Effect
) -> Iterator[tuple[str, str, str]]:
    """Yield state, name and wording of what an effect changes."""
    process = world.knowledge.tables.process
    if effect.kind in ATTRIBUTES:
        for item in world.evaluate(sid, effect.target):
            if isinstance(item, ExternalObject):
                name = world.knowledge.canonical(f"{item.dotted}.{effect.name}")
                state = process.attributes.get(name) or process.members.get(item.dotted)
                if state:
                    shown = f"{describe(scope, effect.target)}.{effect.name}"
                    yield state, name, ATTRIBUTES[effect.kind].format(shown)
    elif effect.kind in ITEMS:
        for item in world.evaluate(sid, effect.target):
            if isinstance(item, ExternalObject) and item.dotted in process.contents:
                shown = describe(scope, effect.target)
                yield process.contents[item.dotted], item.dotted, ITEMS[effect.kind].format(shown)
