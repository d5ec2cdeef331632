"""Does the mutable default of a parameter get out of its function, for others to change?"""

from pystatelint.link.project import Project
from pystatelint.link.records import Cell, CellKind
from pystatelint.link.records_functions import DefaultEscape
from pystatelint.rules.exemption import (
    NO_CONTAINER,
    OUTSIDE_RUN_TIME,
    OWN_NAME,
    STAYS_INSIDE,
    Exemption,
)
from pystatelint.rules.values import holds_container


def ways_out(cell: Cell, project: Project) -> tuple[DefaultEscape, ...] | Exemption:
    """Return how a default outlives the call, or why that is no harm, as far as is known.

    What has a name of its own beside the parameter is shared on purpose: what becomes of
    it is told where that name stands.
    """
    if cell.kind is not CellKind.DEFAULT or not holds_container(cell.value):
        return NO_CONTAINER
    if cell.value.kind == "cell":
        return OWN_NAME
    found = tuple(
        each
        for each in project.default_escapes
        if each.cell == cell.symbol and each.path == cell.path
    )
    if not found:
        return STAYS_INSIDE
    return tuple(each for each in found if each.at_run_time) or OUTSIDE_RUN_TIME
