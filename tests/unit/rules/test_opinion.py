"""What a rule makes of a cell is what its check then does."""

from pathlib import Path
from shutil import copy, copytree
from typing import Any

import pytest

from pystatelint.config.schema import Config
from pystatelint.engine.shipped import shipped_knowledge
from pystatelint.engine.sources import load, select
from pystatelint.link.build import link
from pystatelint.link.project import Project
from pystatelint.link.records import Action, Cell, CellKind, Phase, Receiver, Value, Verdict
from pystatelint.model.explanation import Opinion
from pystatelint.model.rule import Rule
from pystatelint.rules import ALL_RULES
from pystatelint.rules.ledger import ENTRY_RULES, NAME_RULES
from pystatelint.rules.opinion import ONE_OF_FAMILY, opinion_on
from pystatelint.rules.partition import FAMILIES

from .build import (
    DICT,
    LIST,
    NONE,
    SESSION,
    by_class,
    by_module,
    by_name,
    by_self,
    cell,
    class_cell,
    class_info,
    instance,
    module_cell,
    project,
    rebind,
    write,
)

DEFAULTS = Config()
RULES = {rule.code: rule for rule in ALL_RULES}
FIXTURES = Path(__file__).parents[3] / "fixtures"
CASES = (
    *sorted(FIXTURES.glob("rules/HMS[1-4]*")),
    *sorted(FIXTURES.glob("hard/[0-9][0-9]_*")),
    *sorted(FIXTURES.glob("projects/*")),
)
CLASS = "app.chat.Chat.items"
MODULE = "app.chat.items"
LOCKED = {"guarded": ("app.chat.LOCK",)}


def told(opinion: Opinion | None) -> str:
    """The exemptions with the lines they apply to, then who reports."""
    if opinion is None:
        return "no opinion"
    said = [
        " ".join((each.exemption, *(str(place.span.line) for place in each.places)))
        for each in opinion.silences
    ]
    said += ["reports"] if opinion.reports else []
    said += [f"left to {opinion.left_to}"] if opinion.left_to else []
    return ", ".join(said)


def module(value: Value, *writes: Any, **more: Any) -> Cell:
    return module_cell(MODULE, value, *writes, **more)


def default(value: Value, *writes: Any) -> Cell:
    return cell("app.chat.send(seen)", CellKind.DEFAULT, value, *writes)


