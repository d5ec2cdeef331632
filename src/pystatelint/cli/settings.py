"""Combine what the command line and the configuration files ask for."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from pystatelint.config.choices import NO_ENVIRONMENT
from pystatelint.config.discover import common_folder
from pystatelint.config.load import Loaded, load_file, load_nearest
from pystatelint.config.merge import Layer, merge
from pystatelint.config.schema import Config
from pystatelint.config.selectors import (
    known_selectors,
    no_such_rule,
    selectors_of,
    unknown_selectors,
)
from pystatelint.errors import UsageError
from pystatelint.model.rule import Rule


class ConfigRequest(msgspec.Struct, frozen=True):
    """Which file the command line names, if any."""

    config: str | None = None
    isolated: bool = False


def configured(
    params: Mapping[str, object], paths: Sequence[str], cwd: Path, rules: tuple[Rule, ...]
) -> Loaded:
    """Return the effective configuration and the files behind it.

    Args:
        params: the values of the command's options; those named like a field of
            `Config` refine what the file says, None says nothing.
        paths: the paths of the command line; the nearest file around them governs.
        cwd: the working directory, absolute.
        rules: all rules there are.

    Raises:
        ConfigError: a file cannot be used.
        UsageError: an option names a rule that there is none of.
    """
    known = known_selectors(rules)
    layer = _said(params)
    _require_known(selectors_of(layer.values), known)
    loaded = _from_files(msgspec.convert(params, ConfigRequest), paths, cwd, known)
    return Loaded(merge(loaded.config, layer), loaded.files)


def _said(params: Mapping[str, object]) -> Layer:
    names = {field.name for field in msgspec.structs.fields(Config)}
    values = {name: value for name, value in params.items() if name in names and value is not None}
    return Layer(msgspec.structs.replace(Config(), **values), frozenset(values))


def _require_known(selectors: tuple[str, ...], known: tuple[str, ...]) -> None:
    for selector in unknown_selectors(selectors, known):
        raise UsageError(no_such_rule(selector, known))


def _from_files(
    request: ConfigRequest, paths: Sequence[str], cwd: Path, known: tuple[str, ...]
) -> Loaded:
    match request:
        case ConfigRequest(config=str(), isolated=True):
            raise UsageError("--config and --isolated exclude one another; leave one out")
        case ConfigRequest(config=str(name)):
            return load_file(cwd / name, cwd, known)
        case ConfigRequest(isolated=True):
            return Loaded(msgspec.structs.replace(Config(), environment=NO_ENVIRONMENT))
        case _:
            return load_nearest(common_folder(paths, cwd), cwd, known)
