"""Which spot, visible to others, does an expression of a coroutine function stand for?"""

import ast
from typing import NamedTuple

from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.reading import named
from pystatelint.model.course import AnyStep, Made, Source, Spot
from pystatelint.model.facts import AnyValue, Attr, Item, Param

NO_SOURCES: frozenset[Source] = frozenset()


class Base(NamedTuple):
    """An object that the function did not make: where it comes from, and as source."""

    value: AnyValue
    text: str


class Local(NamedTuple):
    """What a local name holds; `maker` is the last name of the function that gave it."""

    sources: frozenset[Source]
    made: Made
    base: Base | None
    maker: str = ""


UNKNOWN_LOCAL = Local(NO_SOURCES, Made.DATA, None)


class CourseDraft:
    """The course of one function while its body is gone through."""

    __slots__ = ("draft", "env", "outer", "reads", "steps")

    def __init__(self, draft: ScopeDraft, outer: frozenset[str]) -> None:
        self.draft = draft
        self.outer = outer
        """Names of the module that hold values."""
        self.env: dict[str, Local] = {}
        self.reads = 0
        self.steps: list[AnyStep] = []


def base_of(course: CourseDraft, node: ast.expr) -> Base | None:
    """Return the object that an expression stands for, if others may see it."""
    if type(node) is ast.Name:
        return _named(course, node.id)
    if type(node) is ast.Attribute:
        base = base_of(course, node.value)
        return base and Base(Attr(base.value, node.attr), f"{base.text}.{node.attr}")
    if type(node) is ast.Subscript and type(node.slice) is not ast.Slice:
        base = base_of(course, node.value)
        return base and Base(Item(base.value), f"{base.text}[{text_of(course, node.slice)}]")
    return None


def _named(course: CourseDraft, name: str) -> Base | None:
    """Return the object of a name: a parameter that stays, an alias, or something free."""
    local = course.env.get(name)
    if local is not None:
        return local.base
    draft = course.draft
    held = draft.assigned.get(name)
    if held is None or name in draft.foreign:
        return Base(named(draft, name), name)
    return Base(held[0], name) if len(held) == 1 and type(held[0]) is Param else None


def spot_of(course: CourseDraft, node: ast.expr) -> Spot | None:
    """Return the spot that an expression stands for; for a name, what it holds."""
    if type(node) is ast.Name:
        base = base_of(course, node)
        return base and Spot(base.value, "", base.text)
    if type(node) is ast.Attribute:
        base = base_of(course, node.value)
        return base and Spot(base.value, node.attr, f"{base.text}.{node.attr}")
    if type(node) is ast.Subscript and type(node.slice) is not ast.Slice:
        base = base_of(course, node.value)
        return base and element(base, text_of(course, node.slice))
    return None


def element(base: Base, key: str) -> Spot:
    """Return the spot of an element."""
    return Spot(base.value, "", f"{base.text}[{key}]", base.text)


def is_outer(course: CourseDraft, name: str) -> bool:
    """Whether a name belongs to the module or function around, and holds a value."""
    if name in course.env:
        return False
    return name in course.draft.foreign or (
        name in course.outer and name not in course.draft.assigned
    )


def text_of(course: CourseDraft, node: ast.expr) -> str:
    """Return an expression as source, local aliases resolved."""
    base = base_of(course, node)
    if base is not None:
        return base.text
    if type(node) is ast.Name:
        return node.id
    return ast.unparse(node)
