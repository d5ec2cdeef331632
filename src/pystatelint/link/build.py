"""Facts become a `Project`: the only place that names every step of the link phase."""

from collections.abc import Iterable

from pystatelint.config.choices import ProjectKind
from pystatelint.link import assemble
from pystatelint.link.aliases import through_stores
from pystatelint.link.cached_reads import cached_reads
from pystatelint.link.callgraph import CallGraph, call_graph, with_edges
from pystatelint.link.cells import Seed, seeds
from pystatelint.link.changers import changes_in_place
from pystatelint.link.classes import Holders, class_info, holders
from pystatelint.link.client_writes import client_acts, client_writes
from pystatelint.link.closures import closures
from pystatelint.link.collected_calls import with_collected_calls
from pystatelint.link.company import Company, calls_of
from pystatelint.link.constructed import constructions
from pystatelint.link.context_leaks import context_leaks
from pystatelint.link.declared_guards import accesses_to_guarded, unguarded
from pystatelint.link.decorated import decorators_of
from pystatelint.link.default_escapes import default_escapes
from pystatelint.link.descriptors import descriptor_stores
from pystatelint.link.entries import entry_points, roles_of
from pystatelint.link.evaluate import EVALUATORS, declared_instances
from pystatelint.link.expressions import attribute_reads
from pystatelint.link.flows import Flow, flows_of
from pystatelint.link.function_attributes import function_attributes
from pystatelint.link.given import callers_of
from pystatelint.link.handed_out import handed_out
from pystatelint.link.handed_sessions import handed_sessions
from pystatelint.link.index import (
    attribute_names,
    index_calls,
    index_module_stores,
    index_subclasses,
    index_world,
    mark_constructors,
)
from pystatelint.link.interest import WRITES
from pystatelint.link.iterators import shared_iterators
from pystatelint.link.kept_arguments import kept_arguments
from pystatelint.link.knowledge import Knowledge
from pystatelint.link.late_bindings import late_bindings
from pystatelint.link.library_calls import library_calls
from pystatelint.link.load_then_save import loads_then_saves
from pystatelint.link.lock_misuses import lock_misuses
from pystatelint.link.lock_orders import lock_orders
from pystatelint.link.lock_scopes import locks_of_one_object
from pystatelint.link.locksets import locks_of_callers
from pystatelint.link.lost import lost_references
from pystatelint.link.memos import tables_filled_on_a_miss
from pystatelint.link.mutations import call_writes
from pystatelint.link.objects import Sid
from pystatelint.link.outsiders import outsiders_of
from pystatelint.link.overrides import override_edges
from pystatelint.link.parts import parts_of_work
from pystatelint.link.passed import passed_writes
from pystatelint.link.passed_calls import with_passed_calls
from pystatelint.link.passed_values import passing
from pystatelint.link.phase_sets import IN_ORDER
from pystatelint.link.phases import phases_of
from pystatelint.link.plausible import changes_element, plausible
from pystatelint.link.process_writes import process_writes
from pystatelint.link.project import Project
from pystatelint.link.prototypes import with_prototypes
from pystatelint.link.races import hazardous, races, roles_of_many, with_courses
from pystatelint.link.raw import RawWrite
from pystatelint.link.reach import reached_from
from pystatelint.link.read_properties import with_properties
from pystatelint.link.records import ClassInfo, FunctionInfo, LibraryCall, Phase, Value
from pystatelint.link.repeated import aliased_elements
from pystatelint.link.roots import passed_functions
from pystatelint.link.row_inserts import row_inserts
from pystatelint.link.row_updates import row_updates
from pystatelint.link.sharing import NOTHING_SHARED, sharing_of
from pystatelint.link.singletons import singletons
from pystatelint.link.stale import rebound_cells, stale_imports
from pystatelint.link.starters import starters
from pystatelint.link.stashes import stashes
from pystatelint.link.stateful_defaults import stateful_defaults
from pystatelint.link.summaries import parameter_writes
from pystatelint.link.suspension import suspending
from pystatelint.link.upper_bounds import settle
from pystatelint.link.uses import Program
from pystatelint.link.values import value_of
from pystatelint.link.whys import Whys
from pystatelint.link.world import World
from pystatelint.link.writes import effect_writes
from pystatelint.model.facts import Scope, ScopeFlag, ScopeKind
from pystatelint.model.module import ModuleInput

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
CLASS = ScopeKind.CLASS
FUNCTION = ScopeKind.FUNCTION
MODULE = ScopeKind.MODULE

Phases = dict[Sid, frozenset[Phase]]
Flows = dict[Sid, tuple[Flow, ...]]


