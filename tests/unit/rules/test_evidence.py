"""The trail: definition, ways, at most three writes, cure."""

import pytest

from pystatelint.link.records import Write
from pystatelint.model.finding import Confidence
from pystatelint.rules.evidence import at_cell, trail_of, who
from pystatelint.rules.modules.module_state_written_at_run_time import RULE

from .build import LIST, alias, by_name, module_cell


def texts(*writes: Write) -> list[tuple[str, int, str]]:
    trail = trail_of(module_cell("app.chat.rows", LIST, *writes), writes, "copy it")
    return [(step.kind.value, step.span.line, step.text) for step in trail]


def test_without_writes_there_are_definition_and_cure() -> None:
    assert texts() == [("cell", 2, "defined here"), ("fix", 2, "copy it")]


def test_an_alias_stands_before_the_first_write_that_used_it() -> None:
    way = alias(8)
    assert texts(by_name(), by_name(line=11, aliases=(way,)), by_name(line=12, aliases=(way,))) == [
        ("cell", 2, "defined here"),
        ("write", 9, "written here at run time, in app.chat.send"),
        ("alias", 8, "bound to another name here"),
        ("write", 11, "written here at run time, in app.chat.send"),
        ("write", 12, "written here at run time, in app.chat.send"),
        ("fix", 2, "copy it"),
    ]


@pytest.mark.parametrize(
    ("number", "last"),
    [
        (3, "written here at run time, in app.chat.send"),
        (4, "written here at run time, in app.chat.send (+1 more write)"),
        (9, "written here at run time, in app.chat.send (+6 more writes)"),
    ],
)
def test_from_the_fourth_on_writes_are_counted(number: int, last: str) -> None:
    shown = [
        text
        for kind, _, text in texts(*[by_name(line=each) for each in range(10, 10 + number)])
        if kind == "write"
    ]
    assert len(shown) == 3
    assert shown[-1] == last


def test_the_lock_is_named() -> None:
    assert texts(by_name(guarded=("app.chat.lock",)))[1][2] == (
        "written here at run time under app.chat.lock, in app.chat.send"
    )


@pytest.mark.parametrize(
    ("functions", "said"),
    [
        (("a.b.f", "a.b.f"), "a.b.f changes"),
        (("a.b.f", "a.b.g"), "a.b.f and 1 other function change"),
        (("a.b.f", "a.b.g", "a.b.h"), "a.b.f and 2 other functions change"),
    ],
)
def test_writers_are_named_once(functions: tuple[str, ...], said: str) -> None:
    assert who([by_name(each) for each in functions], "change") == said


NOBODY = by_name(line=11, assumed=True)


@pytest.mark.parametrize(
    ("writes", "confidence"),
    [
        pytest.param((by_name(),), Confidence.HIGH, id="somebody calls the writer"),
        pytest.param((NOBODY,), Confidence.LOW, id="nobody does"),
        pytest.param((NOBODY, by_name()), Confidence.HIGH, id="somebody calls another writer"),
        pytest.param((), Confidence.HIGH, id="no write is shown"),
    ],
)
def test_what_nobody_calls_is_no_proof(writes: tuple[Write, ...], confidence: Confidence) -> None:
    cell = module_cell("app.chat.rows", LIST, *writes)

    assert at_cell(RULE, cell, message="", remedy="", writes=writes).confidence is confidence


def test_the_trail_says_that_nobody_calls_the_writer() -> None:
    assert texts(NOBODY)[1][2] == ("written here, in app.chat.send, which nobody is known to call")
