"""What do functions return that the facts alone do not tell? The last resort: astroid.

astroid (https://pylint.readthedocs.io/projects/astroid) infers values through whatever a
function does, and costs some thirty times what parsing does. So it is asked for a few
functions only, within a bound of time, and only where somebody wants it.

It never gets to look for modules itself: those of libraries are built from the same files
that are read otherwise, those of the standard library from the names that the tables know.
So nothing is imported, not even compiled modules of the standard library.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from pystatelint.inference.locate import places_of
from pystatelint.inference.meanings import Found, Reading, meaning
from pystatelint.inference.returns import Class, is_class
from pystatelint.source.read import read_bytes, source_of

Clock = Callable[[], float]
"""Returns seconds since some moment."""


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long astroid may take, in seconds.

    Attributes:
        question: for one function, without building the modules that it needs.
        run: for everything.
        byte: what building a module takes for each of its bytes, as a guess.
    """

    question: float = 0.05
    run: float = 2.0
    byte: float = 0.000_008


DEFAULT_PATIENCE = Patience()


def inferred(
    reading: Reading,
    functions: tuple[Found, ...],
    folders: tuple[str, ...],
    clock: Clock,
    patience: Patience = DEFAULT_PATIENCE,
) -> dict[Found, Class]:
    """Return the classes of what functions return, as far as astroid finds one for each.

    Args:
        reading: what names are followed with.
        functions: of libraries.
        folders: where the libraries are installed, absolute.
        clock: what time it is.
        patience: how long it may take.

    Raises:
        ImportError: astroid is not installed.
    """
    if not functions:
        return {}
    found: dict[Found, Class] = {}
    _awake()
    with _borrowed(Modules(reading, folders, clock, patience)) as modules:
        for each in functions:
            name = modules.returned(each)
            meant = meaning(reading, name, each.module.depth) if name else None
            if meant is not None and is_class(meant):
                found[each] = meant
    return found


class Modules(set[str]):
    """The modules that astroid must not look for, which are all: it gets what it needs here.

    Before it looks for a module it asks whether that is among these; by then it has it, if
    it may have it at all.
    """

    def __init__(
        self, reading: Reading, folders: tuple[str, ...], clock: Clock, patience: Patience
    ) -> None:
        """Begin with no module; the time runs from now."""
        super().__init__()
        self._reading = reading
        self._folders = folders
        self._clock = clock
        self._patience = patience
        self._end = self._answer_by = clock() + patience.run
        self._built: dict[str, Any] = {}

    def __contains__(self, name: object) -> bool:
        """Whether astroid must do without a module."""
        return not isinstance(name, str) or self._module(name) is None

    def returned(self, function: Found) -> str:
        """Return the qualified name of the one class of what a function returns, or nothing."""
        try:
            names = frozenset(self._results(function))
        except Exception:  # noqa: BLE001  # one odd library must not cost the others
            return ""
        one, *others = sorted(names - {NONE}) or [""]
        return "" if others or UNKNOWN in names else one

    def _results(self, function: Found) -> Iterator[str]:
        """Yield the class of each thing that a function may return."""
        from astroid import MANAGER
        from astroid.builder import AstroidBuilder

        first, *rest = function.module.facts.scopes[function.scope].qualname.split(".")
        called = ".".join(("function", *rest))
        text = f"from {function.module.name} import {first} as function\n{called}()\n"
        question = AstroidBuilder(MANAGER).string_build(text, QUESTION)
        MANAGER.astroid_cache.pop(QUESTION, None)
        self._answer_by = min(self._clock() + self._patience.question, self._end)
        for value in question.body[-1].value.infer():
            yield UNKNOWN if self._clock() > self._answer_by else _class_of(value)

    def _module(self, name: str) -> Any:
        """Return a module as astroid sees it, built if need be; None if it cannot be had."""
        from astroid import MANAGER

        if name not in self._built:
            self._built[name] = None  # meanwhile
            self._built[name] = MANAGER.astroid_cache.get(name) or self._made(name)
        return self._built[name]

    def _made(self, name: str) -> Any:
        """Build a module, as far as there is time; building does not count for the question."""
        from astroid import MANAGER
        from astroid.builder import AstroidBuilder

        start, answer_by = self._clock(), self._answer_by
        if start > answer_by:
            return None
        path, text = self._source(name)
        if path is None or start + len(text) * self._patience.byte > self._end:
            return None
        module = AstroidBuilder(MANAGER).string_build(text, name, path)
        self._answer_by = min(answer_by + self._clock() - start, self._end)
        return module

    def _source(self, name: str) -> tuple[str | None, str]:
        """Return path and text of a module; no path if there is no such module."""
        if name.partition(".")[0] in sys.stdlib_module_names:
            return f"{name}.py", "\n".join(self._classes(name))
        for place in places_of(name, self._folders):
            if not place.stub:
                return place.path, source_of(read_bytes(place.path), name).text
        return None, ""

    def _classes(self, module: str) -> Iterator[str]:
        """Yield the classes of the standard library that the tables speak of."""
        tables = self._reading.tables
        for name in (*tables.constructors, *tables.holders):
            holder, _, bare = name.rpartition(".")
            if holder == module:
                yield f"class {bare}: pass"


QUESTION = "_question"
"""The name of a module that calls a function."""

NONE = "builtins.NoneType"
UNKNOWN = "?"


def _class_of(value: Any) -> str:
    """Return the qualified name of the class that something inferred is an instance of."""
    from astroid import Instance, nodes

    known = (Instance, nodes.Const, nodes.Dict, nodes.List, nodes.Set, nodes.Tuple)
    return str(value.pytype()) if isinstance(value, known) else UNKNOWN


def _awake() -> None:
    """Let astroid do what it does once, at no question's expense."""
    from astroid.astroid_manager import MANAGER
    from astroid.builder import AstroidBuilder

    AstroidBuilder(MANAGER).string_build("")


@contextmanager
def _borrowed(modules: Modules) -> Iterator[Modules]:
    """Let astroid see some modules and no others; what it remembers is dropped in the end."""
    from astroid import MANAGER

    brain: Any = MANAGER.brain
    before = brain["module_denylist"], MANAGER.always_load_extensions
    brain["module_denylist"] = MANAGER.module_denylist = modules
    MANAGER.always_load_extensions = False
    try:
        yield modules
    finally:
        brain["module_denylist"] = MANAGER.module_denylist = before[0]
        MANAGER.always_load_extensions = before[1]
        MANAGER.clear_cache()
