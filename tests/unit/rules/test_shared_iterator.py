"""HMS211: an iterator that ends is worse than one that never does."""

from typing import Any

import msgspec
import pytest

from pystatelint.link.records import Phase, SharedIterator
from pystatelint.model.finding import Finding
from pystatelint.rules.modules.shared_iterator import RULE

from .build import at, by_name, findings, places, project

NEXT = by_name()


def kept(*writes: Any, **more: Any) -> SharedIterator:
    known: dict[str, Any] = {
        "symbol": "app.chat.ROWS",
        "module": "app.chat",
        "path": "app/chat.py",
        "span": at(2),
        "maker": "iter",
        "endless": False,
    }
    return SharedIterator(writes=writes, **known | more)


def reported(*iterators: SharedIterator, tests: tuple[str, ...] = ()) -> list[Finding]:
    return findings(RULE, msgspec.structs.replace(project(tests=tests), shared_iterators=iterators))


@pytest.mark.parametrize(
    "iterator",
    [
        pytest.param(kept(), id="nobody advances it"),
        pytest.param(kept(by_name(phases=(Phase.IMPORT,))), id="only the import advances it"),
        pytest.param(kept(by_name(module="tests.test_chat")), id="only a test advances it"),
        pytest.param(kept(NEXT, module="tests.test_chat"), id="of a test"),
    ],
)
def test_silent(iterator: SharedIterator) -> None:
    assert reported(iterator, tests=("tests.test_chat",)) == []


@pytest.mark.parametrize(
    ("iterator", "severity"),
    [
        pytest.param(kept(NEXT), "warning", id="one that ends"),
        pytest.param(kept(NEXT, maker="generator"), "warning", id="a generator"),
        pytest.param(kept(NEXT, maker="itertools.count", endless=True), "info", id="a counter"),
    ],
)
def test_alarm_at_the_binding(iterator: SharedIterator, severity: str) -> None:
    assert places(reported(iterator)) == [f"app/chat.py:2 {severity} app.chat.ROWS"]


def test_message_tells_what_others_lose() -> None:
    (found,) = reported(kept(NEXT))
    assert found.message == (
        "app.chat.ROWS is one iter() for the whole process, from which app.chat.send takes the "
        "next element: what one caller takes, the others do not get"
    )
