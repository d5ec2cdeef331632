"""Refine one configuration by another that says less than everything."""

import msgspec

from pystatelint.config.schema import Config

_ADDED = frozenset({"entry", "extend_select", "extend_ignore", "extend_exclude"})


class Layer(msgspec.Struct, frozen=True):
    """What one file or one command line says.

    Attributes:
        values: the settings.
        said: names of the fields of `values` that are meant; the rest are defaults.
    """

    values: Config = Config()
    said: frozenset[str] = frozenset()


def merge(config: Config, layer: Layer) -> Config:
    """Return the configuration with everything that the layer says.

    Lists named ``extend_*`` and the rows of entry points grow, tables take the new entries
    in, all else is replaced.
    """
    changes = {name: _merged(name, config, layer.values) for name in sorted(layer.said)}
    return msgspec.structs.replace(config, **changes)


def _merged(name: str, outer: Config, inner: Config) -> object:
    match getattr(outer, name), getattr(inner, name):
        case dict() as before, dict() as after:
            return {**before, **after}
        case tuple() as before, tuple() as after if name in _ADDED:
            return tuple(dict.fromkeys((*before, *after)))
        case _, after:
            return after
