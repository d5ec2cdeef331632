"""What do the callers of a function pass for a parameter?

An answer for all callers together (0-CFA, Shivers 1988), asked only where a function calls
what it was passed.
"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.attributes import member
from pystatelint.link.callgraph import CallGraph, Edges
from pystatelint.link.elements import ELEMENTS, at_step
from pystatelint.link.objects import PATH_LIMIT, Objects, ParameterObject, Sid, merged
from pystatelint.link.passed_values import Key, passed_values
from pystatelint.link.world import World
from pystatelint.model.facts import ParameterKind, Value


class Callers(msgspec.Struct, frozen=True):
    """The calls of each function, and what was found out of them so far.

    Attributes:
        sites: calls of each function. tests: numbers of the modules whose calls do not count.
        known: what each parameter is given.
        passed: what each call passes for a parameter, parameters of callers left as such.
    """

    sites: Edges
    tests: frozenset[int]
    known: dict[ParameterObject, Objects]
    passed: dict[Key, tuple[Objects, ...]]

    def of(self, function: Sid) -> Iterator[tuple[Sid, int]]:
        """Yield the calls of a function: calling scope, and number of the call in it."""
        for edge in self.sites.get(function, ()):
            if edge.number >= 0 and edge.caller[0] not in self.tests:
                yield edge.caller, edge.number


def callers_of(world: World, graph: CallGraph) -> Callers:
    """Return the calls of each function, those of tests left out."""
    tests = frozenset(number for number, each in enumerate(world.modules) if each.test)
    return Callers(graph.callers, tests, {}, {})


def given(world: World, callers: Callers, parameter: ParameterObject) -> Objects:
    """Return what callers pass for a parameter, or what stands inside that; found out once."""
    found = callers.known.get(parameter)
    if found is None:
        callers.known[parameter] = ()
        try:
            found = _given(world, callers, parameter)
        except RecursionError:
            # Handed on by thousands of functions: nothing is known of its far end.
            found = ()
        callers.known[parameter] = found
    return found


def _given(world: World, callers: Callers, parameter: ParameterObject) -> Objects:
    """Look at every call, and at the default."""
    if len(parameter.path) >= PATH_LIMIT:
        return ()
    groups = [_seen_through(world, callers, found) for found in _passed(world, callers, parameter)]
    groups.append(_default(world, parameter))
    found = merged(groups)
    for step in parameter.path:
        inner = [
            at_step(world, each, step) if step in ELEMENTS else member(world, each, step[1:])
            for each in found
        ]
        found = _seen_through(world, callers, merged(inner) if inner else ())
    return found


def _passed(world: World, callers: Callers, parameter: ParameterObject) -> tuple[Objects, ...]:
    """Return what each call passes for a parameter; the same whatever is asked inside that."""
    key = parameter.sid, parameter.index
    found = callers.passed.get(key)
    if found is None:
        found = callers.passed[key] = tuple(
            [
                world.evaluate(caller, value) if isinstance(value, Value) else (value,)
                for caller, number in callers.of(parameter.sid)
                for value in passed_values(world, caller, number, key)
            ]
        )
    return found


def _default(world: World, parameter: ParameterObject) -> Objects:
    """Return the default of a parameter, which callers that pass nothing choose."""
    declared = world.scopes[parameter.sid].parameters[parameter.index]
    if parameter.given or declared.default is None:
        return ()
    if declared.kind not in (ParameterKind.POSITIONAL, ParameterKind.KEYWORD):
        return ()
    outer = (parameter.sid[0], world.scopes[parameter.sid].parent)
    return world.evaluate(outer, declared.default)


def _seen_through(world: World, callers: Callers, found: Objects) -> Objects:
    """Replace parameters of callers by what their own callers pass."""
    for each in found:
        if type(each) is ParameterObject:
            break
    else:
        return found
    return merged([given(world, callers, e) if type(e) is ParameterObject else (e,) for e in found])
