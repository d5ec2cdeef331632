"""HMS213, HMS307, HMS308 and HMS310: how severe each is, and what it says."""

from typing import Any

import msgspec
import pytest

from pystatelint.link.places import Stash
from pystatelint.link.records import Action, Cell, CellKind, Phase, Receiver, Value, Verdict, Write
from pystatelint.link.records_functions import CachedRead, KeptClosure
from pystatelint.model.finding import Finding, Step, StepKind
from pystatelint.rules.functions.cached_function_reads_mutable_cell import RULE as OLD_RESULT
from pystatelint.rules.functions.cached_result_mutated import RULE as CHANGED_RESULT
from pystatelint.rules.functions.closure_state import RULE as CLOSURE
from pystatelint.rules.modules.request_stash_without_reset import RULE as STASH

from .build import (
    DICT,
    LIST,
    NONE,
    at,
    by_name,
    cell,
    findings,
    instance,
    module_cell,
    places,
    project,
    rebind,
    write,
)

ENTRY = Step(StepKind.REACH, "app/chat.py", at(1), "this is app.chat.send, which serves requests")
KEEPER = Step(StepKind.REACH, "app/chat.py", at(3), "app.chat.send is decorated here")
READ = Step(StepKind.CELL, "app/chat.py", at(6), "reads app.chat.rates here")


def stash(**more: Any) -> Stash:
    known: dict[str, Any] = {
        "cell": "app.chat.current",
        "place": "app.chat.current.user",
        "function": "app.chat.send",
        "path": "app/chat.py",
        "span": at(9),
        "entry": ENTRY,
        "per_thread": True,
        "is_async": False,
        "skipped": False,
    }
    return Stash(**known | more)


def stashed(*left: Stash, cells: tuple[Cell, ...] = ()) -> list[Finding]:
    return findings(STASH, msgspec.structs.replace(project(*cells), stashes=left))


@pytest.mark.parametrize(
    ("left", "severity", "words"),
    [
        pytest.param(stash(), "warning", "which nobody empties: the next call", id="thread"),
        pytest.param(stash(is_async=True), "error", "every other task of the thread", id="loop"),
        pytest.param(
            stash(skipped=True), "warning", "emptied only if nothing fails in between", id="skipped"
        ),
    ],
)
def test_what_stays_in_a_thread(left: Stash, severity: str, words: str) -> None:
    (found,) = stashed(left)
    assert places([found]) == [f"app/chat.py:9 {severity} app.chat.current.user"]
    assert words in found.message
    assert ENTRY in found.trail


def test_what_stays_in_a_module_is_an_error_for_all_calls() -> None:
    shared = stash(cell="app.chat.user", place="app.chat.user", per_thread=False)
    kept = module_cell("app.chat.user", NONE, rebind(Receiver.NAME, "app.chat.send", span=at(9)))
    (found,) = stashed(shared, cells=(kept,))
    assert places([found]) == ["app/chat.py:9 error app.chat.user"]
    assert "every other call of the process finds it there" in found.message


def test_a_cell_that_others_write_as_well_is_left_to_other_rules() -> None:
    shared = stash(cell="app.chat.user", place="app.chat.user", per_thread=False)
    kept = module_cell(
        "app.chat.user",
        NONE,
        rebind(Receiver.NAME, "app.chat.send", span=at(9)),
        rebind(Receiver.NAME, "app.chat.stop", span=at(12)),
    )
    assert stashed(shared, cells=(kept,)) == []


def closure(*writes: Write, value: Value = DICT, constant: bool = False, **more: Any) -> str:
    """The severity of a variable of a closure."""
    kept = cell(
        "app.chat.memo.<locals>.known",
        CellKind.CLOSURE,
        value,
        *writes,
        owner="app.chat.memo",
        path="app/chat.py",
        **more,
    )
    keeper = KeptClosure(cell=kept.symbol, path=kept.path, keeper=KEEPER, constant=constant)
    linked = msgspec.structs.replace(project(kept), kept_closures=(keeper,))
    (found,) = findings(CLOSURE, linked)
    assert KEEPER in found.trail
    assert "`known` of app.chat.memo is" in found.message
    return found.severity.value


def by_closure(action: Action, **more: Any) -> Write:
    return write(action, Receiver.ENCLOSING, "app.chat.memo.<locals>.wrapper", **more)


@pytest.mark.parametrize(
    ("act", "value", "severity"),
    [
        pytest.param(by_closure(Action.ITEM), DICT, "warning", id="a table grows"),
        pytest.param(by_closure(Action.AUGMENTED), NONE, "warning", id="a number counts"),
        pytest.param(
            by_closure(Action.REBIND, from_parameter=True), NONE, "warning", id="a caller's value"
        ),
        pytest.param(by_closure(Action.REBIND), NONE, "info", id="bound anew"),
    ],
)
def test_severity_of_closures(act: Write, value: Value, severity: str) -> None:
    assert closure(act, value=value) == severity


