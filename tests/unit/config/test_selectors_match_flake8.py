"""Our decisions and flake8's own decision engine agree on every pair of lists."""

import argparse
from itertools import combinations, product

import pytest
from flake8.style_guide import Decision, DecisionEngine

from pystatelint.config.schema import Config
from pystatelint.config.selectors import decide

SELECTORS = ("HMS", "HMS1", "HMS10", "HMS101", "HMS2")
LISTS = ((), *((one,) for one in SELECTORS), *combinations(SELECTORS, 2))


def flake8_selects(
    select: tuple[str, ...], ignore: tuple[str, ...], extra: tuple[str, ...]
) -> bool:
    options = argparse.Namespace(
        select=list(select) or None,
        ignore=list(ignore) or None,
        extend_select=list(extra),
        extend_ignore=[],
        extended_default_select=["HMS"],
        extended_default_ignore=[],
    )
    return DecisionEngine(options).decision_for("HMS101") is Decision.Selected


@pytest.mark.parametrize("extra", [(), ("HMS1",), ("HMS2",), ("HMS101",)])
def test_same_decision_as_flake8(extra: tuple[str, ...]) -> None:
    for select, ignore in product(LISTS, LISTS):
        config = Config(select=select, ignore=ignore, extend_select=extra)
        expected = flake8_selects(select, ignore, extra)
        assert decide("HMS101", "a-name", True, config) is expected, (select, ignore)
