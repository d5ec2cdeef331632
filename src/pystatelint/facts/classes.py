"""What is a class's header, and what does its body bind?"""

import ast

from pystatelint.facts.draft import CLASS, ScopeDraft
from pystatelint.facts.flow import body
from pystatelint.facts.functions import bind_definition, decorations, header
from pystatelint.facts.reading import read
from pystatelint.facts.shapes import storable
from pystatelint.model.facts import BindingKind


def class_definition(draft: ScopeDraft, node: ast.ClassDef) -> bool:
    """Read a ``class`` statement; its body runs here and now."""
    decorators = decorations(draft, node.decorator_list)
    bases = tuple([read(draft, base) for base in node.bases])
    keywords = tuple([(item.arg or "", read(draft, item.value)) for item in node.keywords])
    inner = ScopeDraft(draft.module, CLASS, node.name, draft, header(draft, node))
    inner.decorators = decorators
    inner.bases = bases
    inner.keywords = keywords
    inner.slots = slots(node)
    inherit_context(draft, inner)
    body(inner, node.body)
    bind_definition(draft, node.name, inner, BindingKind.CLASS)
    return False


def inherit_context(draft: ScopeDraft, inner: ScopeDraft) -> None:
    """Let the class body know whether it stands under a guard of its module."""
    outer = draft.contexts[draft.context]
    inner.flagged(outer.flags)


def slots(node: ast.ClassDef) -> tuple[str, ...]:
    """Return the names in ``__slots__``."""
    for statement in node.body:
        if type(statement) is ast.Assign and len(statement.targets) == 1:
            target = statement.targets[0]
        elif type(statement) is ast.AnnAssign:
            target = statement.target
        else:
            continue
        if type(target) is ast.Name and target.id == "__slots__" and statement.value:
            return strings(statement.value)
    return ()


def is_spelt_out(node: ast.expr) -> bool:
    """Whether `strings` finds all that a display holds."""
    match node:
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
            return len(strings(node)) == len(items)
        case _:
            return False


def strings(node: ast.expr) -> tuple[str, ...]:
    """Return the string constants of a display, the keys of a dict, or the one string."""
    match node:
        case ast.Constant(value=str(text)):
            return (storable(text),)
        case (
            ast.Tuple(elts=items)
            | ast.List(elts=items)
            | ast.Set(elts=items)
            | ast.Dict(keys=items)
        ):
            return tuple(
                storable(item.value)
                for item in items
                if isinstance(item, ast.Constant) and isinstance(item.value, str)
            )
        case _:
            return ()
