"""Turn configuration files into the effective configuration."""

import os
from pathlib import Path

import msgspec

from pystatelint.config.discover import nearest_config
from pystatelint.config.merge import Layer, merge
from pystatelint.config.rebase import rebase
from pystatelint.config.schema import Config
from pystatelint.config.tomlfile import ConfigFile, read_config_file, shown_path
from pystatelint.config.validate import layer_of
from pystatelint.errors import ConfigError


class Loaded(msgspec.Struct, frozen=True):
    """A configuration and where it comes from.

    Attributes:
        config: paths and globs in it are relative to the working directory.
        files: the files that were read, as messages show them; the one that
            refines all others comes last.
    """

    config: Config = Config()
    files: tuple[str, ...] = ()


def load_nearest(folder: Path, cwd: Path, known: tuple[str, ...]) -> Loaded:
    """Return the configuration that governs a folder, or the default one.

    Args:
        folder: where the search upwards begins, absolute.
        cwd: the working directory of the run, absolute.
        known: every code and name of a rule.

    Raises:
        ConfigError: a file cannot be used; the text names file, line and key.
    """
    found = nearest_config(folder, cwd)
    return _load(found, cwd, known) if found else Loaded()


def load_file(path: Path, cwd: Path, known: tuple[str, ...]) -> Loaded:
    """Return the configuration of the named file; see `load_nearest`."""
    found = read_config_file(path, cwd)
    if not found:
        raise ConfigError(f"{shown_path(path, cwd)}: there is no table [tool.statelint] in it")
    return _load(found, cwd, known)


def _load(file: ConfigFile, cwd: Path, known: tuple[str, ...]) -> Loaded:
    # The default folders of sources are beside the file, wherever the run starts.
    loaded = Loaded(rebase(Config(), file.path.parent, cwd))
    for each in reversed(_with_extended(file, cwd)):
        layer = layer_of(each, known)
        values = rebase(layer.values, each.path.parent, cwd)
        # What is extended is in the result already; saying so again would repeat it.
        config = merge(loaded.config, Layer(values, layer.said - {"extend"}))
        loaded = Loaded(config, (*loaded.files, each.shown))
    return loaded


def _with_extended(file: ConfigFile, cwd: Path) -> tuple[ConfigFile, ...]:
    chain = [file]
    while target := chain[-1].table.get("extend"):
        if not isinstance(target, str):
            break
        chain.append(_extended(chain, target, cwd))
    return tuple(chain)


def _extended(chain: list[ConfigFile], target: str, cwd: Path) -> ConfigFile:
    said_in = chain[-1]
    path = Path(os.path.normpath(said_in.path.parent / target))
    shown = shown_path(path, cwd)
    if not path.is_file():
        raise said_in.trouble(("extend",), f"there is no file {shown}")
    if any(path.samefile(each.path) for each in chain):
        raise said_in.trouble(("extend",), f"{shown} extends itself in the end")
    found = read_config_file(path, cwd)
    if not found:
        raise said_in.trouble(("extend",), f"there is no table [tool.statelint] in {shown}")
    return found
