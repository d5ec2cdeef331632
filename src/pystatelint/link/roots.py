"""In which phases does a scope start by itself, whoever calls it besides?"""

from collections.abc import Container, Iterable, Mapping, Sequence

import msgspec

from pystatelint.link.callgraph import Edge, Edges
from pystatelint.link.flows import Flow, handed_over
from pystatelint.link.hierarchy import ancestor_names
from pystatelint.link.made_to_decorate import is_decorator, makes_rest_of_itself
from pystatelint.link.objects import FunctionObject, Sid
from pystatelint.link.phase_sets import BITS, IMPORT, INIT, MAIN, RUN, TEST
from pystatelint.link.records import Phase
from pystatelint.link.starters import Starters
from pystatelint.link.strange_decorators import is_decorated_by_stranger
from pystatelint.link.test_support import supporting_tests
from pystatelint.link.world import World
from pystatelint.model.facts import ContextFlag, Def, Scope, ScopeFlag, ScopeKind

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
CLASS = ScopeKind.CLASS
FUNCTION = ScopeKind.FUNCTION
MODULE = ScopeKind.MODULE


class Roots(msgspec.Struct, frozen=True):
    """Where phases begin.

    Attributes:
        bits: the phases in which each scope starts; 0 where it runs only if it is called.
        causes: why a scope starts, as a clause about it.
        uncalled: functions that start at run time only since nobody is seen to call them.
    """

    bits: dict[Sid, int]
    causes: dict[Sid, str]
    uncalled: tuple[Sid, ...]


def roots(
    world: World,
    callers: Edges,
    passed: Container[Sid],
    roles: Mapping[Sid, frozenset[str]],
    hooks: Mapping[Sid, int],
    scripts: Container[Sid],
    starting: Starters,
) -> Roots:
    """Return the phases in which each scope starts.

    A module starts at import. A function starts at run time if nobody in the project calls
    it or if it is handed to somebody unknown. What tests do is no such use: a function that
    only tests call is there for somebody else.

    Parameters:
        callers: who calls each scope. passed: functions that are handed to somebody who may
            call them.
        roles: in which roles frameworks call a function. hooks: see `hooks_of`.
        scripts: functions that exist only under the main guard.
        starting: functions that serve until the process ends, and their callers.
    """
    tests = [module.test for module in world.modules]
    supporting = supporting_tests(world)
    found: dict[Sid, int] = {}
    causes: dict[Sid, str] = {}
    uncalled: list[Sid] = []
    for sid, scope in world.scopes.items():
        if tests[sid[0]]:
            found[sid] = TEST if scope.kind is not CLASS else 0
            causes[sid] = "which stands in a test module"
        elif sid in roles:
            found[sid] = _entry_bits(roles[sid])
            causes[sid] = f"which a framework calls ({', '.join(sorted(roles[sid]))})"
        elif scope.kind is MODULE:
            found[sid] = IMPORT
            causes[sid] = "a module that is imported"
        elif scope.kind is CLASS:
            found[sid] = 0
        elif sid in hooks:
            found[sid] = hooks[sid]
            causes[sid] = "which Python or a framework calls by its name"
        elif sid not in passed and scope.results and is_decorator(scope, world, sid):
            found[sid] = IMPORT
            causes[sid] = "which decorates while modules are imported"
        elif scope.decorators and is_decorated_by_stranger(world, sid, scope):
            found[sid] = run_bits(scripts, sid)
            causes[sid] = "which a decorator gets that may call it at any time"
        elif sid in passed:
            # Whoever gets it: if it serves, it does so from then on.
            found[sid] = INIT if sid in starting.first else run_bits(scripts, sid)
            causes[sid] = "which is handed to somebody who may call it at any time"
        elif _is_called(callers.get(sid, ()), sid, tests):
            found[sid] = 0
        else:
            by_name = TEST if sid[0] in supporting else _named_bits(world, sid, scope)
            bits = by_name or run_bits(scripts, sid)
            found[sid] = INIT if bits == RUN and sid in starting.every else bits
            causes[sid] = BY_NAME if by_name else SERVES if found[sid] == INIT else UNCALLED
            if found[sid] == RUN:
                uncalled.append(sid)
    return Roots(found, causes, tuple(uncalled))


BY_NAME = "whose name or module tells when it is called"
SERVES = "which serves until the process ends"
UNCALLED = "which nobody in the project calls, though others may"


