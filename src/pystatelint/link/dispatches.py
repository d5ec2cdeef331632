"""Which methods may be called by a name that is no constant: ``getattr(x, name)()``?

Of a name that is put together, its beginning tells which; of an object of a known class, its
class. A name that is handed in as it is comes from a string, which says it in full, as far
as the project gives it; what somebody else may send to an object of an unknown class is no
evidence of a call.
"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.hierarchy import descendants, project_classes
from pystatelint.link.objects import CellObject, ClassObject, ExternalObject, InstanceObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Const,
    Fresh,
    Item,
    Name,
    Param,
    Result,
    Union,
)
from pystatelint.model.layers import UNSAID, behind


class Dispatches(msgspec.Struct, frozen=True):
    """What is called by names that are no constants.

    Attributes:
        families: classes of which any method may be called so.
        beginnings: what the names of other methods called so begin with.
        names: names that are constants after all.
    """

    families: frozenset[Sid]
    beginnings: tuple[str, ...]
    names: frozenset[str]

    def reaches(self, owner: Sid, name: str) -> bool:
        """Return whether a method of a class may be called so.

        Parameters:
            owner: the class. name: of the method.
        """
        return owner in self.families or name.startswith(self.beginnings) or name in self.names


def dispatches(world: World) -> Dispatches:
    """Return what code outside tests calls by names that are no constants."""
    families: set[Sid] = set()
    beginnings: set[str] = set()
    names: set[str] = set()
    for sid, number in _looked_up(world):
        receiver, name, *_ = world.scopes[sid].calls[number].arguments
        known = tuple(_constants(world, sid, name))
        beginning = _beginning(name)
        if known:
            names.update(known)
        elif beginning:
            beginnings.add(beginning)
        elif found := tuple(_classes(world, sid, receiver)):
            families.update(found)
        elif not _is_handed_in(name):
            beginnings.add("")
    return Dispatches(frozenset(families), tuple(sorted(beginnings)), frozenset(names))


def _looked_up(world: World) -> Iterator[tuple[Sid, int]]:
    """Yield the calls of ``getattr`` whose result is called, with their scopes."""
    for sid, scope in world.scopes.items():
        if world.modules[sid[0]].test:
            continue
        for call in scope.calls:
            callee = behind(call.callee, UNSAID)
            if isinstance(callee, Result) and len(scope.calls[callee.call].arguments) > 1:
                if GETATTR in world.callees(sid)[callee.call]:
                    yield sid, callee.call


GETATTR = ExternalObject("getattr")


def _constants(world: World, sid: Sid, name: AnyValue) -> Iterator[str]:
    """Yield the strings that a name stands for: its own, or those of a constant."""
    name = behind(name, UNSAID)
    if isinstance(name, Const):
        yield name.text
    elif isinstance(name, (Attr, Name)):
        for item in world.evaluate(sid, name):
            if type(item) is CellObject:
                for binding in world.bindings(item.cell):
                    if type(binding.value) is Const and binding.value.kind == "str":
                        yield binding.value.text


def _beginning(name: AnyValue) -> str:
    """Return the text that a string begins with which is put together; mostly nothing."""
    name = behind(name, UNSAID)
    if isinstance(name, Fresh) and name.shape == "string" and name.texts:
        return name.texts[0]
    return ""


def _is_handed_in(name: AnyValue) -> bool:
    """Whether a name is what somebody passed, stored or put in a container, as it is."""
    name = behind(name, UNSAID)
    if isinstance(name, Union):
        return all(
            isinstance(behind(each, UNSAID), Const) or _is_handed_in(each) for each in name.options
        )
    return isinstance(name, (Attr, Item, Name, Param))


def _classes(world: World, sid: Sid, receiver: AnyValue) -> Iterator[Sid]:
    """Yield the project classes that an object may be of, their ancestors and heirs."""
    for item in world.evaluate(sid, receiver):
        if type(item) is InstanceObject or type(item) is ClassObject:
            yield from project_classes(world, item.sid)
            yield from descendants(world, item.sid)
