"""Which files does a run read, which of them does it report on, and what do they say?"""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from pystatelint.config.globs import path_matches
from pystatelint.config.schema import Config
from pystatelint.errors import SourceError
from pystatelint.facts.extract import extract
from pystatelint.link.world import ModuleInput
from pystatelint.source.discover import FoundFile, discover
from pystatelint.source.modules import import_roots, module_names
from pystatelint.source.parse import parse
from pystatelint.source.project import project_root
from pystatelint.source.read import SourceFile, read_source, source_of


class StdinSource(msgspec.Struct, frozen=True):
    """Source given on standard input, as if it stood in the file of that name."""

    filename: str
    data: bytes


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
    """

    modules: tuple[ModuleInput, ...]
    texts: dict[str, str]
    broken: tuple[Broken, ...]


def select(
    paths: Sequence[Path], config: Config, cwd: Path, stdin: StdinSource | None
) -> Selection:
    """Return the files of a run.

    A folder is linked as it is. For a file that is named, the whole project around it
    is linked, and only the file is reported on: its writers may stand anywhere.
    """
    named = discover(paths, config, cwd)
    given = [Path(stdin.filename)] if stdin is not None else []
    virtual = tuple(FoundFile(path.as_posix(), str(cwd / path)) for path in given)
    single = [path for path in (*paths, *given) if not (cwd / path).is_dir()]
    roots = {root for path in single if (root := project_root((cwd / path).parent)) is not None}
    around = discover(sorted(roots), config, cwd) if roots else ()
    linked = {each.absolute: each for each in (*around, *named, *virtual)}
    reported = frozenset(each.shown for each in (*named, *virtual))
    return Selection(tuple(sorted(linked.values())), reported, stdin)


def load(
    selection: Selection,
    config: Config,
    cwd: Path,
    progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """Read, parse and extract every file; a file that fails loses nothing of the rest."""
    files = tuple(Path(each.absolute) for each in selection.linked)
    root = project_root(files[0].parent if files else cwd)
    names = module_names(files, import_roots(files, config.src, root), cwd)
    modules: list[ModuleInput] = []
    texts: dict[str, str] = {}
    broken: list[Broken] = []
    for number, (found, file) in enumerate(zip(selection.linked, files, strict=True)):
        if progress is not None:
            progress(number, len(files))
        try:
            source = _source(found, file, selection.stdin)
            texts[found.shown] = source.text
            modules.append(module_of(source, names[file], file.name, config, cwd))
        except SourceError as error:
            broken.append(Broken(found.shown, error))
    return Loaded(tuple(modules), texts, tuple(broken))


def _source(found: FoundFile, file: Path, stdin: StdinSource | None) -> SourceFile:
    """Return the source of one file, or what standard input has instead of it."""
    if stdin is not None and Path(stdin.filename).as_posix() == found.shown:
        return source_of(stdin.data, found.shown)
    return read_source(file, found.shown)


def module_of(
    source: SourceFile, name: str, filename: str, config: Config, cwd: Path
) -> ModuleInput:
    """Return the facts of one source.

    Raises:
        SourceError: it is not valid Python, or nests too deeply.
    """
    tree = parse(source.text)
    try:
        facts = extract(tree, source.text)
    except RecursionError as error:
        raise SourceError("nests too deeply to be analysed") from error
    return ModuleInput(
        name=name,
        path=source.path,
        package=filename == "__init__.py",
        test=is_test(source.path, config, cwd),
        facts=facts,
    )


def is_test(shown: str, config: Config, cwd: Path) -> bool:
    """Whether the configuration calls a file a test."""
    return any(path_matches(shown, glob, cwd) for glob in config.test_paths)
