"""How do the values of local names flow through branches and loops?"""

import ast
from collections.abc import Iterable, Sequence

from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.shapes import truthy, union
from pystatelint.model.facts import AnyValue, ScopeFlag

Env = dict[str, AnyValue]


def body(draft: ScopeDraft, statements: Sequence[ast.stmt]) -> bool:
    """Read statements in order; return whether control never passes beyond them."""
    handlers = draft.module.statements
    rest = iter(statements)
    for statement in rest:
        handler = handlers.get(statement.__class__)
        if handler is not None and handler(draft, statement):
            unreached(draft, rest)
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
    """Return the values that hold where several paths meet.

    A local name holds one of its values; an attribute (``self.x``) is only known
    where every path has bound it.
    """
    if len(envs) == 1:
        return envs[0]
    first = envs[0]
    result = dict(first)
    for other in envs[1:]:
        for name, value in other.items():
            before = result.get(name)
            if before is None:
                if "." not in name:
                    result[name] = value
            elif before is not value and before != value:
                result[name] = union([before, value])
        for name in [name for name in result if "." in name and name not in other]:
            del result[name]
    return result


def refined(draft: ScopeDraft, test: ast.expr) -> tuple[Env, Env]:
    """Return the environments where `test` is true and where it is false."""
    yes = dict(draft.env)
    no = dict(draft.env)
    if isinstance(test, ast.UnaryOp):
        if isinstance(test.op, ast.Not):
            _found_true(no, test.operand)
    elif isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And):
            for value in test.values:
                _found_true(yes, value)
    else:
        _found_true(yes, test)
    return yes, no


def _found_true(env: Env, test: ast.expr) -> None:
    """Note that a bare name was tested to be true."""
    if isinstance(test, ast.Name) and test.id in env:
        env[test.id] = truthy(env[test.id])
