"""Which libraries has the project installed, and what do they add to what the tables say?"""

import time
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

import msgspec

from pystatelint.config.choices import AUTOMATIC, NO_ENVIRONMENT
from pystatelint.config.discover import common_folder
from pystatelint.config.schema import Config
from pystatelint.engine.shipped import shipped_knowledge
from pystatelint.errors import UsageError
from pystatelint.inference.catalogue import installed, told_by_facts
from pystatelint.inference.deep import Clock, inferred
from pystatelint.inference.environment import found_environment, package_folders
from pystatelint.link.knowledge import Knowledge
from pystatelint.model.module import ModuleInput
from pystatelint.source.project import project_root


def library_folders(
    paths: Iterable[Path], config: Config, cwd: Path, environ: Mapping[str, str], prefix: str
) -> tuple[str, ...]:
    """Return the folders that hold the project's libraries; none if they are not known.

    Args:
        paths: what is analysed.
        config: its `environment` says where to look.
        cwd: the working directory, absolute.
        environ: the environment variables.
        prefix: of the Python that statelint runs in.

    Raises:
        UsageError: the configured environment holds no libraries.
    """
    if config.environment == NO_ENVIRONMENT:
        return ()
    if config.environment == AUTOMATIC:
        return found_environment(_beside(common_folder(paths, cwd), cwd), environ, prefix)
    found = package_folders(cwd / config.environment)
    if not found:
        raise UsageError(
            f"there are no installed libraries in {config.environment}: name the folder of a "
            f"virtual environment, or '{NO_ENVIRONMENT}'"
        )
    return found


def _beside(folder: Path, cwd: Path) -> tuple[Path, ...]:
    """Return where the environment of a project may stand: in its root, or in one around it."""
    root = project_root(folder)
    if root is None:
        return (cwd,) if folder.is_relative_to(cwd) else ()
    return (root, cwd) if cwd in root.parents else (root,)


def knowledge_with(
    folders: tuple[str, ...], modules: Iterable[ModuleInput], clock: Clock | None
) -> Knowledge:
    """Return the shipped tables, and what the installed libraries say of a project.

    Args:
        folders: where its libraries are installed.
        modules: every module of it.
        clock: returns seconds, for the time that astroid may take; None asks it nothing.

    Raises:
        StatelintError: a table is missing or damaged.
    """
    shipped = shipped_knowledge()
    deeper = told_by_facts if clock is None else partial(inferred, folders=folders, clock=clock)
    read = installed(modules, shipped.tables, folders, deeper=deeper)
    return msgspec.structs.replace(shipped, installed=read)


def deep_clock(config: Config) -> Clock | None:
    """Return the clock that astroid is watched with, None if it is not wanted.

    Raises:
        UsageError: it is wanted, and not installed.
    """
    if not config.deep:
        return None
    import importlib.util

    if importlib.util.find_spec("astroid") is None:
        raise UsageError("deep needs astroid: install pystatelint[deep], or leave it out")
    return time.monotonic