SILENT: dict[str, tuple[str, Cell, str]] = {
    "nothing writes it": ("HMS101", class_cell(CLASS, LIST), "never-written"),
    "import is over by then": (
        "HMS201",
        module(LIST, by_name(phases=(Phase.IMPORT,))),
        "outside-run-time 9",
    ),
    "a start-up hook is over by then": (
        "HMS201",
        module(LIST, by_name(phases=(Phase.IMPORT, Phase.INIT))),
        "outside-run-time 9",
    ),
    "the function runs in tests": (
        "HMS201",
        module(LIST, by_name(phases=(Phase.TEST,))),
        "test-code 9",
    ),
    "the function runs in a script": (
        "HMS201",
        module(LIST, by_name(phases=(Phase.MAIN,))),
        "in-script 9",
    ),
    "nothing calls the function": ("HMS201", module(LIST, by_name(phases=())), "never-called 9"),
    "threads are kept apart": (
        "HMS201",
        module(instance("lib.Local"), by_name(), verdict=Verdict.SAFE),
        "safe-holder 9",
    ),
    "running tasks are kept alive": (
        "HMS201",
        module(LIST, by_name(), idiom="task-keepalive"),
        "task-keepalive 9",
    ),
    "a weak set": (
        "HMS201",
        module(Value(kind="weakset", mutable=True), by_name()),
        "weak-container 9",
    ),
    "a queue": (
        "HMS201",
        module(Value(kind="queue", mutable=True), by_name()),
        "made-to-be-shared 9",
    ),
    "a cell of a test": (
        "HMS201",
        module_cell("tests.test_chat.ITEMS", LIST, by_name()),
        "test-module 9",
    ),
    "a test writes it": ("HMS201", module(LIST, by_name("tests.test_chat.f")), "test-code 9"),
    "a session is the affair of another rule": (
        "HMS201",
        module(DICT, by_name(value=SESSION)),
        "stored-session 9",
    ),
    "the hook of the module": (
        "HMS201",
        module(DICT, by_name("app.chat.__getattr__")),
        "module-getattr 9",
    ),
    "a class": ("HMS214", module(Value(kind="class"), by_name()), "definition 9"),
    "an attribute of the instance": (
        "HMS103",
        class_cell(CLASS, NONE, rebind(Receiver.SELF)),
        "own-attribute 9",
    ),
    "a default by another name": (
        "HMS301",
        cell("app.chat.send(seen)", CellKind.DEFAULT, LIST, by_name()),
        "other-name-of-default 9",
    ),
    "a value for each context": (
        "HMS312",
        cell("app.chat.USER", CellKind.CONTEXTVAR, DICT, rebind(Receiver.NAME)),
        "set-per-context 9",
    ),
    "one lock around all writes": (
        "HMS102",
        class_cell(CLASS, LIST, by_class(**LOCKED), verdict=Verdict.GUARDED),
        "one-lock 9",
    ),
    "worked out once": (
        "HMS103",
        class_cell(CLASS, NONE, rebind(Receiver.CLASS, binds_first=True)),
        "worked-out-once 9",
    ),
    "worked out under a lock": (
        "HMS203",
        module(NONE, rebind(Receiver.NAME, "app.chat.load", binds_first=True, **LOCKED)),
        "lazy-under-lock 9",
    ),
    "a memo": (
        "HMS301",
        cell(
            "app.chat.fib(_cache)",
            CellKind.DEFAULT,
            DICT,
            write(Action.ITEM, Receiver.PARAMETER, "app.chat.fib"),
        ),
        "left to HMS302",
    ),
    "no session is stored": ("HMS402", module(DICT, by_name()), "no-session 9"),
    "a session of one test": (
        "HMS402",
        module(DICT, by_name("tests.test_chat.f", value=SESSION)),
        "test-code 9",
    ),
    "one root cause, one finding": ("HMS102", class_cell(CLASS, LIST, by_self()), "left to HMS101"),
    "a declaration of a framework": (
        "HMS190",
        class_cell(CLASS, LIST, declarative=True),
        "declaration",
    ),
    "a name of the language": ("HMS290", module_cell("app.chat.__all__", LIST), "language-name"),
    "a function": ("HMS290", module(Value(kind="function")), "definition"),
    "a constant": ("HMS290", module(NONE, verdict=Verdict.IMMUTABLE), "immutable"),
    "an object of unknown kind": (
        "HMS290",
        module(Value(kind="unknown")),
        "not-known-to-change",
    ),
    "a holder": ("HMS290", module(LIST, verdict=Verdict.SAFE), "safe-holder"),
    "a default that another rule reports": (
        "HMS304",
        default(LIST, write(Action.ITEM, Receiver.PARAMETER, "app.chat.send")),
        "left to HMS301",
    ),
    "a default that is no container": (
        "HMS304",
        default(instance("app.chat.Chat")),
        "no-container",
    ),
    "a name that promises nothing": ("HMS215", module(LIST), "plain-name"),
}

SPOKEN: dict[str, tuple[str, Cell, str]] = {
    "an instance writes": ("HMS101", class_cell(CLASS, LIST, by_self()), "reports"),
    "a test and a function write": (
        "HMS201",
        module(LIST, by_name("tests.test_chat.f", line=3), by_name(line=4)),
        "test-code 3, reports",
    ),
    "one write of two is forgiven": (
        "HMS103",
        class_cell(
            CLASS,
            NONE,
            rebind(Receiver.CLASS, line=3, binds_first=True),
            rebind(Receiver.CLASS, line=4),
        ),
        "worked-out-once 3, reports",
    ),
    "another module writes, its own as well": (
        "HMS207",
        module(NONE, rebind(Receiver.NAME, "app.chat.f", line=3), by_module(line=4)),
        "own-module 3, reports",
    ),
    "a session is stored": ("HMS402", module(DICT, by_name(value=SESSION)), "reports"),
    "a container, though nobody writes it": ("HMS290", module(LIST), "reports"),
    "a default that nobody writes": ("HMS304", default(LIST), "reports"),
    "a default that is written by another name": ("HMS304", default(LIST, by_name()), "reports"),
    "a name that promises state": ("HMS215", module_cell("app.chat.CACHE", DICT), "reports"),
}

