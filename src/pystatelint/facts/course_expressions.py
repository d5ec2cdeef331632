"""In what order does an expression read, test and change spots, and what goes into its value?"""

import ast
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pystatelint.facts.spots import (
    NO_SOURCES,
    UNKNOWN_LOCAL,
    CourseDraft,
    Local,
    base_of,
    element,
    is_outer,
    spot_of,
    text_of,
)
from pystatelint.model.course import (
    AnyStep,
    Forks,
    Made,
    Reads,
    Source,
    Spot,
    Suspends,
    Takes,
    Tests,
    Way,
    Writes,
)

Sources = frozenset[Source]

LOOKING_UP = frozenset({"get"})
"""Methods that read one element."""

ADDING = frozenset({"add", "append", "appendleft"})
"""Methods that put their argument in."""

REMOVING = frozenset({"discard", "pop", "remove"})
"""Methods that take one element out."""

COPYING = frozenset({"dict", "frozenset", "list", "set", "sorted", "tuple"})
"""Functions whose result is made of the elements of their argument."""

COPYING_METHODS = frozenset({"copy"})


def expression(course: CourseDraft, node: ast.expr) -> Sources:
    """Note what an expression does; return the reads that go into its value."""
    reader = READERS.get(type(node))
    return _parts(course, node) if reader is None else reader(course, node)


def condition(course: CourseDraft, node: ast.expr) -> Sources:
    """Note what a test does, and that the way goes on by it."""
    sources = _tested(course, node)
    reads = sorted({each.read for each in sources if each.way is not Way.ARGUMENT})
    if reads:
        course.steps.append(Tests(tuple(reads), _is_there(node)))
    return sources


