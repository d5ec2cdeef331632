"""Which cells the filters let pass."""

from typing import Any

import msgspec
import pytest

from pystatelint.cli.ledger_choice import (
    Choice,
    chosen,
    chosen_changes,
    require_known_symbols,
    require_known_words,
)
from pystatelint.errors import UsageError
from pystatelint.model.ledger_diff import LedgerChange, LedgerDiff
from pystatelint.model.report import LedgerRow


def row(symbol: str, **fields: Any) -> LedgerRow:
    plain = LedgerRow(
        symbol=symbol,
        module=symbol.rpartition(".")[0],
        kind="module",
        path="app.py",
        line=1,
        value="dict",
        mutable=True,
        verdict="const",
        run_writes=0,
        import_writes=0,
        other_writes=0,
        writers=(),
    )
    return msgspec.structs.replace(plain, **fields)


ROWS = (
    row("app.CACHE", verdict="runtime", run_writes=1),
    row("app.LIMIT", mutable=False, verdict="immutable"),
    row("app.api.CACHE"),
    row("app.api.Chat.log", module="app.api", kind="class", verdict="registry", import_writes=1),
)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        pytest.param({}, [0, 1, 2, 3], id="no filter"),
        pytest.param({"verdict": ("runtime", "registry")}, [0, 3], id="verdicts"),
        pytest.param({"kind": ("class",)}, [3], id="kind"),
        pytest.param({"module": ("app",)}, [0, 1], id="one module"),
        pytest.param({"module": ("app.*",)}, [2, 3], id="modules inside"),
        pytest.param({"module": ("*",)}, [0, 1, 2, 3], id="all modules"),
        pytest.param({"module": ("app", "app.api")}, [0, 1, 2, 3], id="two modules"),
        pytest.param({"module": ("nowhere.*",)}, [], id="no module"),
        pytest.param({"symbol": ("app.CACHE",)}, [0], id="whole symbol"),
        pytest.param({"symbol": ("CACHE",)}, [0, 2], id="end of a symbol"),
        pytest.param({"symbol": ("ACHE",)}, [], id="part of a name"),
        pytest.param({"symbol": ("app.api.*",)}, [2, 3], id="glob"),
        pytest.param({"symbol": ("*cache",)}, [], id="case counts"),
        pytest.param({"written": True}, [0], id="written at run time"),
        pytest.param({"mutable": True}, [0, 2, 3], id="mutable"),
        pytest.param({"written": True, "symbol": ("LIMIT",)}, [], id="all must let pass"),
    ],
)
def test_filters(choice: dict[str, Any], expected: list[int]) -> None:
    assert chosen(ROWS, Choice(**choice)) == tuple(ROWS[number] for number in expected)


def test_a_filter_makes_no_change_look_like_another() -> None:
    was, now = row("app.X", verdict="runtime", run_writes=1), row("app.X")
    diff = LedgerDiff(no_longer_written=(LedgerChange(was, now),), gone=(now,), cells=7)

    left = chosen_changes(diff, Choice(written=True))

    assert left == LedgerDiff(no_longer_written=diff.no_longer_written, cells=7)


def test_all_parts_of_a_difference_are_filtered() -> None:
    one, two = row("app.one"), row("app.two")
    changes = (LedgerChange(one, one), LedgerChange(two, two))
    diff = LedgerDiff(
        new=(one, two),
        gone=(one, two),
        newly_written=changes,
        no_longer_written=changes,
        other_verdict=changes,
    )

    left = chosen_changes(diff, Choice(symbol=("two",)))

    assert left == LedgerDiff(
        new=(two,),
        gone=(two,),
        newly_written=changes[1:],
        no_longer_written=changes[1:],
        other_verdict=changes[1:],
    )


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        pytest.param(
            {"verdict": ("runtme",)}, "one of runtime, .*; did you mean 'runtime'", id="verdict"
        ),
        pytest.param(
            {"kind": ("clas",)},
            "--kind clas: the kind is one of module, class, default, contextvar, closure, cache; "
            "did you mean",
            id="kind",
        ),
        pytest.param(
            {"symbol": ("api.CACH",)},
            r"--symbol api.CACH: no cell is called so; did you mean 'api.CACHE'\?",
            id="symbol",
        ),
        pytest.param({"symbol": ("zzz",)}, "--symbol zzz: no cell is called so$", id="no guess"),
    ],
)
def test_mistakes(choice: dict[str, Any], message: str) -> None:
    asked = Choice(**choice)

    with pytest.raises(UsageError, match=message):
        check(asked)


def check(asked: Choice) -> None:
    require_known_words(asked)
    require_known_symbols(asked, ROWS)


@pytest.mark.parametrize("name", ["CACHE", "app.CACHE", "Chat.log", "*.nothing", "x[yz]", "?"])
def test_names_that_are_there_and_globs_are_no_mistake(name: str) -> None:
    check(Choice(symbol=(name,)))
