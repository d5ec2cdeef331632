"""HMS104: as grave as what the one object holds."""

import msgspec
import pytest

from pystatelint.link.places import Singleton
from pystatelint.link.records import ClassInfo, InstanceBinding
from pystatelint.model.finding import Finding, Step, StepKind
from pystatelint.rules.classes.handwritten_singleton import RULE

from .build import SESSION, at, binding, class_info, findings, instance, project

REQUEST = instance("starlette.requests.Request")


def reported(
    *bindings: InstanceBinding,
    arguments: tuple[str, ...] = (),
    reset: bool = False,
    others: tuple[ClassInfo, ...] = (),
) -> list[Finding]:
    singleton = Singleton(
        symbol="app.chat.Chat",
        path="app/chat.py",
        span=at(1),
        keeper=Step(StepKind.WRITE, "app/chat.py", at(9), "the one object is kept here"),
        arguments=arguments,
        reset_by_tests=reset,
    )
    ancestors = tuple(each.symbol for each in others)
    info = class_info("app.chat.Chat", instance_bindings=bindings, ancestors=ancestors)
    linked = msgspec.structs.replace(
        project(info, *others),
        singletons=(singleton,),
        request_types=frozenset({REQUEST.dotted}),
    )
    return findings(RULE, linked)


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(reported(), id="no attributes"),
        pytest.param(reported(binding("jobs"), reset=True), id="tests reset it"),
    ],
)
def test_silent(found: list[Finding]) -> None:
    assert found == []


@pytest.mark.parametrize(
    ("found", "severity", "harm"),
    [
        pytest.param(reported(binding("jobs")), "info", "no fresh one", id="some state"),
        pytest.param(
            reported(binding("url"), arguments=("url", "size")),
            "warning",
            "passes for url, size holds for all",
            id="arguments",
        ),
        pytest.param(
            reported(binding("url"), binding("session", SESSION), arguments=("session",)),
            "error",
            "self.session is a sqlalchemy.orm.Session of one caller",
            id="session",
        ),
        pytest.param(
            reported(binding("request", REQUEST)), "error", "self.request is a", id="request"
        ),
        pytest.param(
            reported(others=(class_info("app.base.Base", instance_bindings=(binding("jobs"),)),)),
            "info",
            "no fresh one",
            id="state of a base",
        ),
    ],
)
def test_severity(found: list[Finding], severity: str, harm: str) -> None:
    (one,) = found

    assert one.severity.value == severity
    assert harm in one.message
    assert (one.symbol, one.span.line) == ("app.chat.Chat", 1)
