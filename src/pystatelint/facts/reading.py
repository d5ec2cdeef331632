"""Which object does a name stand for here, and who reads the other expressions?"""

import ast

from pystatelint.facts.draft import ScopeDraft
from pystatelint.model.facts import AnyValue, Name


def read(draft: ScopeDraft, node: ast.AST) -> AnyValue:
    """Read an expression: record what it does, return where its object comes from.

    Half of all expressions are local names; they are answered here, without another call.
    """
    if node.__class__ is ast.Name:
        held = draft.env.get(node.id)
        return free(draft, node) if held is None else held
    return draft.expressions[node.__class__](draft, node)


def free(draft: ScopeDraft, node: ast.Name) -> Name:
    """Note the read of a name that the scope has not bound; equal ones are one object."""
    draft.reads.append(node)
    name = node.id
    names = draft.module.names
    value = names.get(name)
    if value is None:
        value = names[name] = Name(name)
    return value
