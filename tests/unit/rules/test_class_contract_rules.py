"""HMS112, HMS113 and HMS190: what the stateless contract forbids in classes."""

from typing import Any

import pytest

from pystatelint.link.records import Cell, ClassInfo, Receiver, Value, Verdict
from pystatelint.rules.classes.cache_or_buffer_named_class_attribute import RULE as NAMED
from pystatelint.rules.classes.class_cell_ledger import RULE as LEDGER
from pystatelint.rules.classes.undeclared_instance_attribute import RULE as ATTRIBUTES

from .build import (
    DICT,
    LIST,
    NONE,
    UNKNOWN,
    binding,
    by_class,
    class_cell,
    class_info,
    findings,
    instance,
    places,
    project,
    rebind,
)

CACHE = "app.chat.Chat._cache"
ROLES = "app.chat.Chat.roles"

NO_STATE = [
    pytest.param(class_cell(CACHE, NONE), id="a constant"),
    pytest.param(class_cell(CACHE, UNKNOWN), id="not known to be mutable"),
    pytest.param(class_cell(CACHE, DICT, declarative=True), id="a framework reads it once"),
    pytest.param(class_cell(CACHE, DICT, verdict=Verdict.SAFE), id="made to be shared"),
    pytest.param(class_cell(CACHE, DICT, verdict=Verdict.IMMUTABLE), id="proven immutable"),
    pytest.param(class_cell(CACHE, Value(kind="class", mutable=True)), id="a class"),
    pytest.param(class_cell("app.chat.Chat.__cache__", DICT), id="a name of the language"),
]

BY_PATTERN: dict[str, Any] = {"stateless": {"app.chat.*": ()}}


@pytest.mark.parametrize("cell", NO_STATE)
@pytest.mark.parametrize(
    "options", [{}, BY_PATTERN, {"strict": True}], ids=["", "pattern", "strict"]
)
def test_what_is_no_state_is_silent(cell: Cell, options: dict[str, Any]) -> None:
    linked = project(cell)
    assert findings(NAMED, linked, **options) == findings(LEDGER, linked, **options) == []


def test_a_plain_name_is_no_finding_of_the_name_rule() -> None:
    assert findings(NAMED, project(class_cell(ROLES, LIST)), strict=True) == []


@pytest.mark.parametrize(
    ("cell", "named", "listed"),
    [
        pytest.param(class_cell(CACHE, DICT), "info", "info", id="never written"),
        pytest.param(class_cell(CACHE, DICT, by_class()), "warning", "info", id="written"),
        pytest.param(
            class_cell(CACHE, NONE, rebind(Receiver.CLASS)), "warning", "info", id="bound anew"
        ),
    ],
)
def test_outside_the_contract_it_is_no_error(cell: Cell, named: str, listed: str) -> None:
    linked = project(cell)
    assert places(findings(NAMED, linked)) == [f"app/chat.py:2 {named} {CACHE}"]
    assert places(findings(LEDGER, linked)) == [f"app/chat.py:2 {listed} {CACHE}"]


@pytest.mark.parametrize(
    ("options", "allowed"),
    [
        pytest.param({"stateless": {"app.chat.Chat": ()}}, None, id="the class by name"),
        pytest.param(BY_PATTERN, None, id="a pattern"),
        pytest.param({"stateless": {"app.chat": ()}}, None, id="its module"),
        pytest.param({"strict": True}, None, id="strict"),
        pytest.param({}, ("session",), id="the decorator"),
    ],
)
def test_under_the_contract_each_is_an_error_written_or_not(
    options: dict[str, Any], allowed: tuple[str, ...] | None
) -> None:
    linked = project(class_cell(CACHE, DICT), class_info("app.chat.Chat", stateless_allow=allowed))
    assert places(findings(NAMED, linked, **options)) == [f"app/chat.py:2 error {CACHE}"]
    assert places(findings(LEDGER, linked, **options)) == [f"app/chat.py:2 error {CACHE}"]


def test_strict_spares_tests() -> None:
    linked = project(class_cell("tests.test_chat.Fake._cache", DICT), tests=("tests.test_chat",))
    assert places(findings(NAMED, linked, strict=True)) == [
        "tests/test_chat.py:2 info tests.test_chat.Fake._cache"
    ]


