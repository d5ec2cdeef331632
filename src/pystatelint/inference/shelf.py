"""Which modules can be looked into: those of the project, and what is read of libraries?"""

from collections.abc import Iterable, Iterator

import msgspec

from pystatelint.facts.extract import extract
from pystatelint.inference.locate import Place, places_of
from pystatelint.model.facts import Binding, by_name
from pystatelint.model.module import ModuleInput
from pystatelint.model.module_facts import ModuleFacts
from pystatelint.source.parse import parse
from pystatelint.source.read import read_bytes, source_of


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """How much of the libraries is read at most, whatever the machine.

    Bounds of time would make the report depend on how busy the machine is.

    Attributes:
        depth: files on the way from the project: 1 is what the project imports itself.
        files: files in all.
        size: bytes in all.
        file: bytes of one file.
    """

    depth: int = 6
    files: int = 400
    size: int = 4_000_000
    file: int = 500_000


EVERYTHING = b"import *"
"""What a file says that may bind names which it does not mention."""

DEFAULT_BOUNDS = Bounds()


class Shelved(msgspec.Struct, frozen=True, eq=False):
    """A module that can be looked into.

    Attributes:
        name: dotted. package: an ``__init__`` file.
        facts: what it says.
        depth: files on the way from the project, 0 for the project's own.
        stub: it only declares.
    """

    name: str
    package: bool
    facts: ModuleFacts
    depth: int = 0
    stub: bool = False


class Shelf:
    """What was read so far in one run, and what may still be read."""

    __slots__ = ("_bounds", "_folders", "_names", "_own", "_places", "_read", "files", "size")

    def __init__(
        self, project: Iterable[ModuleInput], folders: tuple[str, ...], bounds: Bounds
    ) -> None:
        """Begin with the project's own modules.

        Args:
            project: every module of it.
            folders: where packages are installed, absolute.
            bounds: how much may be read.
        """
        self._own = {each.name: Shelved(each.name, each.package, each.facts) for each in project}
        self._folders = folders
        self._bounds = bounds
        self._places: dict[str, tuple[Place, ...]] = {}
        self._read: dict[str, Shelved | None] = {}
        self._names: dict[Shelved, dict[int, dict[str, tuple[Binding, ...]]]] = {}
        self.files = 0
        self.size = 0

    def own(self, name: str) -> Shelved | None:
        """Return a module of the project."""
        return self._own.get(name)

    def is_own(self, dotted: str) -> bool:
        """Whether a dotted name stands in a module of the project."""
        parts = dotted.split(".")
        return any(".".join(parts[:end]) in self._own for end in range(1, len(parts)))

    def sources(self, module: str, name: str, depth: int) -> Iterator[Shelved] | None:
        """Return what may say what `name` is in a module; None if there is no such module.

        The project's own modules come first, source before stubs. A file that does not
        even mention the name is not taken apart.

        Args:
            module: dotted name.
            name: a name in it.
            depth: of the module that asks.
        """
        own = self._own.get(module)
        if own is not None:
            return iter((own,))
        if module not in self._places:
            self._places[module] = tuple(places_of(module, self._folders))
        places = self._places[module]
        return self._opened(module, places, name, depth + 1) if places else None

    def bindings(self, module: Shelved, scope: int, name: str) -> tuple[Binding, ...]:
        """Return the bindings of a name in one scope of a module, in source order."""
        scopes = self._names.setdefault(module, {})
        if scope not in scopes:
            scopes[scope] = by_name(module.facts.scopes[scope].bindings)
        return scopes[scope].get(name, ())

    def _opened(
        self, module: str, places: tuple[Place, ...], name: str, depth: int
    ) -> Iterator[Shelved]:
        """Yield the files of a module that mention a name, taken apart."""
        for place in places:
            found = self._read.get(place.path)
            if found is None and place.path not in self._read and depth <= self._bounds.depth:
                found = self._taken_apart(module, place, name, depth)
            if found is not None:
                yield found

    def _taken_apart(self, module: str, place: Place, name: str, depth: int) -> Shelved | None:
        """Return one file if it mentions a name and is within the bounds."""
        bounds = self._bounds
        if self.files >= bounds.files:
            return None
        try:
            data = read_bytes(place.path)
            if name.encode() not in data and EVERYTHING not in data:
                return None
            if len(data) > bounds.file or self.size + len(data) > bounds.size:
                return None
            source = source_of(data, module)
            facts = extract(parse(source.text), source.text)
        except Exception:  # noqa: BLE001  # what cannot be read is as if it were not there
            self._read[place.path] = None
            return None
        self.files += 1
        self.size += len(data)
        found = Shelved(module, place.package, facts, depth, place.stub)
        self._read[place.path] = found
        return found
