"""What is called, with what, and which attribute is looked up?

Most of what a scope does is here, so these functions save on calls of their own: they look
at the class of a node at once where `read` would hand it on.
"""

import ast

from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.members import is_missing
from pystatelint.facts.reading import free, read
from pystatelint.model.facts import AnyValue, Attr, Call, ContextFlag, Result

RESULTS = tuple(Result(number) for number in range(256))
"""One object for the result of the same call number of all scopes."""


def attribute(draft: ScopeDraft, node: ast.Attribute) -> AnyValue:
    """Return ``base.name``, or what the scope itself has bound to it."""
    base = node.value
    if type(base) is ast.Name:
        name = base.id
        if name in draft.fielded:
            held = draft.env.get(f"{name}.{node.attr}")
            if held is not None:
                return held
        held = draft.env.get(name)
        value = Attr(free(draft, base) if held is None else held, node.attr)
        if draft.decorators and draft.local:
            draft.looks.append(value)
        return value
    if type(base) is ast.Attribute or type(base) is ast.Call:
        return Attr(_chained(draft, base), node.attr)
    return Attr(draft.expressions[type(base)](draft, base), node.attr)


def _chained(draft: ScopeDraft, node: ast.Attribute | ast.Call) -> AnyValue:
    """Return ``a.b(c).d``; such chains nest to the left and are walked in a loop."""
    links: list[ast.Attribute | ast.Call] = []
    while True:
        base = node.func if isinstance(node, ast.Call) else node.value
        if type(base) is not ast.Attribute and type(base) is not ast.Call:
            break
        links.append(node)
        node = base
    value = draft.expressions[type(node)](draft, node)
    for link in reversed(links):
        if type(link) is ast.Call:
            value = call(draft, link, value)
        elif type(link) is ast.Attribute:
            value = Attr(value, link.attr)
    return value


def call(draft: ScopeDraft, node: ast.Call, callee: AnyValue | None = None) -> AnyValue:
    """Record a call; return its result. `callee` is given if it has been read before."""
    if callee is None:
        func = node.func
        callee = attribute(draft, func) if type(func) is ast.Attribute else read(draft, func)
    starred = False
    arguments: tuple[AnyValue, ...] = ()
    if node.args:
        found = []
        for argument in node.args:
            if type(argument) is ast.Starred:
                starred = True
            found.append(read(draft, argument))
        arguments = tuple(found)
    keywords: tuple[tuple[str, AnyValue], ...] = ()
    if node.keywords:
        named = []
        for keyword in node.keywords:
            if keyword.arg is None:
                starred = True
            named.append((keyword.arg or "", read(draft, keyword.value)))
        keywords = tuple(named)
    calls = draft.calls
    number = len(calls)
    before = draft.context
    if draft.index in draft.module.tests and _adds_what_was_missing(draft, callee, arguments):
        draft.flagged(ContextFlag.MISSED)
    calls.append(Call(callee, arguments, keywords, starred, draft.place(node), draft.context))
    draft.context = before
    return RESULTS[number] if number < 256 else Result(number)


def _adds_what_was_missing(
    draft: ScopeDraft, callee: AnyValue, arguments: tuple[AnyValue, ...]
) -> bool:
    """Whether a call is ``seen.add(x)`` where a test has missed x in it."""
    if type(callee) is not Attr or callee.name != "add" or len(arguments) != 1:
        return False
    return is_missing(draft, callee.base, arguments[0])
