"""Questions about sessions that are handed over: do several use one at once?"""

from pystatelint.link.project import Project
from pystatelint.link.records_sessions import HandedSession

STARTING = frozenset({"group", "task"})
"""Calls that start one task each; several of them run side by side."""


def is_concurrent(each: HandedSession, project: Project) -> bool:
    """Return whether several tasks of one call, loop or task group get the session."""
    if each.how == "together":
        return each.several
    if each.how not in STARTING:
        return False
    return each.several or each.looped or _grouped(each, project)


def _grouped(each: HandedSession, project: Project) -> bool:
    """Return whether a function adds more tasks with the same session to a group."""
    if each.how != "group":
        return False
    same = [
        other
        for other in project.handed_sessions
        if (other.how, other.function, other.session) == (each.how, each.function, each.session)
    ]
    return len(same) > 1
