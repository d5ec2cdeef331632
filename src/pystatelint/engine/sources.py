"""Which files does a run read, which of them does it report on, and what do they say?"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from pystatelint.config.globs import path_matches
from pystatelint.config.schema import Config
from pystatelint.errors import SourceError
from pystatelint.facts.extract import extract
from pystatelint.link.world import ModuleInput
from pystatelint.model.facts import ModuleFacts
from pystatelint.model.report import ErrorKind, ReportError
from pystatelint.source.discover import FoundFile, discover, shown_path
from pystatelint.source.modules import module_names
from pystatelint.source.parse import parse
from pystatelint.source.project import project_root
from pystatelint.source.read import SourceFile, read_source, source_of
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


class Broken(msgspec.Struct, frozen=True):
    """A file that cannot be analysed, and why."""

    path: str
    error: SourceError


class Loaded(msgspec.Struct, frozen=True):
    """What the files of a run say.

    Attributes:
        modules: facts of each readable file.
        texts: source of each readable file, by shown path.
        broken: the others, in order of their paths.
        errors: what failed inside, one entry per file that is lost by it.
    """

    modules: tuple[ModuleInput, ...]
    texts: dict[str, str]
    broken: tuple[Broken, ...]
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
    virtual = () if stdin is None else (stand_in(stdin, cwd),)
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


def stand_in(stdin: StdinSource, cwd: Path) -> FoundFile:
    """Return the file that standard input stands for; it need not exist."""
    absolute = os.path.normpath(cwd / stdin.filename)
    return FoundFile(absolute, shown_path(absolute, str(cwd)), os.path.dirname(absolute))


def load(
    selection: Selection,
    config: Config,
    cwd: Path,
    progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """Read, parse and extract every file; a file that fails loses nothing of the rest."""
    facts: dict[str, ModuleFacts] = {}
    texts: dict[str, str] = {}
    broken: list[Broken] = []
    errors: list[ReportError] = []
    for number, found in enumerate(selection.linked):
        if progress is not None:
            progress(number, len(selection.linked))
        try:
            source = _source(found, selection.stdin, cwd)
            facts[found.absolute] = facts_of(source)
            texts[found.shown] = source.text
        except SourceError as error:
            broken.append(Broken(found.shown, error))
        except Exception as error:  # noqa: BLE001  # one odd file must not cost the others
            errors.append(_failure(found.shown, error))
    names = named_modules(selection.linked, facts, config, cwd)
    modules = tuple(
        module_of(found, names[found.absolute], facts[found.absolute], config, cwd)
        for found in selection.linked
        if found.absolute in facts
    )
    return Loaded(modules, texts, tuple(broken), tuple(errors))


def _failure(path: str, error: Exception) -> ReportError:
    what = " ".join(f"{type(error).__name__}: {error}".split())
    message = f"{path} is not analysed: {what}; please report it, and use --extend-exclude {path}"
    return ReportError(ErrorKind.INTERNAL, path, f"{message} until then")


def named_modules(
    files: tuple[FoundFile, ...], facts: dict[str, ModuleFacts], config: Config, cwd: Path
) -> dict[str, str]:
    """Return the dotted name of each file, by absolute path."""
    root = project_root(Path(files[0].absolute).parent) if files else None
    imported = frozenset(
        each.module for module in facts.values() for each in module.imports if each.level == 0
    )
    paths = tuple(Path(each.absolute) for each in files)
    roots = import_roots(paths, config.src, root, cwd=cwd, imported=imported)
    names = module_names(paths, roots, root or cwd)
    return {str(path): name for path, name in names.items()}


def _source(found: FoundFile, stdin: StdinSource | None, cwd: Path) -> SourceFile:
    """Return the source of one file, or what standard input has instead of it."""
    if stdin is not None and stand_in(stdin, cwd).absolute == found.absolute:
        return source_of(stdin.data, found.shown)
    return read_source(Path(found.absolute), found.shown)


def facts_of(source: SourceFile) -> ModuleFacts:
    """Return the facts of one source.

    Raises:
        SourceError: it is not valid Python, or nests too deeply.
    """
    tree = parse(source.text)
    try:
        return extract(tree, source.text)
    except RecursionError as error:
        raise SourceError("nests too deeply to be analysed") from error


def module_of(
    found: FoundFile, name: str, facts: ModuleFacts, config: Config, cwd: Path
) -> ModuleInput:
    """Return what the linker gets of one file."""
    return ModuleInput(
        name=name,
        path=found.shown,
        package=os.path.basename(found.absolute) == "__init__.py",
        test=is_test(found.shown, config, cwd),
        facts=facts,
    )


def is_test(shown: str, config: Config, cwd: Path) -> bool:
    """Whether the configuration calls a file a test."""
    return any(path_matches(shown, glob, cwd) for glob in config.test_paths)
