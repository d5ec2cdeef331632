"""Which spots does an assignment or ``del`` write, and what goes into them?"""

import ast

from pystatelint.facts.course_expressions import Sources, expression, hold, reads, write
from pystatelint.facts.spots import UNKNOWN_LOCAL, CourseDraft, Local, is_outer, spot_of
from pystatelint.model.course import Made, Writes


def assigned(course: CourseDraft, node: ast.Assign | ast.AnnAssign) -> None:
    """Note ``a = b = value`` and ``a: T = value``."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    value = node.value
    if value is None:
        return
    if len(targets) == 1 and _paired(course, targets[0], value):
        return
    sources = expression(course, value)
    for target in targets:
        bind(course, target, value, sources)


def _paired(course: CourseDraft, target: ast.expr, value: ast.expr) -> bool:
    """Note ``a, b = x, y``, if it is that: every value is read before a name is bound."""
    if not isinstance(target, ast.Tuple) or not isinstance(value, ast.Tuple):
        return False
    if len(target.elts) != len(value.elts):
        return False
    found = [expression(course, each) for each in value.elts]
    for each, part, sources in zip(target.elts, value.elts, found, strict=True):
        bind(course, each, part, sources)
    return True


def bind(course: CourseDraft, target: ast.expr, value: ast.expr | None, sources: Sources) -> None:
    """Note that a target gets a value; None for one that is not spelt out."""
    if isinstance(target, ast.Name) and not is_outer(course, target.id):
        if value is None:
            course.env[target.id] = Local(sources, Made.DATA, None)
        else:
            hold(course, target.id, value, sources)
    elif isinstance(target, (ast.Tuple, ast.List)):
        for each in target.elts:
            bind(course, each, None, sources)
    elif isinstance(target, ast.Starred):
        bind(course, target.value, None, sources)
    else:
        _owners(course, target)
        spot = spot_of(course, target)
        if spot is not None:
            write(course, spot, UNSPELT if value is None else value, sources, target)


UNSPELT = ast.Tuple([ast.Constant(...)])
"""A value of which only an element is bound."""


def _owners(course: CourseDraft, target: ast.expr) -> None:
    """Note what is read to get at a target."""
    if isinstance(target, (ast.Attribute, ast.Subscript)):
        expression(course, target.value)
    if isinstance(target, ast.Subscript):
        expression(course, target.slice)


def augmented(course: CourseDraft, node: ast.AugAssign) -> None:
    """Note ``a op= value``: the old value is read before the other operand is."""
    target = node.target
    if isinstance(target, ast.Name) and not is_outer(course, target.id):
        before = course.env.get(target.id, UNKNOWN_LOCAL)
        sources = before.sources | expression(course, node.value)
        course.env[target.id] = Local(sources, Made.DATA, None)
        return
    _owners(course, target)
    spot = spot_of(course, target)
    old = reads(course, spot, target) if spot is not None else frozenset()
    sources = old | expression(course, node.value)
    if spot is not None:
        place = course.draft.place(node)
        written = Writes(spot, tuple(sorted(sources)), Made.DATA, place, augmented=True)
        course.steps.append(written)


def deleted(course: CourseDraft, node: ast.Delete) -> None:
    """Note ``del a, b[k]``."""
    for target in node.targets:
        _owners(course, target)
        spot = spot_of(course, target)
        if spot is not None:
            write(course, spot, None, frozenset(), target)
