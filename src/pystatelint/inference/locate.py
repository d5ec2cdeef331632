"""In which file does an installed module stand? Found by its name alone, without importing."""

import os
from collections.abc import Iterator

import msgspec

INIT = "__init__"


class Place(msgspec.Struct, frozen=True):
    """The file of a module.

    Attributes:
        path: absolute.
        package: it is the ``__init__`` of a package.
        stub: it only declares (PEP 484); the code is elsewhere, or compiled.
    """

    path: str
    package: bool
    stub: bool


def places_of(module: str, folders: tuple[str, ...]) -> Iterator[Place]:
    """Yield the files that may hold an installed module, source before stubs.

    Only regular files inside the folders count: a name that is no dotted identifier, or a
    link that leads out of them, finds nothing.

    Args:
        module: absolute dotted name.
        folders: where packages are installed, absolute.
    """
    parts = module.split(".")
    if not all(part.isidentifier() for part in parts):
        return
    stubs = (f"{parts[0]}-stubs", *parts[1:])
    for suffix, names in ((".py", parts), (".pyi", parts), (".pyi", stubs)):
        for folder in folders:
            stem = os.path.join(folder, *names)
            for path, package in (
                (os.path.join(stem, INIT + suffix), True),
                (stem + suffix, False),
            ):
                if os.path.isfile(path) and _is_inside(path, folder):
                    yield Place(path, package, suffix == ".pyi")


def _is_inside(path: str, folder: str) -> bool:
    """Whether a file still lies in a folder once all links are followed."""
    real = os.path.realpath(folder)
    return os.path.realpath(path).startswith(os.path.join(real, ""))
