"""What do the installed libraries say of the names that a project's cells hang on?"""

from collections.abc import Callable, Iterable, Mapping

from pystatelint.inference.classes import described, is_transform, name_of
from pystatelint.inference.demand import answers, of_cells, of_classes, outside
from pystatelint.inference.meanings import Found, Known, Reading
from pystatelint.inference.records import NOTHING_INSTALLED, Installed, InstalledClass
from pystatelint.inference.returns import Class, gives_its_result, is_class, returned
from pystatelint.inference.shelf import DEFAULT_BOUNDS, Bounds, Shelf
from pystatelint.model.module import ModuleInput
from pystatelint.models.known import spoken_of
from pystatelint.models.tables import Tables

Deeper = Callable[[Reading, tuple[Found, ...]], Mapping[Found, Class]]
"""Finds the classes of what library functions return."""


def told_by_facts(_reading: Reading, _functions: tuple[Found, ...]) -> Mapping[Found, Class]:
    """Find out nothing: what the facts do not tell remains untold."""
    return {}


def installed(
    modules: Iterable[ModuleInput],
    tables: Tables,
    folders: tuple[str, ...],
    bounds: Bounds = DEFAULT_BOUNDS,
    deeper: Deeper = told_by_facts,
) -> Installed:
    """Read what the project's classes and cells hang on, from the source of its libraries.

    First the bases, metaclasses and decorators of its classes, then the calls that make
    the cells which somebody writes. Nothing is imported.

    Args:
        modules: every module of the project.
        tables: the shipped tables; what they speak of is not read.
        folders: where the project's libraries are installed, absolute.
        bounds: how much is read at most.
        deeper: finds out what functions return of which the facts do not tell it.
    """
    if not folders:
        return NOTHING_INSTALLED
    given = tuple(modules)
    shelf = Shelf(given, folders, bounds)
    reading = Reading(shelf, tables, spoken_of(tables), {})
    project = tuple(own for each in given if not each.test and (own := shelf.own(each.name)))
    headers = tuple(answers(reading, of_classes(project)))
    makers = tuple(answers(reading, of_cells(reading, project)))
    functions = outside(makers)
    results = {each: made for each in functions if (made := returned(reading, each))}
    results |= deeper(
        reading,
        tuple(
            each for each in functions if each not in results and gives_its_result(reading, each)
        ),
    )
    classes = _classes(reading, outside((*headers, *makers, *results.values())))
    return _named(reading, classes, results)


def _classes(reading: Reading, level: tuple[Found, ...]) -> dict[str, InstalledClass]:
    """Return the library classes that some stand on, theirs included, nearest first."""
    found: dict[str, InstalledClass] = {}
    while level:
        following: list[Found] = []
        for each in level:
            if name_of(reading, each) not in found and is_class(each):
                one = described(reading, each)
                found[one.record.name] = one.record
                following.extend(one.parents)
        level = outside(following)
    return found


def _named(
    reading: Reading, classes: dict[str, InstalledClass], results: Mapping[Found, Class]
) -> Installed:
    """Return what was found, by every name that somebody has asked for."""
    canonical = reading.tables.canonical
    places: dict[str, str] = {}
    aliases: dict[str, str] = {}
    returns: dict[str, str] = {}
    transforms: set[str] = set()
    for dotted, meant in tuple(reading.meanings.items()):
        if reading.shelf.is_own(dotted):
            continue
        name = canonical(dotted)
        match meant:
            case Known(dotted=known) if known != name:
                aliases[name] = known
            case Found() if meant in results:
                returns[name] = _class_name(reading, results[meant])
            case Found() if name_of(reading, meant) in classes:
                places[name] = name_of(reading, meant)
            case Found() if is_transform(reading, meant):
                transforms.add(name)
            case _:
                pass
    return Installed(
        classes=classes,
        places=places,
        aliases=aliases,
        returns=returns,
        transforms=frozenset(transforms),
        files=reading.shelf.files,
        size=reading.shelf.size,
    )


def _class_name(reading: Reading, found: Class) -> str:
    return found.dotted if isinstance(found, Known) else name_of(reading, found)
