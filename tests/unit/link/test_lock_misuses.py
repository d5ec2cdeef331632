"""Which locks do not do what they are there for, and what do the rules say of them?"""

from textwrap import dedent

import pytest

from pystatelint.config.schema import Config
from pystatelint.model.finding import Finding, Severity
from pystatelint.rules import ALL_RULES

from .project import project

CHECKS = {rule.code: rule.check for rule in ALL_RULES}


def found(code: str, source: str) -> list[Finding]:
    check = CHECKS[code]
    assert check is not None
    return list(check(project(dedent(source)), Config()))


HELD = """
    import asyncio, threading
    class C:
        def __init__(self):
            self.lock = threading.{kind}()
        async def f(self):
            with self.lock:
                await asyncio.sleep(1)
    """


@pytest.mark.parametrize(
    ("kind", "harm"),
    [
        ("Lock", "stops the whole loop"),
        ("Semaphore", "stops the whole loop"),
        ("RLock", "can take it, too"),
        ("Condition", "can take it, too"),
    ],
)
def test_a_lock_of_threads_says_what_it_does_to_the_loop(kind: str, harm: str) -> None:
    (finding,) = found("HMS508", HELD.format(kind=kind))

    assert finding.severity is Severity.ERROR
    assert f"self.lock, a threading.{kind}, is held while line 8 waits" in finding.message
    assert harm in finding.message
    assert (finding.span.line, finding.span.column) == (7, 13)
    assert [step.span.line for step in finding.trail] == [8, 7]


def test_each_lock_is_told_once_however_often_its_block_waits() -> None:
    source = HELD.format(kind="Lock") + "            await asyncio.sleep(2)\n"

    assert len(found("HMS508", source)) == 1


@pytest.mark.parametrize("path", ["test_m.py", "m.py"])
def test_tests_may_do_as_they_like(path: str) -> None:
    check = CHECKS["HMS508"]
    assert check is not None
    source = dedent(HELD.format(kind="Lock"))

    assert len(list(check(project({path: source}), Config()))) == (path == "m.py")


def test_a_lock_of_one_call_is_an_error_at_its_block() -> None:
    source = """
        import asyncio
        async def f():
            async with asyncio.Lock():
                await asyncio.sleep(1)
        """
    (finding,) = found("HMS504", source)

    assert finding.severity is Severity.ERROR
    assert "each call of m.f makes its own asyncio.Lock" in finding.message
    assert (finding.span.line, finding.span.column) == (4, 15)


@pytest.mark.parametrize(
    "escape",
    [
        "print(lock)",
        "self.lock = lock",
        "locks = [lock]\n    keep(locks)",
        "self.locks[1] = lock",
        "keep(lambda: lock)",
        "return lock",
        "yield lock",
        "lock.wait()",
    ],
)
def test_a_lock_that_anybody_else_gets_is_fine(escape: str) -> None:
    source = f"""
import threading
def f(self, keep):
    lock = threading.Condition()
    with lock:
        pass
    {escape}
"""
    assert found("HMS504", source) == []
