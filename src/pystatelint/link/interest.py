"""What does the link phase care for in a call that leaves the project?

Most such calls concern nobody. One look per library name tells which passes have to
look at a call at all.
"""

from collections.abc import Iterator

from pystatelint.link.objects import (
    CellObject,
    ExternalObject,
    LibraryInstance,
    MethodObject,
    Object,
    ParameterObject,
    PartObject,
)
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import Call

NOTHING = 0
WRITES = 1
"""It may change its receiver or an argument."""
NAMES = 2
"""It may write under a name that nobody sees: ``setattr``, ``exec``."""
ENTERS = 4
"""It hands a function to a framework that will call it."""
WATCHED = 8
"""A table names it or what it makes: a column, a session."""
VOLATILE = 16
"""It gives something else each time: a clock, a new identity, chance."""
PROCESS = 32
"""It changes something that the process has only once, or starts a process."""

STARTS = 64
"""Only the start of a process makes it."""

NAMING = frozenset({"delattr", "eval", "exec", "setattr"})


def interest(world: World, callee: Object) -> int:
    """Return the bits that say who has to look at a call of `callee`."""
    if type(callee) is ExternalObject:
        known = world.interests.get(callee.dotted)
        return of_name(world, callee.dotted) if known is None else known
    if type(callee) is ParameterObject:
        return NOTHING if callee.path else WRITES
    if type(callee) is not MethodObject:
        return WATCHED | WRITES if type(callee) in CALLABLE else NOTHING
    name, knowledge = callee.name, world.knowledge
    found = WRITES if name in knowledge.all_mutators else NOTHING
    if name in knowledge.method_names:
        for dotted in library_classes(world, callee.receiver):
            found |= of_name(world, knowledge.canonical(f"{dotted}.{name}"))
    return found


def by_keyword(world: World, call: Call) -> int:
    """Return the bits that the keywords of a call add: ``frame.drop(..., inplace=True)``."""
    if call.keywords:
        changing = world.knowledge.inplace.values()
        for name, _ in call.keywords:
            if name in changing:
                return WRITES
    return NOTHING


CALLABLE = frozenset({CellObject, LibraryInstance, PartObject})
"""Objects whose ``__call__`` a table may name."""


def of_name(world: World, dotted: str) -> int:
    """Return the bits of a library function, by its canonical name; found out once."""
    known = world.interests.get(dotted)
    if known is None:
        knowledge = world.knowledge
        tables = knowledge.tables
        watched = dotted in tables.columns or dotted in tables.sessions
        known = WATCHED if watched or tables.returns.get(dotted) in tables.sessions else NOTHING
        known |= WRITES if dotted in knowledge.writers else NOTHING
        known |= WRITES | NAMES if dotted in NAMING else NOTHING
        known |= STARTS if dotted in tables.starting else NOTHING
        known |= VOLATILE if dotted in tables.volatile else NOTHING
        process = tables.process
        known |= PROCESS if dotted in process.calls or dotted in process.leaving else NOTHING
        handing = knowledge.entries.find("call-arg", dotted)
        known |= ENTERS if handing or knowledge.entries.find("decorator", dotted) else NOTHING
        world.interests[dotted] = known
    return known


def library_classes(world: World, item: Object) -> Iterator[str]:
    """Yield the library classes that an object is an instance of."""
    for content in contents(world, item):
        if type(content) is LibraryInstance:
            yield content.dotted
