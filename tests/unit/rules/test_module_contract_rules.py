"""HMS215 and HMS290: what the stateless contract forbids in modules."""

from typing import Any

import pytest

from pystatelint.link.records import Cell, Value, Verdict
from pystatelint.rules.modules.cache_or_buffer_named_module_cell import RULE as NAMED
from pystatelint.rules.modules.module_cell_ledger import RULE as LEDGER

from .build import DICT, LIST, NONE, by_name, findings, instance, module_cell, places, project

CACHE = "app.chat._cache"
ROLES = "app.chat.ROLES"


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(module_cell(CACHE, NONE), id="a constant"),
        pytest.param(module_cell(CACHE, Value(kind="function", mutable=True)), id="a function"),
        pytest.param(module_cell(CACHE, DICT, verdict=Verdict.SAFE), id="made to be shared"),
        pytest.param(module_cell("app.chat.__cache__", LIST), id="a name of the language"),
    ],
)
def test_what_is_no_state_is_silent(cell: Cell) -> None:
    linked = project(cell)
    assert findings(NAMED, linked, strict=True) == findings(LEDGER, linked, strict=True) == []


def test_a_plain_name_is_no_finding_of_the_name_rule() -> None:
    assert findings(NAMED, project(module_cell(ROLES, LIST)), strict=True) == []


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        pytest.param(module_cell(CACHE, DICT), "info", id="never written"),
        pytest.param(module_cell(CACHE, DICT, by_name()), "warning", id="written at run time"),
    ],
)
def test_outside_the_contract_it_is_no_error(cell: Cell, named: str) -> None:
    assert places(findings(NAMED, project(cell))) == [f"app/chat.py:2 {named} {CACHE}"]
    assert places(findings(LEDGER, project(cell))) == [f"app/chat.py:2 info {CACHE}"]


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"stateless": {"app.*": ()}}, id="a pattern of modules"),
        pytest.param({"stateless": {"app.chat": ()}}, id="the module by name"),
        pytest.param({"stateless": {"app.chat.*": ()}}, id="all that the module holds"),
        pytest.param({"strict": True}, id="strict"),
    ],
)
def test_under_the_contract_each_is_an_error_written_or_not(options: dict[str, Any]) -> None:
    linked = project(module_cell(CACHE, DICT))
    assert places(findings(NAMED, linked, **options)) == [f"app/chat.py:2 error {CACHE}"]
    assert places(findings(LEDGER, linked, **options)) == [f"app/chat.py:2 error {CACHE}"]


def test_a_declared_class_does_not_declare_its_module() -> None:
    options: dict[str, Any] = {"stateless": {"app.chat.Chat": ("session",)}}
    linked = project(module_cell(CACHE, DICT))
    assert places(findings(LEDGER, linked, **options)) == [f"app/chat.py:2 info {CACHE}"]


def test_an_object_of_a_library_is_state_if_it_is_known_to_be_mutable() -> None:
    linked = project(module_cell("app.chat.box", instance("lib.Box")))
    assert places(findings(LEDGER, linked, strict=True)) == ["app/chat.py:2 error app.chat.box"]


def test_ledger_names_the_writers() -> None:
    (finding,) = findings(LEDGER, project(module_cell(ROLES, LIST, by_name())))
    assert finding.message == (
        "app.chat keeps one list in `ROLES` for the whole process, "
        "written at run time by app.chat.send"
    )
