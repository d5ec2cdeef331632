"""What is called, with what?"""

import ast

from pystatelint.facts.draft import ScopeDraft
from pystatelint.model.facts import AnyValue, Attr, Call, Result


def call(draft: ScopeDraft, node: ast.Call) -> AnyValue:
    """Record a call; return its result.

    Fluent chains (``a.b().c().d()``) nest to the left and are walked in a loop.
    """
    inner = _receiver_call(node)
    if inner is None:
        return _record(draft, node, None)
    chain = [node]
    while inner is not None:
        chain.append(inner)
        inner = _receiver_call(inner)
    result: AnyValue | None = None
    for link in reversed(chain):
        result = _record(draft, link, result)
    assert result is not None  # the chain holds at least `node`
    return result


def _receiver_call(node: ast.Call) -> ast.Call | None:
    """Return the call that ``node.func`` is an attribute of, if it is one."""
    func = node.func
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Call):
        return func.value
    return None


def _record(draft: ScopeDraft, node: ast.Call, receiver: AnyValue | None) -> AnyValue:
    """Record one call whose receiver, if it is itself a call, was read before."""
    func = node.func
    if receiver is not None and isinstance(func, ast.Attribute):
        callee: AnyValue = Attr(receiver, func.attr)
    else:
        callee = draft.expressions[func.__class__](draft, func)
    starred = False
    arguments = []
    for argument in node.args:
        if argument.__class__ is ast.Starred:
            starred = True
        arguments.append(draft.expressions[argument.__class__](draft, argument))
    keywords = []
    for keyword in node.keywords:
        if keyword.arg is None:
            starred = True
        keywords.append((keyword.arg or "", draft.value(keyword.value)))
    result = Result(len(draft.calls))
    draft.calls.append(
        Call(callee, tuple(arguments), tuple(keywords), starred, draft.place(node), draft.context)
    )
    return result
