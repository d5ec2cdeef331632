"""Which files does a run read, which of them does it report on, and what do they say?"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from pystatelint.config.globs import path_matches
from pystatelint.config.schema import Config
from pystatelint.errors import SourceError
from pystatelint.facts.extract import extract
from pystatelint.model.module import ModuleInput
from pystatelint.model.module_facts import ModuleFacts
from pystatelint.model.report import ErrorKind, ReportError
from pystatelint.source.decode import legible
from pystatelint.source.discover import FoundFile, discover, shown_path
from pystatelint.source.modules import module_names
from pystatelint.source.parse import parse
from pystatelint.source.project import project_root
from pystatelint.source.read import SourceFile, read_bytes, source_of
from pystatelint.source.roots import import_roots


class StdinSource(msgspec.Struct, frozen=True):
    """Source given on standard input, as if it stood in the file of that name."""

    filename: str
    data: bytes


INIT = "__init__.py"


class Selection(msgspec.Struct, frozen=True):
    """The files of a run.

    Attributes:
        linked: every file that is read, sorted.
        reported: shown paths of the files that are reported on.
        stdin: contents that stand for one of them.
    """

    linked: tuple[FoundFile, ...]
    reported: frozenset[str]
    stdin: StdinSource | None


class Readable(msgspec.Struct, frozen=True):
    """A file that can be analysed."""

    found: FoundFile
    text: str
    facts: ModuleFacts


class Broken(msgspec.Struct, frozen=True):
    """A file that cannot be analysed, why, and what it says as far as it is text."""

    path: str
    error: SourceError
    text: str


class Loaded(msgspec.Struct, frozen=True):
    """What the files of a run say.

    Attributes:
        modules: facts of each file that can be analysed.
        texts: source of each of them, by shown path.
        broken: the others, in order of their paths.
        errors: what failed inside, one entry per file that is lost by it.
    """

    modules: tuple[ModuleInput, ...]
    texts: dict[str, str]
    broken: tuple[Broken, ...] = ()
    errors: tuple[ReportError, ...] = ()


def select(
    paths: Sequence[Path], config: Config, cwd: Path, stdin: StdinSource | None
) -> Selection:
    """Return the files of a run.

    A folder is linked as it is, or with the whole of the package that it is part of.
    For a file that is named, the project around it is linked. Only what is named is
    reported on: its writers may stand anywhere.
    """
    named = discover([str(path) for path in paths], config, cwd)
    virtual = () if stdin is None else (stand_in(stdin.filename, cwd),)
    single = [path for path in paths if not (cwd / path).is_dir()]
    folders = [(cwd / path).parent for path in single]
    folders.extend(Path(each.base) for each in virtual)
    roots = {root for folder in folders if (root := project_root(folder)) is not None}
    roots.update(
        package for path in paths if (package := surrounding_package(cwd / path)) is not None
    )
    around = discover(sorted(map(str, roots)), config, cwd) if roots else ()
    linked = {each.absolute: each for each in (*around, *named, *virtual)}
    reported = frozenset(each.shown for each in (*named, *virtual))
    ordered = tuple(sorted(linked.values(), key=lambda each: each.shown))
    return Selection(ordered, reported, stdin)


def surrounding_package(folder: Path) -> Path | None:
    """Return the outermost package around a folder that is itself a package, None without one."""
    outermost = None
    while (folder / INIT).is_file() and (folder.parent / INIT).is_file():
        outermost = folder = folder.parent
    return outermost


def stand_in(filename: str, cwd: Path) -> FoundFile:
    """Return the file that text from elsewhere stands for; it need not exist."""
    absolute = os.path.normpath(cwd / filename)
    return FoundFile(absolute, shown_path(absolute, str(cwd)), os.path.dirname(absolute))


def load(
    selection: Selection,
    config: Config,
    cwd: Path,
    progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """Read, parse and extract every file; a file that fails loses nothing of the rest."""
    outcomes: list[Readable | Broken | ReportError] = []
    for number, found in enumerate(selection.linked):
        if progress is not None:
            progress(number, len(selection.linked))
        outcomes.append(_outcome(found, selection.stdin, cwd))
    readable = tuple(each for each in outcomes if isinstance(each, Readable))
    names = named_modules(selection.linked, readable, config, cwd)
    return Loaded(
        modules=tuple(
            module_of(each.found, names[each.found.absolute], each.facts, config, cwd)
            for each in readable
        ),
        texts={each.found.shown: each.text for each in readable},
        broken=tuple(each for each in outcomes if isinstance(each, Broken)),
        errors=tuple(each for each in outcomes if isinstance(each, ReportError)),
    )


def _outcome(
    found: FoundFile, stdin: StdinSource | None, cwd: Path
) -> Readable | Broken | ReportError:
    """Return what one file says, or why it says nothing."""
    data = b""
    try:
        data = _data(found, stdin, cwd)
        source = source_of(data, found.shown)
        return Readable(found, source.text, facts_of(source))
    except SourceError as error:
        return Broken(found.shown, error, legible(data))
    except Exception as error:  # noqa: BLE001  # one odd file must not cost the others
        return _failure(found.shown, error)


def _failure(path: str, error: Exception) -> ReportError:
    what = " ".join(f"{type(error).__name__}: {error}".split())
    message = f"{path} is not analysed: {what}; please report it, and use --extend-exclude {path}"
    return ReportError(ErrorKind.INTERNAL, path, f"{message} until then")


def named_modules(
    files: tuple[FoundFile, ...], readable: Sequence[Readable], config: Config, cwd: Path
) -> dict[str, str]:
    """Return the dotted name of each file, by absolute path."""
    root = project_root(Path(files[0].absolute).parent) if files else None
    imported = frozenset(
        each.module for source in readable for each in source.facts.imports if each.level == 0
    )
    paths = tuple(Path(each.absolute) for each in files)
    roots = import_roots(paths, config.src, root, cwd=cwd, imported=imported)
    names = module_names(paths, roots, root or cwd)
    return {str(path): name for path, name in names.items()}


def _data(found: FoundFile, stdin: StdinSource | None, cwd: Path) -> bytes:
    """Return the content of one file, or what standard input has instead of it."""
    if stdin is not None and stand_in(stdin.filename, cwd).absolute == found.absolute:
        return stdin.data
    return read_bytes(found.absolute)


def facts_of(source: SourceFile) -> ModuleFacts:
    """Return the facts of one source.

    Raises:
        SourceError: it is not valid Python, or nests too deeply.
    """
    return extract(parse(source.text), source.text)


def module_of(
    found: FoundFile, name: str, facts: ModuleFacts, config: Config, cwd: Path
) -> ModuleInput:
    """Return what the linker gets of one file."""
    return ModuleInput(
        name=name,
        path=found.shown,
        package=os.path.basename(found.absolute) == INIT,
        test=is_test(found.shown, config, cwd),
        facts=facts,
    )


def is_test(shown: str, config: Config, cwd: Path) -> bool:
    """Whether the configuration calls a file a test."""
    return any(path_matches(shown, glob, cwd) for glob in config.test_paths)
