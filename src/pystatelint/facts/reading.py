"""Which object does a name stand for here, and who reads the other expressions?"""

import ast

from pystatelint.facts.draft import ScopeDraft
from pystatelint.model.facts import AnyValue, Name


def read(draft: ScopeDraft, node: ast.AST) -> AnyValue:
    """Read an expression: record what it does, return where its object comes from.

    Half of all expressions are local names; they are answered here, without another call.
    """
    if type(node) is ast.Name:
        held = draft.env.get(node.id)
        return free(draft, node) if held is None else held
    return draft.expressions[type(node)](draft, node)


def free(draft: ScopeDraft, node: ast.Name) -> Name:
    """Note the read of a name that the scope has not bound."""
    draft.reads.append(node)
    held = draft.module.names.get(node.id)
    return named(draft, node.id) if held is None else held


def named(draft: ScopeDraft, name: str) -> Name:
    """Return a name of the module's code; equal ones are one object."""
    names = draft.module.names
    value = names.get(name)
    if value is None:
        value = names[name] = Name(name)
    return value
