"""A mistyped word finds its neighbour, and nonsense finds none."""

import pytest

from pystatelint.config.suggest import hint, nearest

CODES = ("HMS101", "HMS110", "HMS111", "HMS113", "HMS201", "HMS301")


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        pytest.param(
            "selct", ("ignore", "select", "extend-select"), "select", id="letter left out"
        ),
        pytest.param("HMS1O1", CODES, "HMS101", id="letter for a digit: the place decides"),
        pytest.param("hms201", CODES, "HMS201", id="wrong case"),
        pytest.param("frobnicate", ("ignore", "select"), "", id="like none"),
        pytest.param("x", (), "", id="no candidates"),
    ],
)
def test_nearest(word: str, candidates: tuple[str, ...], expected: str) -> None:
    assert nearest(word, candidates) == expected


def test_hint_is_a_question_or_nothing() -> None:
    assert hint("selct", ("select",)) == "; did you mean 'select'?"
    assert hint("zzz", ("select",)) == ""
