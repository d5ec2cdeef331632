"""May somebody outside the project call its public functions?"""

import enum

from pystatelint.config.choices import ProjectKind
from pystatelint.link.objects import ExternalObject
from pystatelint.link.world import World
from pystatelint.model.facts import ScopeKind


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
    tables = world.knowledge.tables
    for sid, scope in world.scopes.items():
        if world.modules[sid[0]].test or sid in world.classes_by_scope:
            continue
        if scope.kind is ScopeKind.MODULE:
            bound = world.names.get(sid, {}).keys()
            if any(set(names) <= bound for names in tables.settings):
                return True
        for found in world.callees(sid):
            for item in found:
                if type(item) is ExternalObject and item.dotted in tables.applications:
                    return True
    return False
