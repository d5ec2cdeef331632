"""What does a coroutine function do in order, as far as others can see it?

A second look at the few functions that suspend: which spots they read, test and write, between
which suspension points, under which managers. What a write depends on is kept, so that a stale
copy can be told from a new value (the lost update of Bernstein, Hadzilacos and Goodman,
"Concurrency Control and Recovery in Database Systems", 1987, 1.2).
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pystatelint.facts.course_assignments import assigned, augmented, bind, deleted
from pystatelint.facts.course_expressions import (
    block,
    condition,
    expression,
)
from pystatelint.facts.draft import ModuleDraft, ScopeDraft
from pystatelint.facts.spots import (
    UNKNOWN_LOCAL,
    CourseDraft,
    Local,
    spot_of,
    text_of,
)
from pystatelint.model.course import (
    STOPS,
    AnyStep,
    Course,
    Forks,
    Holds,
    Repeats,
    Spot,
    Suspends,
    Tests,
    Tries,
    Writes,
    blocks_of,
)
from pystatelint.model.facts import BindingKind

GOING_THROUGH = frozenset({"items", "keys", "values"})
"""Methods of a container that show it as it is, not as a copy."""


def courses(module: ModuleDraft) -> tuple[Course, ...]:
    """Return what each coroutine function does that can suspend and writes what others see."""
    pending = [
        (draft, node)
        for draft, node in module.pending
        if type(node) is ast.AsyncFunctionDef and (draft.awaits or draft.yields)
    ]
    if not pending:
        return ()
    outer = frozenset(each.name for each in module.scopes[0].bindings if each.kind in VALUES)
    found = [Course(draft.index, course_of(draft, node.body, outer)) for draft, node in pending]
    return tuple(course for course in found if _writes(course.steps))


VALUES = frozenset({BindingKind.VALUE, BindingKind.ANNOTATION, BindingKind.AUGMENTED})


def course_of(
    draft: ScopeDraft, body: Sequence[ast.stmt], outer: frozenset[str]
) -> tuple[AnyStep, ...]:
    """Return the steps of one function's body.

    Parameters:
        outer: names of the module that hold values.
    """
    course = CourseDraft(draft, outer)
    return block(course, statements, body)


def _writes(steps: Sequence[AnyStep]) -> bool:
    """Whether there is a write or a loop over a spot anywhere in the steps."""
    return any(
        type(step) is Writes
        or (type(step) is Repeats and step.over is not None)
        or any(_writes(inner) for inner in blocks_of(step))
        for step in steps
    )


def statements(course: CourseDraft, body: Sequence[ast.stmt]) -> None:
    """Note what statements do, up to one that control never passes."""
    for statement in body:
        reader = READERS.get(type(statement))
        if reader is not None:
            reader(course, statement)
        if isinstance(statement, LEAVING):
            course.steps.append(STOPS)
            return


LEAVING = (ast.Return, ast.Raise, ast.Break, ast.Continue)


def _expressions(course: CourseDraft, node: ast.stmt) -> None:
    """Note what the expressions of a plain statement do."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.expr):
            expression(course, part)


def _branched(course: CourseDraft, node: ast.If) -> None:
    condition(course, node.test)
    _forked(course, [node.body, node.orelse])


def _forked(course: CourseDraft, bodies: Sequence[Sequence[ast.stmt]]) -> None:
    """Note that one of several blocks runs."""
    before, ways, envs = course.env, [], []
    for body in bodies:
        course.env = before.copy()
        way = block(course, statements, body)
        ways.append(way)
        if not way or way[-1] is not STOPS:
            envs.append(course.env)
    course.env = _joined(envs or [before])
    course.steps.append(Forks(tuple(ways)))


def _joined(envs: Sequence[dict[str, Local]]) -> dict[str, Local]:
    """Return what local names may hold where several ways meet."""
    found = dict(envs[0])
    for env in envs[1:]:
        for name, local in env.items():
            before = found.get(name, local)
            if before is not local:
                base = local.base if before.base == local.base else None
                found[name] = Local(before.sources | local.sources, local.made, base)
            else:
                found[name] = local
    return found


