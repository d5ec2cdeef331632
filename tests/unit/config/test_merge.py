"""A layer refines a configuration by what it says, and by nothing else."""

import pytest

from pystatelint.config.merge import Layer, merge
from pystatelint.config.schema import Config


@pytest.mark.parametrize(
    ("outer", "inner", "said", "expected"),
    [
        pytest.param(
            Config(strict=True, select=("HMS1",)),
            Config(),
            (),
            Config(strict=True, select=("HMS1",)),
            id="says nothing",
        ),
        pytest.param(
            Config(strict=True), Config(), ("strict",), Config(), id="says a default on purpose"
        ),
        pytest.param(
            Config(select=("HMS1",)),
            Config(select=("HMS2",)),
            ("select",),
            Config(select=("HMS2",)),
            id="list is replaced",
        ),
        pytest.param(
            Config(extend_ignore=("A", "B")),
            Config(extend_ignore=("B", "C")),
            ("extend_ignore",),
            Config(extend_ignore=("A", "B", "C")),
            id="extend list grows, once each",
        ),
        pytest.param(
            Config(stateless={"a": ("x",), "b": ()}),
            Config(stateless={"a": (), "c": ()}),
            ("stateless",),
            Config(stateless={"a": (), "b": (), "c": ()}),
            id="table takes entries in",
        ),
    ],
)
def test_merge(outer: Config, inner: Config, said: tuple[str, ...], expected: Config) -> None:
    assert merge(outer, Layer(inner, frozenset(said))) == expected
