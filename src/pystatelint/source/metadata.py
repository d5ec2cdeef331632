"""What does a project say of itself to those who install it?"""

import configparser
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from pystatelint.source.project import is_root

Table = dict[str, object]


class Metadata(msgspec.Struct, frozen=True):
    """What the files beside a package say of it.

    Attributes:
        kind: ``library`` if others import it, ``application`` if it is not even packaged,
            ``auto`` if the files do not tell.
        scripts: the functions that console scripts call, as ``package.module:function``.
    """

    kind: Literal["application", "library", "auto"] = "auto"
    scripts: tuple[str, ...] = ()


LIBRARY = re.compile(
    r"Topic :: Software Development :: Libraries|Framework :: (?!AnyIO|AsyncIO|Trio)\w"
)
"""Classifiers of what others import: libraries, and extensions of a framework.

From https://pypi.org/classifiers/.
"""

PRIVATE = "Private :: Do Not Upload"
"""The classifier that PyPI refuses, by which projects say that they are not for others."""


def metadata_around(folder: Path) -> Metadata:
    """Return what the nearest project around a folder says of itself.

    Args:
        folder: where the search upwards begins, absolute.
    """
    for outer in (folder, *folder.parents):
        if (outer / "__init__.py").exists():
            continue  # what is called setup.py there is a module
        installed = sorted(outer.glob("*.dist-info"))
        if installed:
            texts = (_text(each / "entry_points.txt") for each in installed)
            return Metadata("library", tuple(s for text in texts for s in _ini_scripts(text)))
        if is_root(outer):
            return _metadata_in(outer)
    return Metadata()


def _metadata_in(folder: Path) -> Metadata:
    """Return what the files in the root of a project say."""
    texts = {name: _text(folder / name) for name in ("pyproject.toml", "setup.cfg", "setup.py")}
    pyproject = _toml(texts["pyproject.toml"])
    scripts = (*_toml_scripts(pyproject), *_ini_scripts(texts["setup.cfg"]))
    if PRIVATE in "".join(texts.values()) or _is_unpackaged(pyproject):
        return Metadata("application", scripts)
    library = any(LIBRARY.search(text) for text in texts.values())
    return Metadata("library" if library else "auto", scripts)


def _text(path: Path) -> str:
    """Return the text of a file; nothing if it cannot be read."""
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def _toml(text: str) -> Table:
    """Return a TOML document; nothing if it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _inner(table: Table, *keys: str) -> Table:
    """Return a table in a table, empty if it is not there."""
    for key in keys:
        inner = table.get(key)
        table = inner if isinstance(inner, dict) else {}
    return table


def _is_unpackaged(pyproject: Table) -> bool:
    """Whether a project says that it is never built nor installed."""
    uv, poetry = _inner(pyproject, "tool", "uv"), _inner(pyproject, "tool", "poetry")
    return uv.get("package") is False or poetry.get("package-mode") is False


def _toml_scripts(pyproject: Table) -> Iterator[str]:
    """Yield the functions that the scripts of a pyproject.toml call."""
    for keys in (("project", "scripts"), ("project", "gui-scripts"), ("tool", "poetry", "scripts")):
        for target in _inner(pyproject, *keys).values():
            if isinstance(target, str):
                yield target.partition("[")[0].strip()


def _ini_scripts(text: str) -> Iterator[str]:
    """Yield the functions of the console scripts in a setup.cfg or an entry_points.txt."""
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",))
    try:
        parser.read_string(text)
    except configparser.Error:
        return
    for section, option in (("console_scripts", None), ("options.entry_points", "console_scripts")):
        if not parser.has_section(section):
            continue
        lines = (
            [f"{name}={target}" for name, target in parser.items(section)]
            if option is None
            else parser.get(section, option, fallback="").splitlines()
        )
        for line in lines:
            _, found, target = line.partition("=")
            if found:
                yield target.partition("[")[0].strip()
