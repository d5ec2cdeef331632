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
        pytest.param("HMSIO1", CODES, "HMS101", id="letters for most of the digits"),
        pytest.param("hms201", CODES, "HMS201", id="wrong case"),
        pytest.param("HSM201", CODES, "HMS201", id="letters in another order"),
        pytest.param("201", CODES, "HMS201", id="the digits alone"),
        pytest.param("HMS2011", CODES, "HMS201", id="a digit too many"),
        pytest.param("HMS31", CODES, "HMS301", id="a digit left out"),
        pytest.param("HMS11", CODES, "HMS110", id="the last digit left out: the place decides"),
        pytest.param("HMS9999", CODES, "", id="letters of a code, digits of none"),
        pytest.param("HMS021", CODES, "HMS201", id="digits that changed places"),
        pytest.param("HMS103", CODES, "HMS101", id="a neighbour"),
        pytest.param("HMS500", (*CODES, "HMS005"), "", id="a family of its own"),
        pytest.param("HMS", CODES, "", id="letters of all codes"),
        pytest.param("B201", CODES, "", id="a code of another tool"),
        pytest.param("pop101", CODES, "", id="digits of a code behind other letters"),
        pytest.param("frobnicate", ("ignore", "select"), "", id="like none"),
        pytest.param("x", (), "", id="no candidates"),
    ],
)
def test_nearest(word: str, candidates: tuple[str, ...], expected: str) -> None:
    assert nearest(word, candidates) == expected


def test_hint_is_a_question_or_nothing() -> None:
    assert hint("selct", ("select",)) == "; did you mean 'select'?"
    assert hint("zzz", ("select",)) == ""
