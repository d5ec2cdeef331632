"""Who gives the container of a cell away, and may whoever gets it change it?"""

from pystatelint.config.schema import Config
from pystatelint.link.places import HandedOut
from pystatelint.link.project import Project
from pystatelint.link.records import Cell
from pystatelint.rules.values import holds_container


def givers_of(cell: Cell, project: Project) -> tuple[HandedOut, ...]:
    """Return the functions that return the container of a cell, or one inside it."""
    return tuple(each for each in project.handed_out if each.cell == cell.symbol)


def open_givers(cell: Cell, project: Project, options: Config) -> tuple[HandedOut, ...]:
    """Return those of them that `strict` tells of a container that nobody is seen to change."""
    if not options.strict or cell.module in project.test_modules or not _is_left_alone(cell):
        return ()
    return tuple(each for each in givers_of(cell, project) if not each.read_only)


def _is_left_alone(cell: Cell) -> bool:
    return holds_container(cell.value) and not cell.run_writes and not cell.declarative