def _is_there(node: ast.expr) -> bool | None:
    """Return whether a test is true if what it looks at is there; None if that is not said."""
    match node:
        case ast.Name() | ast.Attribute() | ast.Subscript() | ast.NamedExpr():
            return True
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            there = _is_there(inner)
            return None if there is None else not there
        case ast.Compare(ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
            return False
        case ast.Compare(ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return True
        case ast.Compare(ops=[ast.In()]):
            return True
        case ast.Compare(ops=[ast.NotIn()]):
            return False
        case _:
            return None


def _tested(course: CourseDraft, node: ast.expr) -> Sources:
    """Return what goes into a test: all operands of ``and``, ``or`` and ``not``."""
    if type(node) is ast.BoolOp:
        return _all([_tested(course, value) for value in node.values])
    if type(node) is ast.UnaryOp:
        return _tested(course, node.operand)
    return expression(course, node)


def block(
    course: CourseDraft, read: Callable[..., object], *arguments: object
) -> tuple[AnyStep, ...]:
    """Return the steps that `read` notes, instead of adding them to those before."""
    outer, course.steps = course.steps, []
    read(course, *arguments)
    inner, course.steps = course.steps, outer
    return tuple(inner)


def _all(groups: Iterable[Sources]) -> Sources:
    """Return the sources of all groups."""
    return NO_SOURCES.union(*groups)


def through(sources: Sources, way: Way) -> Sources:
    """Return sources as they get into a value that is worked out of them by `way`."""
    if not sources:
        return sources
    return frozenset([Source(each.read, max(each.way, way)) for each in sources])


def reads(course: CourseDraft, spot: Spot, node: ast.expr) -> Sources:
    """Note the read of a spot."""
    number = course.reads
    course.reads += 1
    course.steps.append(Reads(number, spot, node.lineno, node.col_offset))
    return frozenset([Source(number, Way.WHOLE)])


def _parts(course: CourseDraft, node: ast.AST) -> Sources:
    """Go through the parts of an expression from left to right."""
    return _all(
        [
            expression(course, part) if isinstance(part, ast.expr) else _parts(course, part)
            for part in ast.iter_child_nodes(node)
            if not isinstance(part, (ast.expr_context, ast.operator, ast.cmpop))
        ]
    )


def _name(course: CourseDraft, node: ast.Name) -> Sources:
    local = course.env.get(node.id)
    if local is not None:
        return local.sources
    spot = spot_of(course, node) if is_outer(course, node.id) else None
    return NO_SOURCES if spot is None else reads(course, spot, node)


def _attribute(course: CourseDraft, node: ast.Attribute) -> Sources:
    inner = through(expression(course, node.value), Way.PART)
    spot = spot_of(course, node)
    return inner if spot is None else inner | reads(course, spot, node)


def _subscript(course: CourseDraft, node: ast.Subscript) -> Sources:
    whole = expression(course, node.value)
    bounds = through(expression(course, node.slice), Way.ARGUMENT)
    if isinstance(node.slice, ast.Slice):
        return frozenset([Source(each.read, Way.WHOLE) for each in whole]) | bounds
    inner = through(whole, Way.PART) | bounds
    spot = spot_of(course, node)
    return inner if spot is None else inner | reads(course, spot, node)


def _compare(course: CourseDraft, node: ast.Compare) -> Sources:
    if len(node.ops) != 1 or not isinstance(node.ops[0], (ast.In, ast.NotIn)):
        return _parts(course, node)
    key, container = node.left, node.comparators[0]
    sources = expression(course, key) | through(expression(course, container), Way.PART)
    base = base_of(course, container)
    if base is None:
        return sources
    return sources | reads(course, element(base, text_of(course, key)), container)


def _choice(course: CourseDraft, node: ast.BoolOp) -> Sources:
    """``a or b``: what comes first is tested, and the value is one of them."""
    *tested, last = node.values
    found = [through(condition(course, value), Way.PART) for value in tested]
    start = len(course.steps)
    rest = expression(course, last)
    if any(type(step) is Suspends for step in course.steps[start:]):
        return rest  # what is written instead of the first relies on the test
    steps = course.steps[start:]
    course.steps[start:] = [Forks((tuple(steps), ()))]
    if isinstance(last, (ast.Name, ast.Attribute, ast.Subscript)):
        rest = through(rest, Way.FALLBACK)
    return _all([*found, rest])


def _conditional(course: CourseDraft, node: ast.IfExp) -> Sources:
    condition(course, node.test)
    return _one_of(course, (node.body, node.orelse))


def _one_of(course: CourseDraft, parts: tuple[ast.expr, ...]) -> Sources:
    """Note that one of several expressions is worked out, or none where there is but one."""
    found: list[Sources] = []

    def noted(course: CourseDraft, part: ast.expr) -> None:
        found.append(expression(course, part))

    ways = [block(course, noted, part) for part in parts]
    course.steps.append(Forks(tuple(ways) if len(ways) > 1 else (*ways, ())))
    return _all(found)


def _awaited(course: CourseDraft, node: ast.Await) -> Sources:
    sources = expression(course, node.value)
    course.steps.append(Suspends(node.lineno))
    return sources


def _yielded(course: CourseDraft, node: ast.Yield | ast.YieldFrom) -> Sources:
    if node.value is not None:
        expression(course, node.value)
    course.steps.append(Suspends(0))
    return NO_SOURCES


def _walrus(course: CourseDraft, node: ast.NamedExpr) -> Sources:
    sources = expression(course, node.value)
    hold(course, node.target.id, node.value, sources)
    return sources


def hold(course: CourseDraft, name: str, value: ast.expr, sources: Sources) -> None:
    """Note what a local name holds from here on."""
    base = base_of(course, value)
    course.env[name] = Local(sources, made_by(course, value), base, maker_of(course, value))


def _comprehension(
    course: CourseDraft, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
) -> Sources:
    before = course.env
    course.env = before.copy()
    found = []
    for generator in node.generators:
        found.append(expression(course, generator.iter))
        if generator.is_async:
            course.steps.append(Suspends(generator.iter.lineno))
        for part in ast.walk(generator.target):
            if isinstance(part, ast.Name):
                course.env[part.id] = UNKNOWN_LOCAL
        for test in generator.ifs:
            expression(course, test)
    elements = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
    found += [expression(course, each) for each in elements]
    course.env = before
    return _all(found)


def _call(course: CourseDraft, node: ast.Call) -> Sources:
    if isinstance(node.func, ast.Attribute):
        return _method_call(course, node, node.func)
    inner = through(expression(course, node.func), Way.PART)
    given = _arguments(course, node)
    if isinstance(node.func, ast.Name) and node.func.id in COPYING:
        return inner | given
    return inner | through(given, Way.ARGUMENT)


def _arguments(course: CourseDraft, node: ast.Call) -> Sources:
    parts = [*node.args, *(keyword.value for keyword in node.keywords)]
    return _all([expression(course, part) for part in parts])


def _method_call(course: CourseDraft, node: ast.Call, function: ast.Attribute) -> Sources:
    base, name = base_of(course, function.value), function.attr
    if base is not None and name in LOOKING_UP and node.args:
        _arguments(course, node)
        return reads(course, element(base, text_of(course, node.args[0])), function)
    emptied = name == "clear" and not node.args
    inner = NO_SOURCES if emptied else expression(course, function.value)
    given = _arguments(course, node)
    if base is not None:
        _changed(course, node, function, given)
    if name in COPYING_METHODS:
        return inner
    return through(inner, Way.PART) | through(given, Way.ARGUMENT)


def _changed(course: CourseDraft, node: ast.Call, function: ast.Attribute, given: Sources) -> None:
    """Note what a method does to the object it is called on, or to a lock."""
    base, name = base_of(course, function.value), function.attr
    assert base is not None
    if name in ("acquire", "release"):
        course.steps.append(Takes(base.text, name == "acquire"))
    elif name == "clear" and not node.args:
        spot = spot_of(course, function.value)
        if spot is not None:
            place = course.draft.place(node)
            course.steps.append(Writes(spot, (), Made.EMPTY, place, kept=True))
    elif name in ADDING and len(node.args) == 1:
        _put(course, node, node.args[0], given)
    elif name in REMOVING and node.args:
        _put(course, node, None, NO_SOURCES)


def _put(course: CourseDraft, node: ast.Call, value: ast.expr | None, given: Sources) -> None:
    """Note that an element goes in, or out if there is no value."""
    assert isinstance(node.func, ast.Attribute)
    base = base_of(course, node.func.value)
    assert base is not None
    spot = element(base, text_of(course, node.args[0]))
    write(course, spot, value, given, node)


def write(
    course: CourseDraft, spot: Spot, value: ast.expr | None, sources: Sources, node: ast.AST
) -> None:
    """Note that a spot gets a value; None where it goes."""
    place = course.draft.place(node)
    made, maker = made_by(course, value), maker_of(course, value)
    course.steps.append(Writes(spot, tuple(sorted(sources)), made, place, maker))
    _part_from(course, spot.text)


def _part_from(course: CourseDraft, text: str) -> None:
    """Forget what local names held of a spot that holds something else now: it is theirs alone."""
    for name, local in course.env.items():
        if local.base is not None and local.base.text == text:
            course.env[name] = Local(local.sources, local.made, None, local.maker)


def made_by(course: CourseDraft, node: ast.expr | None) -> Made:
    """Return what kind of thing an expression gives."""
    match node:
        case None | ast.Constant(value=None | False):
            return Made.NOTHING
        case ast.Constant():
            return Made.CONSTANT
        case ast.Await(value=inner) | ast.NamedExpr(value=inner):
            return made_by(course, inner)
        case ast.BoolOp(values=values):
            return made_by(course, values[-1])
        case ast.Name(id=name) if name in course.env:
            return course.env[name].made
        case ast.List(elts=[]) | ast.Dict(keys=[]) | ast.Tuple(elts=[]):
            return Made.EMPTY
        case ast.Call(func=ast.Name(id=name), args=[], keywords=[]) if name in COPYING:
            return Made.EMPTY
        case ast.Call():
            return Made.CALL
        case _:
            return Made.DATA


def maker_of(course: CourseDraft, node: ast.expr | None) -> str:
    """Return the last name of the function whose result an expression gives, or nothing."""
    match node:
        case ast.Await(value=inner) | ast.NamedExpr(value=inner):
            return maker_of(course, inner)
        case ast.BoolOp(values=values):
            return maker_of(course, values[-1])
        case ast.Name(id=name) if name in course.env:
            return course.env[name].maker
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name
        case _:
            return ""


def _nothing(_course: CourseDraft, _node: ast.expr) -> Sources:
    return NO_SOURCES


Reader = Callable[[CourseDraft, Any], Sources]

READERS: Mapping[type[ast.expr], Reader] = MappingProxyType(
    {
        ast.Attribute: _attribute,
        ast.Await: _awaited,
        ast.BoolOp: _choice,
        ast.Call: _call,
        ast.Compare: _compare,
        ast.Constant: _nothing,
        ast.DictComp: _comprehension,
        ast.GeneratorExp: _comprehension,
        ast.IfExp: _conditional,
        ast.Lambda: _nothing,
        ast.ListComp: _comprehension,
        ast.Name: _name,
        ast.NamedExpr: _walrus,
        ast.SetComp: _comprehension,
        ast.Subscript: _subscript,
        ast.Yield: _yielded,
        ast.YieldFrom: _yielded,
    }
)
