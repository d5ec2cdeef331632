"""Which functions give the container of a cell away, and which promise that nobody changes it."""

import pytest
from tests.unit.link.project import project

SOURCE = """
import typing
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import Annotated, Any, Dict, Optional

limits = {{"page": 20, "deep": {{"rows": []}}}}
pair = (1, 2)
count = 3

class Shop:
    prices = {{"tea": 3}}

def give() -> {annotation}:
    {act}
"""


def given(act: str, annotation: str = "Any") -> list[tuple[str, bool]]:
    found = project(SOURCE.format(act=act, annotation=annotation))
    return [(each.cell, each.read_only) for each in found.handed_out]


@pytest.mark.parametrize(
    "act",
    [
        pytest.param("return dict(limits)", id="a copy"),
        pytest.param("return {**limits}", id="a display of it"),
        pytest.param("return limits['page'] + 1", id="a number"),
        pytest.param("return len(limits)", id="what is counted"),
        pytest.param("return sorted(limits)", id="a new list"),
        pytest.param("return pair", id="what cannot change"),
        pytest.param("return count", id="a constant"),
        pytest.param("return lambda: None", id="a function"),
        pytest.param("print(limits)", id="nothing"),
    ],
)
def test_nothing_is_given_away(act: str) -> None:
    assert given(act) == []


@pytest.mark.parametrize(
    ("act", "cell"),
    [
        pytest.param("return limits", "m.limits", id="the container"),
        pytest.param("yield limits", "m.limits", id="by a generator"),
        pytest.param("return limits['deep']['rows']", "m.limits", id="one inside it"),
        pytest.param("return Shop.prices", "m.Shop.prices", id="of a class"),
        pytest.param("return limits if count else {}", "m.limits", id="in one of two branches"),
        pytest.param("found = limits; return found", "m.limits", id="under another name"),
    ],
)
def test_a_container_is_given_away(act: str, cell: str) -> None:
    assert given(act) == [(cell, False)]


@pytest.mark.parametrize(
    ("annotation", "read_only"),
    [
        pytest.param("Mapping[str, int]", True, id="a mapping"),
        pytest.param("'Mapping[str, int]'", True, id="in quotes"),
        pytest.param("typing.Sequence", True, id="of typing"),
        pytest.param("Optional[Mapping[str, int]]", True, id="or None"),
        pytest.param("Mapping[str, int] | None", True, id="a union with None"),
        pytest.param("Annotated[Mapping[str, int], 'limits']", True, id="annotated"),
        pytest.param("Iterator[Mapping[str, int]]", True, id="what is yielded"),
        pytest.param("Mapping[str, int] | dict[str, int]", False, id="one of two can change"),
        pytest.param("Iterator[dict[str, int]]", False, id="yielded and open"),
        pytest.param("MutableMapping[str, int]", False, id="a mutable mapping"),
        pytest.param("Dict[str, int]", False, id="a dict"),
        pytest.param("Any", False, id="anything"),
        pytest.param("Unheard[int]", False, id="not known"),
    ],
)
def test_an_annotation_may_promise_that_nobody_changes_it(annotation: str, read_only: bool) -> None:
    assert given("return limits", annotation) == [("m.limits", read_only)]