def _for(course: CourseDraft, node: ast.For | ast.AsyncFor) -> None:
    over = _gone_through(course, node.iter)
    sources = expression(course, node.iter)
    bind(course, node.target, None, sources)
    before = course.env.copy()
    inner = block(course, statements, node.body)
    if isinstance(node, ast.AsyncFor):
        inner = (Suspends(node.lineno), *inner)
    course.env = _joined([before, course.env])
    after = block(course, statements, node.orelse)
    course.steps.append(Repeats((), inner, after, over, course.draft.place(node.iter)))


def _gone_through(course: CourseDraft, node: ast.expr) -> Spot | None:
    """Return the container that a ``for`` goes through while it may change."""
    match node:
        case ast.Call(func=ast.Attribute(value=inner, attr=name), args=[]) if name in GOING_THROUGH:
            return spot_of(course, inner)
        case _:
            return spot_of(course, node)


def _while(course: CourseDraft, node: ast.While) -> None:
    test = block(course, condition, node.test)
    before = course.env.copy()
    body = block(course, statements, node.body)
    course.env = _joined([before, course.env])
    after = block(course, statements, node.orelse)
    course.steps.append(Repeats(test, body, after, None, course.draft.place(node.test)))


def _entered(course: CourseDraft, node: ast.With | ast.AsyncWith) -> None:
    _managed(course, node, 0)


def _managed(course: CourseDraft, node: ast.With | ast.AsyncWith, number: int) -> None:
    """Note the managers from `number` on, one inside the other, then the body."""
    if number == len(node.items):
        statements(course, node.body)
        return
    item = node.items[number]
    expression(course, item.context_expr)
    if isinstance(node, ast.AsyncWith):
        course.steps.append(Suspends(node.lineno))
    if item.optional_vars is not None:
        bind(course, item.optional_vars, None, frozenset())
    text = text_of(course, item.context_expr)
    body = block(course, _managed, node, number + 1)
    course.steps.append(Holds(text, item.context_expr.lineno, body))


def _tried(course: CourseDraft, node: ast.Try) -> None:
    before = course.env.copy()
    body = block(course, statements, node.body)
    if not body or body[-1] is not STOPS:
        body += block(course, statements, node.orelse)
    envs = [course.env]
    handlers = []
    for handler in node.handlers:
        course.env = _joined([before, envs[0]])
        if handler.name is not None:
            course.env[handler.name] = UNKNOWN_LOCAL
        handlers.append(block(course, statements, handler.body))
        envs.append(course.env)
    course.env = _joined(envs)
    final = block(course, statements, node.finalbody)
    course.steps.append(Tries(body, tuple(handlers), final))


def _matched(course: CourseDraft, node: ast.Match) -> None:
    sources = expression(course, node.subject)
    if sources:
        course.steps.append(Tests(tuple(sorted({each.read for each in sources}))))
    for case in node.cases:
        for part in ast.walk(case.pattern):
            name = getattr(part, "name", None) or getattr(part, "rest", None)
            if name:
                course.env[name] = UNKNOWN_LOCAL
    _forked(course, [case.body for case in node.cases])


def _defined(
    course: CourseDraft, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
) -> None:
    course.env[node.name] = UNKNOWN_LOCAL


Reader = Callable[[CourseDraft, Any], None]

READERS: Mapping[type[ast.stmt], Reader] = MappingProxyType(
    {
        ast.AnnAssign: assigned,
        ast.Assert: _expressions,
        ast.Assign: assigned,
        ast.AsyncFor: _for,
        ast.AsyncFunctionDef: _defined,
        ast.AsyncWith: _entered,
        ast.AugAssign: augmented,
        ast.ClassDef: _defined,
        ast.Delete: deleted,
        ast.Expr: _expressions,
        ast.For: _for,
        ast.FunctionDef: _defined,
        ast.If: _branched,
        ast.Match: _matched,
        ast.Raise: _expressions,
        ast.Return: _expressions,
        ast.Try: _tried,
        ast.TryStar: _tried,
        ast.While: _while,
        ast.With: _entered,
    }
)