NONE_OF_ITS_BUSINESS: dict[str, tuple[str, Cell, str]] = {
    "a module cell": ("HMS101", module(LIST, by_name()), "no opinion"),
    "a class cell": ("HMS290", class_cell(CLASS, LIST), "no opinion"),
    "a class cell, and the rule forgives writes": (
        "HMS203",
        class_cell(CLASS, LIST, by_self()),
        "no opinion",
    ),
    "a default": ("HMS304", module(LIST), "no opinion"),
    "a cell at all": ("HMS306", class_cell(CLASS, LIST, by_self()), "no opinion"),
}

TABLE = SILENT | SPOKEN | NONE_OF_ITS_BUSINESS


@pytest.mark.parametrize(("code", "seen", "expected"), TABLE.values(), ids=TABLE.keys())
def test_what_a_rule_makes_of_a_cell(code: str, seen: Cell, expected: str) -> None:
    linked = project(seen, tests=["tests.test_chat"])

    opinion = opinion_on(RULES[code], seen, linked, Config())

    assert told(opinion) == expected
    assert (code in {each.code for each in found(RULES[code], linked)}) == ("reports" in expected)


def found(rule: Rule, linked: Project, options: Config = DEFAULTS) -> list[Any]:
    assert rule.check is not None
    return list(rule.check(linked, options))


def test_an_object_whose_class_is_under_the_contract() -> None:
    seen = module_cell(MODULE, instance("app.chat.Chat"))
    linked = project(seen, class_info("app.chat.Chat"))
    options = Config(stateless={"app.*": ()})

    opinion = opinion_on(RULES["HMS290"], seen, linked, options)

    assert told(opinion) == "object-under-contract"
    assert told(opinion_on(RULES["HMS290"], seen, linked, Config())) == "reports"


def test_tables_name_rules_that_there_are() -> None:
    assert set(FAMILIES) == set(CellKind)
    listed = {*ONE_OF_FAMILY, *(code for codes in ENTRY_RULES.values() for code in codes)}
    assert listed <= set(RULES)
    assert {code for codes in ENTRY_RULES.values() for code in codes} >= NAME_RULES


def test_a_rule_on_writes_of_one_family_has_an_opinion() -> None:
    """A new rule that shares the writes of a cell with others is in the table of families."""
    sharing = {
        rule.code
        for rule in ALL_RULES
        if rule.check is not None and {"owned_by", "reported_by"} & set(rule.check.__globals__)
    }

    assert sharing == ONE_OF_FAMILY


def linked(case: Path, folder: Path) -> Project:
    """The project of a case, copied so that it stands alone."""
    if case.is_dir():
        copytree(case, folder, dirs_exist_ok=True)
    else:
        # A module cannot have a name that begins with digits.
        copy(case, folder / case.name[3:])
    selection = select((folder,), DEFAULTS, folder, None)
    return link(load(selection, DEFAULTS, folder).modules, shipped_knowledge())


def is_grouped(code: str, seen: Cell, everything: list[Any]) -> bool:
    """Whether one finding speaks for several attributes that a function replaces, this too."""
    return code == "HMS103" and any(
        each.symbol.rpartition(".")[0] == seen.owner and "other attributes" in each.message
        for each in everything
    )


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name} {path.name}")
def test_opinions_are_what_the_checks_report(case: Path, tmp_path: Path) -> None:
    """On every cell of every fixture, and as code that is declared stateless too."""
    project = linked(case, tmp_path)
    for config in (DEFAULTS, Config(strict=True)):
        for rule in ALL_RULES:
            findings = found(rule, project, config) if rule.check else []
            symbols = {each.symbol for each in findings}
            for seen in project.cells:
                opinion = opinion_on(rule, seen, project, config)
                if opinion is not None:
                    reported = seen.symbol in symbols or is_grouped(rule.code, seen, findings)
                    assert opinion.reports == reported, (rule.code, seen.symbol, told(opinion))
                    assert opinion.reports or opinion.left_to or opinion.silences, seen.symbol