def test_an_object_of_a_declared_class_is_no_state() -> None:
    linked = project(class_cell(ROLES, instance("app.roles.Roles")), class_info("app.roles.Roles"))
    assert findings(LEDGER, linked, strict=True) == []
    assert places(findings(LEDGER, linked, **BY_PATTERN)) == [f"app/chat.py:2 error {ROLES}"]


def test_names_come_from_the_configuration() -> None:
    linked = project(class_cell(ROLES, LIST))
    assert places(findings(NAMED, linked, cache_names=("Role",))) == [f"app/chat.py:2 info {ROLES}"]


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict.CONST, "never written"),
        (Verdict.REGISTRY, "filled while modules are imported and left alone afterwards"),
        (Verdict.ESCAPES, "not written in sight, but a reference to it leaves our sight"),
        (Verdict.OPAQUE, "not proven constant"),
    ],
)
def test_ledger_tells_the_verdict(verdict: Verdict, said: str) -> None:
    (finding,) = findings(LEDGER, project(class_cell(ROLES, LIST, verdict=verdict)))
    assert finding.message == (
        f"app.chat.Chat keeps one list in `roles` for the whole process, {said}"
    )


def chat(*bindings: Any, **more: Any) -> ClassInfo:
    return class_info("app.chat.Chat", instance_bindings=bindings, **more)


ATTRIBUTES_SILENT = [
    pytest.param(chat(binding("cache", DICT)), {}, id="nothing is declared"),
    pytest.param(
        chat(binding("session"), stateless_allow=("session",)), {}, id="the decorator allows it"
    ),
    pytest.param(
        chat(binding("session")), {"stateless": {"*.Chat": ("session",)}}, id="the table allows it"
    ),
    pytest.param(
        chat(binding("_session")), {"stateless": {"*.Chat": ("*session",)}}, id="a glob allows it"
    ),
    pytest.param(
        chat(binding("session")),
        {"stateless": {"app.*": (), "app.chat.Chat": ("session",)}},
        id="the most specific pattern counts",
    ),
    pytest.param(
        chat(binding("session")), {"strict": True}, id="strict: a dependency taken in __init__"
    ),
    pytest.param(
        chat(binding("parts", LIST), kind="dataclass"), {"strict": True}, id="strict: a record"
    ),
    pytest.param(
        chat(binding("parts", LIST), ancestors=("builtins.Exception",)),
        {"strict": True},
        id="strict: an exception",
    ),
]

ATTRIBUTES_ALARMS = [
    pytest.param(chat(binding("user")), {"stateless": {"app.chat.*": ()}}, id="nothing is allowed"),
    pytest.param(
        chat(binding("user"), stateless_allow=("session",)), {}, id="not on the decorator's list"
    ),
    pytest.param(
        chat(binding("user"), stateless_allow=()),
        {"stateless": {"app.chat.Chat": ("user",)}},
        id="the decorator wins over the table",
    ),
    pytest.param(
        chat(binding("user")),
        {"stateless": {"app.*": ("user",), "app.chat.*": ()}},
        id="the longer pattern wins over the shorter",
    ),
    pytest.param(
        chat(binding("user", constructor=False)), {"strict": True}, id="strict: bound in a method"
    ),
    pytest.param(chat(binding("user", DICT)), {"strict": True}, id="strict: a container made here"),
    pytest.param(
        chat(binding("user")),
        {"strict": True, "cache_names": ("use",)},
        id="strict: a name that promises state",
    ),
]


@pytest.mark.parametrize(("info", "options"), ATTRIBUTES_SILENT)
def test_allowed_attribute_is_silent(info: ClassInfo, options: dict[str, Any]) -> None:
    assert findings(ATTRIBUTES, project(info), **options) == []


@pytest.mark.parametrize(("info", "options"), ATTRIBUTES_ALARMS)
def test_undeclared_attribute_at_its_binding(info: ClassInfo, options: dict[str, Any]) -> None:
    found = findings(ATTRIBUTES, project(info), **options)
    assert places(found) == ["app/chat.py:5 error app.chat.Chat.user"]


def test_an_attribute_is_reported_once_where_it_is_bound_first() -> None:
    info = chat(binding("user", line=5), binding("mood", line=6), binding("user", line=9))
    found = findings(ATTRIBUTES, project(info), stateless={"app.chat.Chat": ("b", "a")})
    assert places(found) == [
        "app/chat.py:5 error app.chat.Chat.user",
        "app/chat.py:6 error app.chat.Chat.mood",
    ]
    assert "keeps self.user (allowed: a, b): what" in found[0].message