def link(
    modules: Iterable[ModuleInput], knowledge: Knowledge, kind: ProjectKind = "auto"
) -> Project:
    """Return the linked project.

    Args:
        modules: every module, in any order.
        knowledge: what the data tables say of code outside the project.
        kind: what the project is; with ``auto`` its code decides.

    Returns:
        A project whose parts are all sorted: equal input gives equal output.
    """
    return link_and_tell(modules, knowledge, kind)[0]


def link_and_tell(
    modules: Iterable[ModuleInput], knowledge: Knowledge, kind: ProjectKind = "auto"
) -> tuple[Project, Whys]:
    """Return the linked project as `link` does, and who can tell why its functions run."""
    world = new_world(modules, knowledge)
    direct = call_graph(world)
    callers = callers_of(world, direct)
    passing_on = with_passed_calls(world, direct, callers)
    graph = with_properties(world, with_collected_calls(world, passing_on, callers))
    flows = {sid: flows_of(world, sid, scope) for sid, scope in world.scopes.items()}
    entries = entry_points(world, graph.foreign, callers)
    roles = roles_of(entries)
    starting = starters(world, graph, callers)
    waited_for = parts_of_work(world, graph, callers, entries, starting.every)
    parts = tuple(part for calls in waited_for.values() for part in calls)
    passed = passed_functions(world, flows, parts)
    outsiders = outsiders_of(world, kind)
    phases, starts = phases_of(
        world,
        with_edges(graph, (*parts, *override_edges(world, graph.callers))),
        passed,
        {sid: names for sid, names in roles.items() if sid not in waited_for},
        starting,
        outsiders,
    )
    reach = reached_from(world, roles, graph.calls)
    possible = plausible(world, raw_writes(world, graph), graph.made)
    proper = tuple(write for write in possible if not changes_element(write))
    stores = settle(world, callers, direct.made, proper)
    raw = stores.settled
    accesses = accesses_to_guarded(world)
    world.locks_of_callers.update(
        locks_of_callers(
            world,
            graph.callers,
            roles.keys() | passed,
            (
                *(write.sid for write in raw),
                *with_courses(world),
                *(each.sid for each in accesses),
            ),
        )
    )
    found = tuple(seeds(world))
    captured = closures(world, graph, entries, reach)
    lost = lost_references(world, graph.foreign, flows, possible, stores.vague, found)
    written = (*through_stores(world, raw), *captured.writes)
    cells = assemble.cells(world, (*found, *captured.seeds), written, lost, phases, reach)
    held = held_in_modules(world, found)
    suspends = suspending(world)
    singles = singletons(world, proper, phases)
    hazards = tuple(hazardous(world, phases, suspends))
    acts = tuple(client_acts(world, phases))
    asked = hazards or acts
    shared = sharing_of(world, entries, held, singles, cells) if asked else NOTHING_SHARED
    filled = tables_filled_on_a_miss(world, flows, possible, reach)
    tables = knowledge.tables
    program = Program(attribute_reads(world), callers, entries, outsiders)
    project = Project(
        modules=tuple((module.name, module.path) for module in world.modules),
        cells=cells,
        classes=classes(world, program, held, graph, flows),
        functions=functions(world, phases, suspends),
        library_calls=watched_calls(world, graph, phases),
        stale_imports=tuple(stale_imports(world, rebound_cells(raw, phases), graph.edges)),
        stateful_defaults=tuple(stateful_defaults(world, graph.foreign, phases)),
        process_writes=process_writes(world, graph, entries, phases, reach),
        shared_iterators=tuple(shared_iterators(world, graph.foreign, phases, reach)),
        kept_arguments=kept_arguments(world, entries, held, graph.edges, phases),
        descriptor_stores=descriptor_stores(world),
        singletons=singles,
        aliased_elements=aliased_elements(world, program, possible),
        late_bindings=late_bindings(world),
        stashes=stashes(world, entries, graph.edges),
        context_leaks=context_leaks(world, entries, graph.edges),
        unbounded_tables=filled.unbounded,
        finite_tables=filled.finite,
        handed_out=handed_out(world),
        row_inserts=row_inserts(world, phases, reach),
        loads_then_saves=loads_then_saves(world, phases, reach, suspends),
        row_updates=row_updates(world, phases, reach),
        client_writes=client_writes(world, acts, shared, reach),
        handed_sessions=handed_sessions(world),
        kept_closures=captured.kept,
        cached_reads=cached_reads(world, flows),
        default_escapes=default_escapes(world, program, phases),
        races=races(
            world,
            hazards,
            Company(
                shared,
                {cell.symbol: cell for cell in cells},
                changes_in_place(world, phases) if hazards else {},
                reached_from(world, roles_of_many(entries), graph.calls) if hazards else {},
                calls_of(graph.calls, shared.started),
            ),
        ),
        lock_misuses=lock_misuses(
            world,
            phases,
            suspends,
            (
                *unguarded(world, accesses),
                *locks_of_one_object(world, cells, entries, reach, held),
                *lock_orders(world, phases, graph.calls),
            ),
        ),
        function_attributes=tuple(function_attributes(world, phases, reach)),
        test_modules=frozenset(module.name for module in world.modules if module.test),
        session_types=frozenset(name for name, row in tables.sessions.items() if row.live),
        request_types=frozenset(tables.requests),
        local_types=frozenset(name for name, row in tables.holders.items() if row.local),
        copy_semantics=tuple(tables.copies.values()),
        orm_columns=assemble.unique(tables.columns.values()),
        process_states=tuple(tables.process.states.values()),
        volatile=assemble.unique(tables.volatile.values()),
        cache_decorators=assemble.unique(tables.caches.values()),
        transparent_decorators=frozenset(n for n, row in tables.decorators.items() if row.hands_on),
    )
    return project, Whys(world, starts)


