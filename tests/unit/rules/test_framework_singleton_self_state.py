"""HMS109: one finding per attribute, as grave as the calls run side by side."""

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from pystatelint.link.places import KeptArgument
from pystatelint.model.finding import Finding, Step, StepKind
from pystatelint.rules.classes.framework_singleton_self_state import RULE

from .build import at, findings, places, project

if TYPE_CHECKING:
    from pystatelint.link.project import Project


def kept(**more: Any) -> KeptArgument:
    known: dict[str, Any] = {
        "name": "user",
        "method": "app.chat.Log.__call__",
        "span": at(9),
        "role": "middleware",
        "model": "T",
        "made_by_framework": True,
    }
    return KeptArgument(
        owner="app.chat.Log",
        path="app/chat.py",
        handler="app.chat.Log.__call__",
        entry=Step(StepKind.REACH, "app/chat.py", at(8), "which every request passes"),
        **known | more,
    )


def reported(*records: KeptArgument) -> list[Finding]:
    linked: Project = msgspec.structs.replace(project(), kept_arguments=records)
    return findings(RULE, linked)


def test_nothing_kept() -> None:
    assert reported() == []


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        pytest.param({"model": "T"}, "error", id="threads"),
        pytest.param({"model": "L"}, "error", id="tasks of one loop"),
        pytest.param({"model": "P", "role": "task"}, "warning", id="one call after another"),
        pytest.param({"model": "S", "role": "task"}, "warning", id="one at a time on a loop"),
        pytest.param({"model": "L", "role": "event"}, "warning", id="events"),
        pytest.param({"model": "T", "role": "schedule"}, "warning", id="a schedule"),
    ],
)
def test_severity(more: dict[str, str], severity: str) -> None:
    assert [each.severity.value for each in reported(kept(**more))] == [severity]


def test_an_attribute_is_reported_once_where_it_is_first_filled() -> None:
    found = reported(kept(), kept(span=at(12)), kept(name="path", span=at(13)))

    assert places(found) == [
        "app/chat.py:9 error app.chat.Log.user",
        "app/chat.py:13 error app.chat.Log.path",
    ]


def test_the_trail_leads_from_the_handler_to_the_store() -> None:
    (found,) = reported(kept(method="app.chat.Log._note"))

    assert [(step.kind.value, step.span.line) for step in found.trail] == [
        ("reach", 8),
        ("write", 9),
        ("fix", 9),
    ]
    assert "in app.chat.Log._note" in found.trail[1].text


def test_the_message_says_why_the_object_lasts() -> None:
    (by_framework,) = reported(kept())
    (by_module,) = reported(kept(made_by_framework=False))

    assert "the framework makes one object of it" in by_framework.message
    assert "a module holds it" in by_module.message