def _is_called(calls: Sequence[Edge], sid: Sid, tests: list[bool]) -> bool:
    """Whether something else in the project calls a scope, tests left out."""
    return any(edge.caller != sid and not tests[edge.caller[0]] for edge in calls)


def passed_functions(
    world: World, flows: Mapping[Sid, tuple[Flow, ...]], parts: Iterable[Edge]
) -> frozenset[Sid]:
    """Return the functions that are handed to somebody who may call them, tests left out.

    What a function makes of itself and returns, its caller has; a decorator does so.

    Parameters:
        parts: calls that hand functions over, and wait until these have run.
    """
    waiting = {(part.caller, part.number) for part in parts}
    return frozenset(
        [
            item.sid
            for sid, each in flows.items()
            if each and not world.modules[sid[0]].test
            for flow in handed_over(each)
            if (sid, flow.call) not in waiting
            for item in flow.found
            if type(item) is FunctionObject
            and not (item.sid == sid and makes_rest_of_itself(world, sid, flow.call))
        ]
    )


NAME_PHASES = {
    "startup": INIT,
    "shutdown": INIT,
    "main": MAIN,
    "test": TEST,
}
"""When a function runs that nobody calls, by what its name says."""


def _named_bits(world: World, sid: Sid, scope: Scope) -> int:
    """Return when somebody outside calls a function of this name; 0 if the name does not tell."""
    if scope.kind is not FUNCTION:
        return 0
    if world.scopes[(sid[0], scope.parent)].kind is FUNCTION:
        return 0  # only who has got it from there can call it
    names = world.knowledge.tables.uncalled
    found = NAME_PHASES.get(names.when(scope.name), 0)
    if not found or found == TEST or not _is_instance_method(world, sid, scope):
        return found
    return found if names.tells_of_methods(scope.name) else 0


def _is_instance_method(world: World, sid: Sid, scope: Scope) -> bool:
    """Whether a function is a method that runs on an instance."""
    return sid in world.classes_by_scope and not scope.flags & (
        ScopeFlag.STATIC | ScopeFlag.CLASS_METHOD
    )


def run_bits(scripts: Container[Sid], sid: Sid) -> int:
    """Return the phase in which a function runs that anybody may call."""
    return MAIN if sid in scripts else RUN


ROLE_PHASES = {"lifecycle": Phase.INIT, "script": Phase.MAIN, "test": Phase.TEST}
"""When an entry point runs, by its role; every other role runs at run time."""


def _entry_bits(roles: frozenset[str]) -> int:
    """Return the phases in which a framework calls a function."""
    bits = 0
    for role in roles:
        bits |= BITS[ROLE_PHASES.get(role, Phase.RUN)]
    return bits


def defined_in_main(world: World) -> frozenset[Sid]:
    """Return the functions that exist only under ``if __name__ == "__main__"``."""
    found: list[Sid] = []
    for sid, scope in world.scopes.items():
        guarded = [
            number
            for number, each in enumerate(scope.contexts)
            if each.flags & ContextFlag.MAIN_GUARD
        ]
        if guarded:
            found += [
                (sid[0], binding.value.scope)
                for binding in scope.bindings
                if type(binding.value) is Def and binding.context in guarded
            ]
    return frozenset(found)


def hooks_of(world: World) -> dict[Sid, int]:
    """Return the methods that Python or a framework calls by their names, with the phase."""
    return {
        sid: bits
        for sid, scope in world.scopes.items()
        if scope.name in world.knowledge.init_methods and (bits := _hook_bits(world, sid, scope))
    }


HOOK_PHASES = {"class": Phase.IMPORT, "startup": Phase.INIT}
"""When a hook runs, by what calls it: class creation, or the start of the process."""


def _hook_bits(world: World, sid: Sid, scope: Scope) -> int:
    """Return when Python or a framework calls a hook of this name by itself; 0 for none."""
    owner = world.classes_by_scope.get(sid)
    for row in world.knowledge.init_methods.get(scope.name, ()):
        phase = HOOK_PHASES.get(row.when)
        if phase is None or (owner is None and (row.bases or phase is Phase.IMPORT)):
            continue
        if not row.bases or (
            owner is not None and not set(row.bases).isdisjoint(ancestor_names(world, owner))
        ):
            return BITS[phase]
    return 0