def new_world(modules: Iterable[ModuleInput], knowledge: Knowledge) -> World:
    """Return an indexed world; modules are put in order of their names."""
    ordered = tuple(sorted(modules, key=lambda module: (module.name, module.path)))
    world = World(ordered, knowledge, EVALUATORS, declared_instances)
    index_world(world)
    index_calls(world)
    index_subclasses(world)
    index_module_stores(world)
    mark_constructors(world)
    world.forget()
    world.attribute_names = attribute_names(world)
    world.with_prototypes = with_prototypes(world)
    return world


def raw_writes(world: World, graph: CallGraph) -> tuple[RawWrite, ...]:
    """Return every write to a cell, in order of modules and scopes."""
    found: list[RawWrite] = []
    for sid in sorted({*world.acting, *graph.foreign}):
        scope = world.scopes[sid]
        for effect in scope.effects:
            found.extend(effect_writes(world, sid, scope, effect))
        for each in graph.foreign.get(sid, ()):
            if each.bits & WRITES:
                call = scope.calls[each.number]
                found.extend(call_writes(world, sid, scope, call, each.callee))
    calls = passing(graph)
    found.extend(passed_writes(world, calls, parameter_writes(world, graph, calls)))
    return tuple(found)


def held_in_modules(world: World, found: tuple[Seed, ...]) -> Holders:
    """Return the module cells that hold an instance of each class."""
    keys = (seed.key for seed in found)
    return holders(world, (key for key in keys if world.scopes[key.owner].kind is MODULE))


def classes(
    world: World, program: Program, held: Holders, graph: CallGraph, flows: Flows
) -> tuple[ClassInfo, ...]:
    """Return every class, sorted by symbol."""
    counts = constructions(world, graph.made, flows)
    infos = [
        class_info(world, program, sid, held.get(sid, ()), counts.get(sid, 0))
        for sid, scope in world.scopes.items()
        if scope.kind is CLASS
    ]
    return tuple(sorted(infos, key=lambda info: (info.symbol, info.span)))


def functions(world: World, phases: Phases, suspends: frozenset[Sid]) -> tuple[FunctionInfo, ...]:
    """Return every function, sorted by symbol."""
    infos = [
        function_info(world, sid, scope, IN_ORDER[phases[sid]], suspends=sid in suspends)
        for sid, scope in world.scopes.items()
        if scope.kind is FUNCTION
    ]
    return tuple(sorted(infos, key=lambda info: (info.symbol, info.span)))


def function_info(
    world: World, sid: Sid, scope: Scope, phases: tuple[Phase, ...], *, suspends: bool
) -> FunctionInfo:
    """Return what rules need to know of one function."""
    owner = world.classes_by_scope.get(sid)
    flags = scope.flags
    return FunctionInfo(
        symbol=world.symbol(sid),
        owner="" if owner is None else world.symbol(owner),
        path=world.path(sid),
        span=scope.span,
        decorators=decorators_of(world, sid) if scope.decorators else (),
        static=flags & ScopeFlag.STATIC != 0,
        class_method=flags & ScopeFlag.CLASS_METHOD != 0,
        is_async=flags & ScopeFlag.ASYNC != 0,
        generator=flags & ScopeFlag.GENERATOR != 0,
        phases=phases,
        returns=returned_values(world, sid, scope) if scope.decorators else (),
        suspends=suspends,
    )


def returned_values(world: World, sid: Sid, scope: Scope) -> tuple[Value, ...]:
    """Return what a decorated function can return; rules ask it of cached functions."""
    return tuple(value_of(world, sid, value) for value in scope.results)


def watched_calls(world: World, graph: CallGraph, phases: Phases) -> tuple[LibraryCall, ...]:
    """Return the calls that a data table names, sorted by place."""
    found = [
        call
        for sid, foreign in graph.foreign.items()
        for call in library_calls(world, sid, foreign, phases[sid])
    ]
    return tuple(sorted(found, key=lambda call: (call.path, call.span)))
