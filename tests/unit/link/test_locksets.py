"""Locks of callers count for private helpers, and for nobody whom others may call."""

import pytest
from tests.unit.link.project import cell, project

SHARED = """
import threading

lock = threading.Lock()
other = threading.Lock()
times = {}
"""

GUARDED = {
    "every caller holds it": """
def _evict(k):
    times.pop(k, None)

def use(k):
    with lock:
        _evict(k)
        times[k] = 1
""",
    "two calls away": """
def _drop(k):
    del times[k]

def _evict(k):
    _drop(k)

def use(k):
    with lock:
        _evict(k)
""",
    "one of two locks is common": """
def _evict(k):
    times.pop(k, None)

def use(k):
    with lock:
        with other:
            _evict(k)

def forget(k):
    with lock:
        _evict(k)
""",
    "a nested function": """
def use(k):
    def evict():
        times.pop(k, None)
    with lock:
        evict()
""",
    "called without a lock only while importing": """
def _evict(k):
    times.pop(k, None)

_evict("x")

def use(k):
    with lock:
        _evict(k)
""",
    "handed to a helper under the lock": """
def _fill(table, k):
    table[k] = 1

def use(k):
    with lock:
        _fill(times, k)
""",
    "the callee takes it": """
def _fill(table, k):
    with lock:
        table[k] = 1

def use(k):
    _fill(times, k)
""",
}

OPEN = {
    "one caller holds nothing": """
def _evict(k):
    times.pop(k, None)

def use(k):
    with lock:
        _evict(k)

def forget(k):
    _evict(k)
""",
    "different locks": """
def _evict(k):
    times.pop(k, None)

def use(k):
    with lock:
        _evict(k)

def forget(k):
    with other:
        _evict(k)
""",
    "others may call a public one": """
def evict(k):
    times.pop(k, None)

def use(k):
    with lock:
        evict(k)
""",
    "it is handed on as a callback": """
import atexit

def _evict():
    times.clear()

def use(run):
    with lock:
        _evict()
    run(_evict)
""",
    "it calls itself": """
def _evict(k):
    times.pop(k, None)
    _evict(k)

def use(k):
    _evict(k)
""",
}


@pytest.mark.parametrize("source", GUARDED.values(), ids=GUARDED)
def test_a_lock_of_all_callers_guards(source: str) -> None:
    assert verdict_of_times(source) == "runtime-guarded"


@pytest.mark.parametrize("source", OPEN.values(), ids=OPEN)
def test_a_lock_of_some_callers_does_not(source: str) -> None:
    assert verdict_of_times(source) == "runtime"


def verdict_of_times(source: str) -> str:
    """The verdict on the one table of the module."""
    return cell(project({"app.py": SHARED + source}), "app.times").verdict.value
