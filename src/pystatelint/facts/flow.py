"""How do the values of local names flow through branches and loops?"""

import ast
from collections.abc import Iterable, Sequence

from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.members import found_in
from pystatelint.facts.shapes import either, truthy
from pystatelint.model.facts import AnyValue, ScopeFlag

Env = dict[str, AnyValue]


def body(draft: ScopeDraft, statements: Sequence[ast.stmt]) -> bool:
    """Read statements in order; return whether control never passes beyond them."""
    readers = draft.module.statements
    for statement in statements:
        if readers[type(statement)](draft, statement):
            if statement is not statements[-1]:
                unreached(draft, statements[statements.index(statement) + 1 :])
            return True
    return False


def unreached(draft: ScopeDraft, statements: Iterable[ast.stmt]) -> None:
    """Note what a function is by statements that never run: ``return; yield`` is a generator."""
    nodes: list[ast.AST] = list(statements)
    while nodes:
        match nodes.pop():
            case ast.Yield() | ast.YieldFrom():
                draft.flags |= ScopeFlag.GENERATOR
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda() | ast.ClassDef():
                pass
            case node:
                nodes.extend(ast.iter_child_nodes(node))


def joined(envs: list[Env]) -> Env:
    """Return the values that hold where several paths meet; the first one may be reused."""
    result = envs[0]
    for other in envs[1:]:
        result = met(result, other)
    return result


def met(first: Env, other: Env) -> Env:
    """Return the values that hold where two paths meet; the first one may be reused.

    A local name holds one of its values; an attribute (``self.x``) is only known
    where every path has bound it.
    """
    if first == other:
        return first
    result = first.copy()
    for name, value in other.items():
        before = result.get(name)
        if before is value:
            continue
        if before is None:
            if "." not in name:
                result[name] = value
        elif before != value:
            result[name] = either(before, value)
    for name in first.keys() - other.keys():
        if "." in name:
            del result[name]
    return result


def refined(draft: ScopeDraft, test: ast.expr) -> tuple[Env, Env]:
    """Return the environments where `test` is true and, in place of the current, where not."""
    env = draft.env
    yes = env.copy()
    if draft.index in draft.module.tests:
        yes.update(found_in(draft, test, outcome=True))
        env.update(found_in(draft, test, outcome=False))
    if type(test) is ast.Name:
        _found_true(yes, test)
    elif type(test) is ast.UnaryOp:
        if type(test.op) is ast.Not:
            _found_true(env, test.operand)
    elif type(test) is ast.BoolOp:
        if type(test.op) is ast.And:
            for value in test.values:
                _found_true(yes, value)
    return yes, env


def _found_true(env: Env, test: ast.expr) -> None:
    """Note that a bare name was tested to be true."""
    if type(test) is ast.Name:
        held = env.get(test.id)
        if held is not None:
            env[test.id] = truthy(held)
