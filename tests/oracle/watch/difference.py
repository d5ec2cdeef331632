"""Which cells have changed between two snapshots, and how?"""

from collections.abc import Iterator
from typing import NamedTuple

from .cells import Place, Snapshot
from .content import Look, Same, ancestors, module_of, qualname

SHOWN = 3
"""Differences that are told of one cell."""


class Change(NamedTuple):
    """One cell whose content is not what it was.

    Attributes:
        place: the cell.
        holds: name of the type of what is in it, or was.
        thing: identity of the object whose content changed; 0 if the cell has another object.
        inherited: the same name in the ancestors of the class, nearest first.
        how: what is different, such as ``['a'] added``.
    """

    place: Place
    holds: str
    thing: int
    inherited: tuple[str, ...]
    how: tuple[str, ...]


def changes(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    """Yield the cells that changed, sorted.

    A cell whose module, class or function was not there before has only been created, and one
    whose is gone has not been changed.
    """
    for place in sorted({*before.looks, *after.looks}):
        old, new = before.looks.get(place), after.looks.get(place)
        if old is None and new is not None and place.scope in before.scopes:
            yield Change(
                place, qualname(new.kind), 0, inherited(place, after), (f"appeared: {new}",)
            )
        elif new is None and old is not None and place.scope in after.scopes:
            yield Change(
                place, qualname(old.kind), 0, inherited(place, after), (f"vanished: {old}",)
            )
        elif old is not None and new is not None and old != new:
            yield from changed_content(place, old, new, after)


def changed_content(place: Place, old: Look, new: Look, after: Snapshot) -> Iterator[Change]:
    """Yield the change of a cell that was there and is, if there is a difference to tell."""
    if how := tuple(sorted(set(differences(old, new)))):
        above = inherited(place, after)
        yield Change(place, qualname(new.kind), changed_thing(old, new), above, told(how))


def inherited(place: Place, after: Snapshot) -> tuple[str, ...]:
    """Return the symbols that the same attribute has in the ancestors of a class."""
    scope = after.scopes.get(place.scope)
    if place.kind != "class" or not isinstance(scope, type):
        return ()
    name = place.symbol.rpartition(".")[2]
    return tuple(f"{module_of(each)}.{qualname(each)}.{name}" for each in ancestors(scope)[1:-1])


def changed_thing(old: Look, new: Look) -> int:
    """Return the identity of the object that is still there; 0 if it is not."""
    match old.mark:
        case Same(thing=thing) if old.mark == new.mark:
            return id(thing)
        case _:
            return 0


def differences(before: Look, after: Look, path: str = "") -> Iterator[str]:
    """Yield what is different, outermost first; nothing below what was replaced."""
    if before.mark != after.mark:
        yield f"{path} {replaced(before, after)}".strip()
        return
    if before.size is None or after.size is None:
        return
    old, new = dict(before.parts), dict(after.parts)
    if old.keys() == new.keys() and [*old] != [*new]:
        yield f"{path} in another order".strip()
    if before.size != after.size and not (old.keys() ^ new.keys()):
        yield f"{path} longer or shorter".strip()
    yield from (f"{path}{key.text} removed" for key in old.keys() - new.keys())
    yield from (f"{path}{key.text} added" for key in new.keys() - old.keys())
    for key in old.keys() & new.keys():
        yield from differences(old[key], new[key], path + key.text)


def replaced(before: Look, after: Look) -> str:
    """Return what stands in place of what."""
    if str(before) == str(after):
        return f"another {after}"
    return f"{before} → {after}"


def told(how: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first differences, and whether there are more."""
    return how if len(how) <= SHOWN else (*how[:SHOWN], "and more")
