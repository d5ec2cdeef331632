"""What does a local name hold from the round before?

``for each in items: use(x); x = CACHE`` uses CACHE from the second round on. A body is
read once, so names that it binds to something which others hold are looked up
beforehand. What is worked out in the loop itself is not followed.
"""

import ast
from collections.abc import Iterable, Iterator

from pystatelint.facts.bindings import SHARED, traced
from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.flow import Env
from pystatelint.facts.reading import named
from pystatelint.facts.shapes import either
from pystatelint.model.facts import Alias, AnyValue, Attr, Item

Rebinding = tuple[ast.Name, ast.expr]
"""``name = value`` in a loop."""


def carry(draft: ScopeDraft, statements: list[ast.stmt]) -> None:
    """Let names hold what a round of a loop leaves in them, beside what they hold before it."""
    if not draft.local:
        return
    bound = tuple(_rebindings(statements))
    if bound:
        names = frozenset(target.id for target, _ in bound)
        draft.env.update(_left(draft, bound, names))


def _left(draft: ScopeDraft, bound: tuple[Rebinding, ...], names: frozenset[str]) -> Env:
    """Return what names may hold when the body begins."""
    found: Env = {}
    for target, source in bound:
        value = _held(draft, source, names)
        if value is None or target.id in draft.foreign:
            continue
        if type(value) in SHARED:
            value = traced(draft, target, target.id, value)
        if type(value) is Alias:
            now = found.get(target.id, draft.env.get(target.id))
            found[target.id] = value if now is None else either(now, value)
    return found


def _held(draft: ScopeDraft, node: ast.expr, bound: frozenset[str]) -> AnyValue | None:
    """Return what a chain of attributes and items stands for; None if the loop binds its root."""
    match node:
        case ast.Name(id=name) if name not in bound:
            held = draft.env.get(name)
            return named(draft, name) if held is None else held
        case ast.Attribute(value=inner, attr=name):
            base = _held(draft, inner, bound)
            return None if base is None else Attr(base, name)
        case ast.Subscript(value=inner):
            base = _held(draft, inner, bound)
            return None if base is None else Item(base)
        case _:
            return None


def _rebindings(statements: Iterable[ast.stmt]) -> Iterator[Rebinding]:
    """Yield the plain assignments to names in a body, those in blocks below it as well."""
    for statement in statements:
        if type(statement) is ast.Assign:
            target = statement.targets[0]
            if len(statement.targets) == 1 and type(target) is ast.Name:
                yield target, statement.value
        elif type(statement) in BLOCKS:
            yield from _rebindings(_inner(statement))


BLOCKS = frozenset(
    {ast.AsyncFor, ast.AsyncWith, ast.For, ast.If, ast.Match, ast.Try, ast.While, ast.With}
)


def _inner(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the statements of the blocks of one statement."""
    for part in ast.iter_child_nodes(statement):
        if isinstance(part, ast.stmt):
            yield part
        elif isinstance(part, (ast.ExceptHandler, ast.match_case)):
            yield from part.body
