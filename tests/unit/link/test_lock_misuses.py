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


DROPPED = """
    import asyncio, time
    class C:
        def __init__(self):
            self.locks: dict[str, asyncio.Lock] = {{}}
            self.others: dict[str, asyncio.Lock] = {{}}
        async def f(self, k):
            lock = self.locks.setdefault(k, asyncio.Lock())
            async with lock:
                {inside}
            {behind}
    """


@pytest.mark.parametrize(
    ("inside", "behind"),
    [
        ("pass", "self.locks.pop(k)"),
        ("pass", "del self.locks[k]"),
        ("self.others.pop(k)", "pass"),
        ("pass", "self.locks.pop(k) if self.others[k].locked() else None"),
        ("pass", "self.locks.pop(k) if time.time() > 1 and lock.locked() else None"),
        ("self.locks.popitem()", "pass"),
    ],
)
def test_nobody_is_left_with_an_old_lock(inside: str, behind: str) -> None:
    assert found("HMS516", DROPPED.format(inside=inside, behind=behind)) == []


@pytest.mark.parametrize(
    ("inside", "behind"),
    [
        ("self.locks.pop(k, None)", "pass"),
        ("del self.locks[k]", "pass"),
        ("pass", "self.locks.pop(k) if not lock.locked() else None"),
    ],
)
def test_a_lock_is_dropped_that_others_may_wait_for(inside: str, behind: str) -> None:
    (finding,) = found("HMS516", DROPPED.format(inside=inside, behind=behind))

    assert finding.severity is Severity.ERROR
    assert "m.C.f takes a lock out of self.locks for which others may wait" in finding.message
    assert len(finding.trail) == 2


STALE = """
    import time
    class {name}:
        def __init__(self):
            self.since = {{}}
        def {take}(self, k):
            if time.time() - self.since.get(k, 0) < 9:
                return False
            self.since[k] = {value}
            return True
        def {give}(self, k):
            {body}
    """
CASE = {
    "name": "Locks",
    "take": "acquire",
    "give": "release",
    "value": "time.time()",
    "body": "del self.since[k]",
}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"name": "Limits", "take": "allowed"}, id="no lock by any name"),
        pytest.param({"give": "forget"}, id="nobody gives it back"),
        pytest.param({"value": "k"}, id="no time"),
        pytest.param({"body": "self.since.get(k) == k and self.since.pop(k)"}, id="compared"),
        pytest.param({"body": "self.since.clear()"}, id="all at once"),
    ],
)
def test_no_holder_frees_the_lock_of_another(other: dict[str, str]) -> None:
    assert found("HMS517", STALE.format(**(CASE | other))) == []


def test_a_holder_whose_time_has_run_out_frees_the_lock_of_another() -> None:
    (finding,) = found("HMS517", STALE.format(**CASE))

    assert finding.severity is Severity.ERROR
    assert finding.message.startswith("self.since keeps since when a lock is taken, not by whom")
    assert finding.message.endswith("when it calls m.Locks.release")
    assert [step.span.line for step in finding.trail] == [12, 9]


GUARDED = """
    import threading
    from typing import Annotated
    from pystatelint.guarded import GuardedBy
    class C:
        def __init__(self):
            self._lock = threading.Lock()
            self.n: Annotated[int, GuardedBy("{lock}")] = 0
        def {name}(self):
            {body}
    """


@pytest.mark.parametrize(
    ("name", "body", "lock"),
    [
        pytest.param("f", "with self._lock: self.n += 1", "_lock", id="held"),
        pytest.param("f", "with self._lock: self.n += 1", "self._lock", id="held, with self"),
        pytest.param("f_locked", "self.n += 1", "_lock", id="left to the caller"),
        pytest.param("__repr__", "return str(self.n)", "_lock", id="shown"),
        pytest.param("f", "self.m += 1", "_lock", id="another attribute"),
    ],
)
def test_nothing_is_got_at_without_its_lock(name: str, body: str, lock: str) -> None:
    assert found("HMS512", GUARDED.format(name=name, body=body, lock=lock)) == []


@pytest.mark.parametrize("body", ["self.n += 1", "self.n = 1", "del self.n", "print(self.n)"])
def test_a_declared_lock_is_asked_for(body: str) -> None:
    (finding,) = found("HMS512", GUARDED.format(name="f", body=body, lock="_lock"))

    assert finding.severity is Severity.ERROR
    assert finding.message == "m.C.f gets at self.n without _lock, which is declared to guard it"
    assert [step.span.line for step in finding.trail] == [8, 10]


def test_a_lock_of_one_object_says_what_it_should_guard() -> None:
    source = """
        import threading
        from flask import Flask
        app = Flask(__name__)
        class C:
            total = 0
            def __init__(self):
                self.lock = threading.Lock()
            def f(self):
                with self.lock:
                    C.total += 1
        @app.get("/")
        def index():
            C().f()
        """
    (finding,) = found("HMS507", source)

    assert finding.severity is Severity.ERROR
    assert finding.symbol == "m.C.total"
    assert "m.C.total is one for all and is changed under m.C.lock" in finding.message
    assert [step.span.line for step in finding.trail] == [6, 14, 11]


ORDERS = """
    import threading
    a, b, r = threading.Lock(), threading.Lock(), threading.RLock()
    def inner():
        with a: pass
    def f():
        {first}
    def g():
        {second}
    """


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("with a, b: pass", "with a, b: pass", id="the same order"),
        pytest.param("with a: pass", "with b: inner()", id="only one of them has both"),
        pytest.param("with a, r: pass", "with r, a: pass", id="one of them is reentrant"),
    ],
)
def test_locks_in_one_order(first: str, second: str) -> None:
    assert found("HMS518", ORDERS.format(first=first, second=second)) == []


@pytest.mark.parametrize("second", ["with b, a: pass", "with b: inner()"])
def test_locks_in_both_orders_are_told_once(second: str) -> None:
    (finding,) = found("HMS518", ORDERS.format(first="with a, b: pass", second=second))

    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "m.b is taken while m.a is held; m.py, line 9, takes them the other way round: both can "
        "wait forever"
    )


RELEASED = """
    import threading
    lock = threading.Lock()
    def f(x):
        lock.acquire()
        {body}
    """


@pytest.mark.parametrize(
    "body",
    [
        "x()",
        "lock.release()",
        "try: x()\n        finally: lock.release()",
    ],
)
def test_a_lock_taken_by_hand_is_given_back_or_handed_on(body: str) -> None:
    assert found("HMS514", RELEASED.format(body=body)) == []


def test_a_lock_taken_by_hand_stays_taken() -> None:
    (finding,) = found("HMS514", RELEASED.format(body="x()\n        lock.release()"))

    assert finding.severity is Severity.WARNING
    assert finding.span.line == 5
    assert finding.message.startswith("m.f takes lock and gives it back only if nothing")