def test_what_is_worked_out_once_or_under_a_lock_is_information() -> None:
    assert closure(by_closure(Action.METHOD), constant=True) == "info"
    assert closure(by_closure(Action.METHOD), verdict=Verdict.GUARDED) == "info"


def cached(value: Value, *writes: Write, **more: Any) -> list[Finding]:
    kept = cell(
        "app.chat.load()",
        CellKind.CACHE,
        value,
        *writes,
        owner="app.chat.load",
        module="app.chat",
        path="app/chat.py",
        **more,
    )
    return findings(CHANGED_RESULT, project(kept))


def by_result(action: Action = Action.METHOD, **more: Any) -> Write:
    return write(action, Receiver.RESULT, "app.views.show", **more)


SETTINGS = instance("app.chat.Settings")


@pytest.mark.parametrize(
    ("value", "act"),
    [
        pytest.param(LIST, by_result(phases=(Phase.IMPORT,)), id="at import"),
        pytest.param(LIST, by_result(phases=(Phase.TEST,)), id="by a test"),
        pytest.param(
            SETTINGS,
            by_result(Action.ATTRIBUTE, inner=(".count",), through=(KEEPER,)),
            id="by a method of the object",
        ),
    ],
)
def test_results_silent(value: Value, act: Write) -> None:
    assert cached(value, act) == []


@pytest.mark.parametrize(
    ("value", "act", "severity"),
    [
        pytest.param(LIST, by_result(), "error", id="a list"),
        pytest.param(LIST, by_result(Action.ITEM, inner=("[]",)), "error", id="in a list"),
        pytest.param(
            SETTINGS, by_result(Action.ATTRIBUTE, inner=(".debug",)), "warning", id="an attribute"
        ),
        pytest.param(
            SETTINGS, by_result(inner=(".words",)), "warning", id="a list that is an attribute"
        ),
    ],
)
def test_results_alarm(value: Value, act: Write, severity: str) -> None:
    (found,) = cached(value, act)
    assert places([found]) == [f"app/chat.py:2 {severity} app.chat.load()"]
    assert "the cache of app.chat.load keeps one" in found.message
    assert "that app.views.show changes" in found.message


def test_results_under_a_lock_are_information() -> None:
    (found,) = cached(LIST, by_result(), verdict=Verdict.GUARDED)
    assert found.severity.value == "info"


def read(**more: Any) -> CachedRead:
    known: dict[str, Any] = {
        "cell": "app.chat.rates",
        "inner": (),
        "content": True,
        "keys": (),
        "function": "app.chat.price",
        "path": "app/chat.py",
        "span": at(5),
        "read": READ,
    }
    return CachedRead(**known | more)


def old(reads: CachedRead, value: Value, *writes: Write) -> list[Finding]:
    kept = module_cell("app.chat.rates", value, *writes)
    return findings(OLD_RESULT, msgspec.structs.replace(project(kept), cached_reads=(reads,)))


@pytest.mark.parametrize(
    ("reads", "value", "act"),
    [
        pytest.param(read(), DICT, by_name(phases=(Phase.IMPORT,)), id="changed at import"),
        pytest.param(read(), DICT, by_name("app.chat.price"), id="changed by the function"),
        pytest.param(read(content=False), DICT, by_name(), id="handed on as it is"),
        pytest.param(read(keys=("a",)), DICT, by_name(key="b"), id="another key"),
        pytest.param(
            read(), NONE, rebind(Receiver.NAME, "app.chat.f", binds_first=True), id="on first use"
        ),
        pytest.param(
            read(inner=(".name",)),
            SETTINGS,
            by_name(action=Action.ATTRIBUTE, inner=(".debug",)),
            id="another attribute",
        ),
        pytest.param(read(), SETTINGS, by_name(), id="an item of an object of the project"),
    ],
)
def test_reads_silent(reads: CachedRead, value: Value, act: Write) -> None:
    assert old(reads, value, act) == []


@pytest.mark.parametrize(
    ("reads", "value", "act"),
    [
        pytest.param(read(), DICT, by_name(), id="an element"),
        pytest.param(read(keys=("a",)), DICT, by_name(key="a"), id="the same key"),
        pytest.param(
            read(content=False), NONE, rebind(Receiver.NAME, "app.chat.f"), id="bound anew"
        ),
        pytest.param(
            read(inner=(".debug",)),
            SETTINGS,
            by_name(action=Action.ATTRIBUTE, inner=(".debug",)),
            id="the attribute",
        ),
    ],
)
def test_reads_alarm(reads: CachedRead, value: Value, act: Write) -> None:
    (found,) = old(reads, value, act)
    assert places([found]) == ["app/chat.py:5 warning app.chat.price"]
    assert "keeps what it made of app.chat.rates, which" in found.message
    assert READ in found.trail
