"""The decorator marks and changes nothing else."""

import pytest

from pystatelint.stateless import ALLOW_ATTRIBUTE, stateless


class Plain:
    """A class to be marked."""


def test_bare_decorator_allows_nothing() -> None:
    assert stateless(Plain) is Plain
    assert getattr(Plain, ALLOW_ATTRIBUTE) == frozenset()


@pytest.mark.parametrize(
    "allow",
    [
        pytest.param({"session"}, id="set"),
        pytest.param(["session"], id="list"),
        pytest.param(("session", "session"), id="tuple with a repetition"),
    ],
)
def test_names_are_kept(allow: list[str]) -> None:
    @stateless(allow=allow)
    class Executor:
        pass

    assert isinstance(Executor, type)
    assert getattr(Executor, ALLOW_ATTRIBUTE) == frozenset({"session"})


def test_empty_call_allows_nothing() -> None:
    @stateless()
    class Executor:
        pass

    assert getattr(Executor, ALLOW_ATTRIBUTE) == frozenset()


def test_function_is_marked_and_still_runs() -> None:
    @stateless
    def double(number: int) -> int:
        return 2 * number

    assert double(4) == 8
    assert getattr(double, ALLOW_ATTRIBUTE) == frozenset()


def test_one_string_is_no_collection_of_names() -> None:
    with pytest.raises(TypeError, match=r"allow=\{'session'\}"):
        stateless(allow="session")
