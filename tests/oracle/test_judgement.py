"""Changed cells are found in the ledger, and told on a page."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from .judgement import Row, Section, called_constant, judged, rows
from .table import page
from .watch.record import ChangedCell

SOURCE = """\
TABLE = {"a": 1}
NAME = "shop"
CACHE = {}


def keep(key):
    CACHE[key] = 1


def register(key=[]):
    return len(key)


class Base:
    items = []

    @classmethod
    def add(cls, item):
        cls.items.append(item)


class Sub(Base):
    pass
"""


@pytest.fixture
def found(
    project: Callable[[Mapping[str, str]], Path],
) -> Callable[..., dict[str, Row]]:
    """Return what judges changes of the cells of a small package, by symbol."""
    folder = project({"app/__init__.py": SOURCE, "app/other.py": "from app import CACHE\n"})
    report = judged(["app"], folder)

    def judge(*changed: ChangedCell) -> dict[str, Row]:
        return {row.symbol: row for row in rows(changed, report)}

    return judge


def change(symbol: str, **more: object) -> ChangedCell:
    usual = ChangedCell(
        symbol=symbol,
        kind="module",
        holds="dict",
        apart=False,
        thing=0,
        inherited=[],
        stage="first",
        how=["['a'] added"],
    )
    return {**usual, **more}  # type: ignore[typeddict-item]


def test_right_verdict_is_not_held_against_the_analyser(
    found: Callable[..., dict[str, Row]],
) -> None:
    judged_rows = found(change("app.CACHE"), change("app.Base.items"))

    assert {row.verdict for row in judged_rows.values()} == {"runtime"}
    assert list(called_constant(judged_rows.values())) == []


def test_change_of_a_cell_called_constant_is_noticed(
    found: Callable[..., dict[str, Row]],
) -> None:
    judged_rows = found(change("app.TABLE"), change("app.NAME"), change("app.CACHE"))

    wrong = {row.symbol: row.verdict for row in called_constant(judged_rows.values())}
    assert wrong == {"app.TABLE": "const", "app.NAME": "immutable"}


def test_finding_on_the_cell_is_told(found: Callable[..., dict[str, Row]]) -> None:
    assert found(change("app.CACHE"))["app.CACHE"].codes == ("HMS201",)
    assert found(change("app.TABLE"))["app.TABLE"].codes == ()


@pytest.mark.parametrize(
    ("changed", "section", "cell"),
    [
        pytest.param(change("app.CACHE"), Section.CELL, "app.CACHE", id="by its own name"),
        pytest.param(
            change("app.register(key)", kind="default"),
            Section.CELL,
            "app.register(key)",
            id="default",
        ),
        pytest.param(
            change("app.Sub.items", kind="class", inherited=["app.Base.items", "app.Root.items"]),
            Section.INHERITED,
            "app.Base.items",
            id="set on a subclass",
        ),
        pytest.param(
            change("app.TABLE", apart=True), Section.APART, "app.TABLE", id="of another class"
        ),
        pytest.param(change("app.keep", holds="function"), Section.FUNCTION, "", id="function"),
        pytest.param(change("app.made_later"), Section.UNKNOWN, "", id="nowhere in the source"),
    ],
)
def test_change_is_traced(
    found: Callable[..., dict[str, Row]], changed: ChangedCell, section: Section, cell: str
) -> None:
    row = found(changed)[changed["symbol"]]

    assert (row.section, row.cell) == (section, cell)


def test_imported_name_is_a_further_name_of_the_cell(found: Callable[..., dict[str, Row]]) -> None:
    judged_rows = found(change("app.other.CACHE", thing=7), change("app.CACHE", thing=7))

    assert judged_rows["app.CACHE"].section is Section.CELL
    assert judged_rows["app.other.CACHE"].section is Section.ALIAS
    assert judged_rows["app.other.CACHE"].cell == "app.CACHE"


def test_name_that_got_another_object_is_no_further_name(
    found: Callable[..., dict[str, Row]],
) -> None:
    judged_rows = found(change("app.other.X", thing=0), change("app.CACHE", thing=0))

    assert judged_rows["app.other.X"].section is Section.UNKNOWN


def test_first_change_counts(found: Callable[..., dict[str, Row]]) -> None:
    judged_rows = found(change("app.CACHE"), change("app.CACHE", stage="second", how=["x"]))

    assert judged_rows["app.CACHE"].stage == "first"


def test_page_tells_each_section(found: Callable[..., dict[str, Row]]) -> None:
    judged_rows = found(
        change("app.CACHE", thing=7),
        change("app.NAME", holds="str", how=["'a' → 'b'"]),
        change("app.Sub.items", kind="class", inherited=["app.Base.items"]),
        change("app.keep", holds="function", how=[".calls added"]),
        change("app.other.CACHE", thing=7),
        change("app.f.<locals>.A.n", apart=True),
        change("app.f.<locals>.A.m", apart=True),
    )

    assert page("app", sorted(judged_rows.values())) == PAGE


PAGE = """\
# app

2 cells of the ledger changed: 1 immutable, 1 runtime.

## Cells of the ledger

| cell | holds | changed in | how | verdict | findings |
| --- | --- | --- | --- | --- | --- |
| `app.CACHE` | dict | first | `['a'] added` | runtime | HMS201 |
| `app.NAME` | str | first | `'a' → 'b'` | **immutable** | - |

## Cells of the ledger that are set on subclasses

| cell | on | verdict | findings |
| --- | --- | --- | --- |
| `app.Base.items` | 1 class | runtime | HMS102 |

## Functions that were replaced, or keep something: attributes, a cache

| function | holds | changed in | how |
| --- | --- | --- | --- |
| `app.keep` | function | first | `.calls added` |

## Further names of what is told above

| object | names |
| --- | --- |
| `app.CACHE` | 1 |

## Classes that their name does not lead to: made in functions, or replaced

| class | attributes |
| --- | --- |
| `app.f.<locals>.A` | `m, n` |
"""
