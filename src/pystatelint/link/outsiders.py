"""May somebody outside the project call its public functions?"""

import enum

from pystatelint.config.choices import ProjectKind
from pystatelint.link.hierarchy import ancestor_names
from pystatelint.link.objects import ClassObject, ExternalObject
from pystatelint.link.world import World


class Outsiders(enum.Enum):
    """Who may call a function that nobody in the project calls."""

    ANYBODY = "anybody"
    """The project is a library: whoever imports it."""
    NONE = "none"
    """The project is an application: nobody, but for the frameworks that it uses."""


def outsiders_of(world: World, kind: ProjectKind) -> Outsiders:
    """Return who may call in from outside.

    Parameters:
        kind: what the project is, as far as its configuration and its metadata say; with
            ``auto`` its code decides.
    """
    served = kind == "application" or (kind == "auto" and _makes_application(world))
    return Outsiders.NONE if served else Outsiders.ANYBODY


def _makes_application(world: World) -> bool:
    """Whether the project makes the application that a framework serves, or holds its settings.

    A method that makes one belongs to a class that others use.
    """
    return _has_settings(world) or _calls_any(world, world.knowledge.tables.applications)


def _has_settings(world: World) -> bool:
    """Whether a module holds the settings of an application."""
    return any(
        set(names) <= world.names.get((number, 0), {}).keys()
        for number, module in enumerate(world.modules)
        if not module.test
        for names in world.knowledge.tables.settings
    )


def _calls_any(world: World, names: frozenset[str]) -> bool:
    """Whether something else than a method calls what has some name, or makes an heir of it."""
    for sid, scope in world.scopes.items():
        if scope.calls and sid not in world.classes_by_scope and not world.modules[sid[0]].test:
            for found in world.callees(sid):
                for item in found:
                    if type(item) is ExternalObject and item.dotted in names:
                        return True
                    if type(item) is ClassObject:
                        if not names.isdisjoint(ancestor_names(world, item.sid)):
                            return True
    return False
