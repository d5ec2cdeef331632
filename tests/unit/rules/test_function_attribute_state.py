"""HMS212: reported where a module binds the attribute first, else at the function."""

from typing import Any

import msgspec
import pytest

from pystatelint.link.records import FunctionAttribute, Phase
from pystatelint.model.finding import Finding
from pystatelint.rules.modules.function_attribute_state import RULE

from .build import by_name, findings, places, project

BOUND = by_name("app.chat", line=20, phases=(Phase.IMPORT,), path="app/chat.py")
COUNTED = by_name("app.chat.send", line=9)


def kept(*writes: Any, name: str = "calls", module: str = "app.chat") -> FunctionAttribute:
    return FunctionAttribute(
        symbol=f"{module}.send.{name}",
        name=name,
        function=f"{module}.send",
        module=module,
        path="app/chat.py",
        span=COUNTED.span,
        writes=writes,
    )


def reported(*attributes: FunctionAttribute) -> list[Finding]:
    linked = msgspec.structs.replace(
        project(tests=("tests.test_chat",)), function_attributes=attributes
    )
    return findings(RULE, linked)


@pytest.mark.parametrize(
    "attribute",
    [
        pytest.param(kept(BOUND), id="a mark set at import"),
        pytest.param(kept(COUNTED, name="__doc__"), id="metadata"),
        pytest.param(kept(COUNTED, module="tests.test_chat"), id="of a test's function"),
        pytest.param(kept(by_name(module="tests.test_chat")), id="written by a test"),
    ],
)
def test_silent(attribute: FunctionAttribute) -> None:
    assert reported(attribute) == []


def test_alarm_at_the_binding() -> None:
    assert places(reported(kept(COUNTED, BOUND))) == ["app/chat.py:20 info app.chat.send.calls"]


def test_alarm_at_the_function_where_nothing_binds_it_before() -> None:
    assert places(reported(kept(COUNTED))) == ["app/chat.py:9 info app.chat.send.calls"]
