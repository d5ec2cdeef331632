"""Which functions made in a loop read its names later, and what becomes of them there?

A function sees the variables around it, not their values: made in a loop and called
after its iteration, it reads what the last iteration left (Python FAQ, "Why do lambdas
defined in a loop with different values all return the same result?").
"""

import ast
from collections.abc import Iterator

from pystatelint.facts.draft import Loop, LoopNode, ModuleDraft, ScopeDraft
from pystatelint.facts.kept import COMPREHENSIONS, Bound, FunctionNode, around, own_nodes, uses_of
from pystatelint.model.facts import ScopeKind
from pystatelint.model.module_facts import Late


def note_loop(draft: ScopeDraft, node: LoopNode, first: int) -> None:
    """Remember a loop in which functions or classes are made, the first with index `first`."""
    last = len(draft.module.scopes)
    if last > first:
        draft.module.loops.append(Loop(draft, node, first, last))


def late_functions(module: ModuleDraft) -> tuple[Late, ...]:
    """Return the functions that read names of the loop they are made in."""
    if not module.loops:
        return ()
    nodes = {inner.index: node for inner, node in module.pending}
    return tuple(late for loop in module.loops for late in _late(loop, nodes))


def _late(loop: Loop, nodes: dict[int, FunctionNode]) -> Iterator[Late]:
    """Yield the late functions of one loop."""
    draft = loop.draft
    if draft.kind is ScopeKind.CLASS and not isinstance(loop.node, COMPREHENSIONS):
        return  # functions do not see the names of a class body
    bound = bound_by(loop.node)
    indexed = None
    for inner in draft.module.scopes[loop.first : loop.last]:
        node = nodes.get(inner.index)
        if node is None or inner.parent is not draft:
            continue
        names = {read.id for read in inner.reads}.intersection(bound.all) - set(inner.assigned)
        if names:
            indexed = indexed or around(draft, loop.node, bound)
            uses = tuple(uses_of(node, indexed))
            place = draft.place(loop.node)
            yield Late(inner.index, draft.index, tuple(sorted(names)), place, uses)


def bound_by(node: LoopNode) -> Bound:
    """Return the names that a loop binds anew in each iteration."""
    if isinstance(node, COMPREHENSIONS):
        targets = frozenset(name for each in node.generators for name in _stored(each.target))
        return Bound(targets, targets)
    targets = frozenset() if isinstance(node, ast.While) else frozenset(_stored(node.target))
    constant, varying = set(), set(targets)
    for statement in node.body:
        for part in own_nodes(statement):
            match part:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant()):
                    constant.add(name)
                case ast.Assign(targets=stored):
                    varying.update(name for each in stored for name in _stored(each))
                case (
                    ast.AnnAssign(target=stored, value=ast.expr())
                    | ast.AugAssign(target=stored)
                    | ast.NamedExpr(target=stored)
                    | ast.For(target=stored)
                    | ast.AsyncFor(target=stored)
                    | ast.withitem(optional_vars=ast.expr() as stored)
                ):
                    varying.update(_stored(stored))
                case _:
                    pass
    return Bound(targets, frozenset(varying))


def _stored(target: ast.expr) -> Iterator[str]:
    """Yield the names that a target binds."""
    for part in ast.walk(target):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            yield part.id
