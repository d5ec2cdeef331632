"""Where does the project keep the libraries that it has installed?"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_BESIDE = (".venv", "venv")
_PACKAGES = ("site-packages", "dist-packages")
_PYTHON = re.compile(r"python(\d+)\.(\d+)")


def found_environment(
    folders: tuple[Path, ...], environ: Mapping[str, str], prefix: str
) -> tuple[str, ...]:
    """Return the folders that hold a project's libraries, absolute; none if there are none.

    The activated environment counts, else the one beside the project. That in which
    statelint itself runs comes last, and never in a hook of pre-commit, which activates an
    environment that it has made for the hook.

    Args:
        folders: where a project's own environment may stand, in order.
        environ: the environment variables.
        prefix: of the running Python.
    """
    found = (package_folders(each) for each in _candidates(folders, environ, prefix))
    return next((each for each in found if each), ())


def _candidates(
    folders: tuple[Path, ...], environ: Mapping[str, str], prefix: str
) -> Iterator[Path]:
    activated = environ.get("VIRTUAL_ENV", "")
    is_ours = bool(activated) and os.path.realpath(activated) == os.path.realpath(prefix)
    if activated and not is_ours:
        yield Path(activated)
    yield from (folder / name for folder in folders for name in _BESIDE)
    if activated and is_ours and "PRE_COMMIT" not in environ:
        yield Path(activated)


def package_folders(environment: Path) -> tuple[str, ...]:
    """Return the folders of an environment that hold packages, newest Python first.

    Args:
        environment: its folder, as `sys.prefix` names it, or such a folder of packages.
    """
    holders = [environment / "lib" / name for name in _versions(environment / "lib")]
    holders.append(environment / "Lib")  # as venv lays it out on Windows
    found = [holder / name for holder in holders for name in _PACKAGES]
    if environment.name in _PACKAGES:
        found = [environment]
    return tuple(str(each.absolute()) for each in found if each.is_dir())


def _versions(folder: Path) -> list[str]:
    """Return the folders of Pythons, newest first."""
    names = os.listdir(folder) if folder.is_dir() else []
    found = [
        (int(match[1]), int(match[2]), match[0]) for match in map(_PYTHON.fullmatch, names) if match
    ]
    return [name for _, _, name in sorted(found, reverse=True)]
