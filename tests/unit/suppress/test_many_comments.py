"""Twice as many comments and findings are twice the work, and regions stay what they are."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pystatelint.source.comments import comments_of
from pystatelint.suppress.apply import Suppressed
from pystatelint.suppress.extent import pragma_directives
from pystatelint.suppress.pragma import pragmas_in

Apply = Callable[..., Suppressed]

MANY = [
    pytest.param("# statelint: disable[HMS201]\na = []\n# statelint: enable[HMS201]\n", id="pairs"),
    pytest.param("# statelint: disable[HMS201]\na = []\n", id="regions without an end"),
    pytest.param("a = []\n# statelint: enable[HMS201]\n", id="ends of nothing"),
    pytest.param("a = []  # statelint: ignore[HMS201]\n", id="trailing comments"),
    pytest.param("# statelint: ignore[HMS201]\na = []\n", id="comments of their own"),
    pytest.param("a = []  # noqa: HMS201\n", id="noqa"),
    pytest.param("a = []  # statelint: ignore[HMS999]\n", id="no such rule"),
]


@pytest.mark.parametrize("unit", MANY)
def test_work_grows_with_the_number_of_comments(applied: Apply, unit: str) -> None:
    def steps(units: int) -> int:
        lines = unit.count("\n")
        places = [(index * lines + 2, "HMS201") for index in range(units)]
        return _steps(lambda: applied(unit * units, *places))

    assert steps(200) < 5 * steps(50)


def test_work_grows_with_the_number_of_comments_in_one_bracket(applied: Apply) -> None:
    def steps(units: int) -> int:
        return _steps(lambda: applied("a = (\n" + "# statelint: ignore[HMS201]\n1 +\n" * units))

    assert steps(200) < 5 * steps(50)


ORDERS = st.lists(
    st.tuples(st.sampled_from(["disable", "enable"]), st.sets(st.sampled_from(["A1", "B1"])))
)


@given(ORDERS)
def test_a_selector_is_off_from_disable_to_enable(orders: list[tuple[str, set[str]]]) -> None:
    """Read the orders line by line, as a person does, and compare."""
    named = [(order, ",".join(sorted(selectors))) for order, selectors in orders if selectors]
    text = "".join(f"# statelint: {order}[{selectors}]\n" for order, selectors in named)
    off: set[str] = set()
    read: list[set[str]] = []
    idle: list[str] = []
    for order, selectors in named:
        listed = selectors.split(",")
        idle.append(",".join(each for each in listed if order == "enable" and each not in off))
        off = off | {*listed} if order == "disable" else off - {*listed}
        read.append(off)
    directives = tuple(pragma_directives(tuple(pragmas_in(comments_of(text).pragmas))))
    for number, expected in enumerate(read, 1):
        targets = (target for each in directives for target in each.targets)
        assert expected == {
            each.selector for each in targets if each.first_line <= number <= each.last_line
        }
    assert [_idle_selectors(each.idle) for each in directives] == idle


def _idle_selectors(message: str) -> str:
    return message.partition("[")[2].partition("]")[0].replace(" ", "")


def _steps(work: Callable[[], object]) -> int:
    """Return how many lines of Python are run: time without the noise of the machine."""
    lines = 0

    def count(_frame: FrameType, event: str, _argument: object) -> Callable[..., object]:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return lines
