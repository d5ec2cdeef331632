"""Where does a loop put a function that it makes, so that it may outlive the iteration?"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pystatelint.facts.draft import LoopNode, ScopeDraft
from pystatelint.model.module_facts import LateUse

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
LEAVING = (ast.Return, ast.Raise, ast.Break)


class Bound(NamedTuple):
    """Names that differ from one iteration to the next; `targets` by the loop itself."""

    targets: frozenset[str]
    all: frozenset[str]


class Around(NamedTuple):
    """The loop around a function.

    Attributes:
        draft: the scope that it stands in. loop: its node. bound: what it binds.
        outer: what stands around each node that runs in every iteration.
        loads: where each name is read.
    """

    draft: ScopeDraft
    loop: LoopNode
    bound: Bound
    outer: Mapping[ast.AST, ast.AST]
    loads: Mapping[str, Sequence[ast.Name]]


def around(draft: ScopeDraft, loop: LoopNode, bound: Bound) -> Around:
    """Return a loop, indexed once for all the functions that it makes."""
    outer: dict[ast.AST, ast.AST] = {}
    loads: dict[str, list[ast.Name]] = {}
    stack: list[ast.AST] = list(_repeated(loop))
    outer.update(dict.fromkeys(stack, loop))
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            loads.setdefault(node.id, []).append(node)
        if not isinstance(node, SCOPES):
            inner = list(ast.iter_child_nodes(node))
            outer.update(dict.fromkeys(inner, node))
            stack.extend(inner)
    return Around(draft, loop, bound, outer, loads)


def _repeated(loop: LoopNode) -> tuple[ast.AST, ...]:
    """Return what runs in every iteration."""
    match loop:
        case ast.DictComp(key=key, value=value):
            return (key, value)
        case ast.ListComp(elt=made) | ast.SetComp(elt=made) | ast.GeneratorExp(elt=made):
            return (made,)
        case _:
            return tuple(loop.body)


def uses_of(function: FunctionNode, loop: Around) -> Iterator[LateUse]:
    """Yield what the loop does with a function, as far as that may keep it."""
    for place in _places(function, loop):
        if not _is_last(place, loop):
            yield from _use(place, loop)
    if not isinstance(function, ast.Lambda) and function.decorator_list:
        yield LateUse("decorator", loop.draft.place(function.decorator_list[0]))


def _places(function: FunctionNode, loop: Around) -> Iterator[ast.AST]:
    """Yield the expressions that stand for the function.

    The lambda itself, or the name that it or the ``def`` is bound to, and calls of it
    where they only make a coroutine.
    """
    if isinstance(function, ast.Lambda):
        match loop.outer.get(function):
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield from _uncalled(name, loop)
            case None:
                return  # made where the loop begins, not in an iteration
            case _:
                yield function
        return
    yield from _uncalled(function.name, loop)
    if isinstance(function, ast.AsyncFunctionDef):
        for load in loop.loads.get(function.name, ()):
            call = loop.outer[load]
            if isinstance(call, ast.Call) and call.func is load:
                yield call


def _uncalled(name: str, loop: Around) -> Iterator[ast.AST]:
    """Yield the places where a name is read, but not called."""
    for load in loop.loads.get(name, ()):
        outer = loop.outer[load]
        if not (isinstance(outer, ast.Call) and outer.func is load):
            yield load


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and what is inside it, but not inside functions, classes, comprehensions."""
    stack = [node]
    while stack:
        part = stack.pop()
        yield part
        if not isinstance(part, (*SCOPES, *COMPREHENSIONS)):
            stack.extend(ast.iter_child_nodes(part))


def _is_last(node: ast.AST, loop: Around) -> bool:
    """Whether the loop ends in the iteration that gets here."""
    while node in loop.outer:
        outer = loop.outer[node]
        for block in ("body", "orelse", "finalbody"):
            statements = getattr(outer, block, ())
            if isinstance(statements, list) and node in statements:
                rest = statements[statements.index(node) :]
                if any(isinstance(each, LEAVING) for each in rest):
                    return True
        node = outer
    return False


def _use(node: ast.AST, loop: Around) -> Iterator[LateUse]:
    """Yield what is done with the object that an expression stands for."""
    word = ""
    while True:
        outer = loop.outer[node]
        match outer:
            case ast.Tuple() | ast.List() | ast.Set() | ast.Dict() | ast.IfExp() | ast.Starred():
                pass
            case ast.keyword(arg=keyword):
                word = keyword or "**"
            case ast.Call(func=func, args=arguments):
                if node is not func:
                    position = word or str(
                        next(i for i, each in enumerate(arguments) if each is node)
                    )
                    own = _is_of_iteration(func, loop)
                    yield LateUse("argument", loop.draft.place(outer), position, own)
                return
            case ast.Assign(targets=targets) if any(_outlives(each, loop) for each in targets):
                yield LateUse("stored", loop.draft.place(outer))
                return
            case ast.ListComp() | ast.SetComp() | ast.DictComp() if outer is loop.loop:
                yield LateUse("element", loop.draft.place(outer))
                return
            case _:
                return
        node = outer


def _is_of_iteration(callee: ast.expr, loop: Around) -> bool:
    """Whether a method belongs to an object that the iteration has bound to a name."""
    root = _root(callee)
    return isinstance(callee, ast.Attribute) and root in loop.bound.all - loop.bound.targets


def _outlives(target: ast.expr, loop: Around) -> bool:
    """Whether each iteration stores at another place, which is there after the loop.

    A place that the next iteration overwrites holds the last function in the end, and
    that one reads what it should.
    """
    match target:
        case ast.Subscript(value=base, slice=key):
            varies = any(
                isinstance(part, ast.Name) and part.id in loop.bound.all for part in ast.walk(key)
            )
            root = _root(base)
            return root in loop.bound.targets or (varies and root not in loop.bound.all)
        case ast.Attribute(value=base):
            return _root(base) in loop.bound.targets
        case _:
            return False


def _root(node: ast.AST) -> str:
    """Return the name that a chain of attributes, elements and calls starts with, or nothing."""
    while True:
        match node:
            case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Call(func=inner):
                node = inner
            case ast.Name(id=name):
                return name
            case _:
                return ""
