"""HMS209: one finding per function and state, milder where it may be the program's start."""

from typing import Any

import msgspec
import pytest

from pystatelint.link.places import ProcessWrite
from pystatelint.model.finding import Finding, Step, StepKind
from pystatelint.models import load_tables
from pystatelint.rules.modules.process_global_api_write import RULE

from .build import at, findings, places, project

ROUTE = Step(StepKind.REACH, "app/chat.py", at(1), "this is app.chat.show, which serves requests")


def changed(**more: Any) -> ProcessWrite:
    known: dict[str, Any] = {
        "state": "environment",
        "name": "os.environ",
        "text": "os.environ[...] = ...",
        "module": "app.chat",
        "function": "app.chat.send",
        "path": "app/chat.py",
        "span": at(9),
        "put_back": False,
        "undone": False,
        "reached_from": None,
    }
    return ProcessWrite(**known | more)


def reported(*writes: ProcessWrite, tests: tuple[str, ...] = ()) -> list[Finding]:
    states = tuple(load_tables().process.states.values())
    linked = msgspec.structs.replace(
        project(tests=tests), process_writes=writes, process_states=states
    )
    return findings(RULE, linked)


def test_silent_where_it_is_put_back() -> None:
    assert reported(changed(put_back=True)) == []


def test_silent_in_tests() -> None:
    assert reported(changed(), tests=("app.chat",)) == []


def test_one_finding_per_function_and_state_at_the_first_place() -> None:
    found = reported(
        changed(),
        changed(span=at(10)),
        changed(state="directory", name="os.chdir", span=at(11)),
        changed(function="app.chat.stop", span=at(12)),
    )
    assert places(found) == [
        "app/chat.py:9 warning os.environ",
        "app/chat.py:11 warning os.chdir",
        "app/chat.py:12 warning os.environ",
    ]
    assert [step.span.line for step in found[0].trail] == [9, 10, 9]


@pytest.mark.parametrize(
    ("write", "severity"),
    [
        pytest.param(changed(), "warning", id="the environment"),
        pytest.param(changed(state="signals"), "info", id="what programs set as they start"),
        pytest.param(
            changed(state="signals", reached_from=ROUTE), "warning", id="the same for a request"
        ),
    ],
)
def test_severity(write: ProcessWrite, severity: str) -> None:
    assert [each.severity.value for each in reported(write)] == [severity]


def test_the_entry_point_is_shown() -> None:
    (found,) = reported(changed(reached_from=ROUTE))
    assert ROUTE in found.trail


@pytest.mark.parametrize(
    ("undone", "words"),
    [
        pytest.param(False, "and does not put it back", id="never"),
        pytest.param(True, "and puts it back only if nothing fails", id="without finally"),
    ],
)
def test_message(undone: bool, words: str) -> None:
    (found,) = reported(changed(undone=undone))
    assert found.message == (
        "app.chat.send changes the environment of the process at run time "
        f"(`os.environ[...] = ...`) {words}: whatever else runs in this process gets it too"
    )
