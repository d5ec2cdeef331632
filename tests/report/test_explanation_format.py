"""Why a cell is reported, or not: for people, and as JSON with its schema."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError

from pystatelint.link.records import Verdict
from pystatelint.model.explanation import (
    CellAccount,
    Explanation,
    JudgedFinding,
    Outcome,
    RuleAccount,
    Silence,
    WriteAccount,
)
from pystatelint.model.finding import Finding, Step, StepKind
from pystatelint.model.report import Report
from pystatelint.model.span import Span
from pystatelint.report import RenderOptions, explanation_json, explanation_text
from pystatelint.report.meaning import MEANINGS
from pystatelint.report.schema import explanation_schema

ReadLines = Callable[[str], tuple[str, ...]]

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "explanation.schema.json"
CHAT = "app/chat.py"
LEFT = ("HMS102", "class-state-written-at-run-time"), ("HMS103", "class-write-from-instance")

WRITE = WriteAccount(
    path=CHAT,
    span=Span(6, 8, 6, 25),
    text="self._cache[...] = ...",
    function="app.chat.ChatService.send",
    action="item",
    receiver="self",
    phases=("import", "run"),
    inner=".opts[]",
    aliases=(Step(StepKind.ALIAS, CHAT, Span(6, 8, 6, 25), "held by the local name rows"),),
    guarded=("app.LOCK",),
    from_parameter=True,
    reached_from=Step(
        StepKind.REACH, "app/routes.py", Span(1, 0, 1, 14), "reached from app.chat, a handler"
    ),
    because=(
        (
            "import",
            Step(StepKind.REACH, CHAT, Span(1, 0, 9, 0), "app, a module: app → ChatService.send"),
        ),
    ),
)
IN_TEST = WriteAccount(
    path="tests/test_chat.py",
    span=Span(3, 0, 3, 9),
    text="ChatService._cache = {}",
    function="tests.test_chat.test_send",
    action="rebind",
    receiver="class",
    phases=("test",),
    inner="",
    aliases=(),
    guarded=(),
    from_parameter=False,
    reached_from=None,
)


def placed(write: WriteAccount) -> Step:
    return Step(StepKind.WRITE, write.path, write.span, write.text)


@pytest.fixture
def told(report: Report) -> Explanation:
    """The answer about the sample's cache."""
    found, other = report.findings
    return Explanation(note="", cells=(account(found),), others=(JudgedFinding(other, "", True),))


def account(found: Finding) -> CellAccount:
    return CellAccount(
        symbol=found.symbol,
        kind="class",
        path=CHAT,
        span=Span(2, 4, 2, 10),
        bound=True,
        value="dict",
        mutable=True,
        declared=("Final", "ClassVar"),
        verdict="runtime",
        writes=(WRITE, IN_TEST),
        escapes=(Step(StepKind.ESCAPE, CHAT, Span(7, 15, 7, 26), "returned"),),
        vetoes=(Step(StepKind.ESCAPE, "app/x.py", Span(9, 0, 9, 5), "x._cache is written"),),
        shadows=(Step(StepKind.CELL, "app/y.py", Span(4, 0, 4, 5), "an instance gets its own"),),
        rules=(
            RuleAccount(
                code=found.code,
                name=found.name,
                outcome=Outcome.REPORTED,
                silences=(Silence("test-code", "only a test does it", (placed(IN_TEST),)),),
                findings=(JudgedFinding(found, "", True),),
            ),
            *(
                RuleAccount(code=code, name=name, outcome=Outcome.LEFT, left_to="HMS101")
                for code, name in LEFT
            ),
            RuleAccount(
                code="HMS190",
                name="class-cell-ledger",
                outcome=Outcome.HIDDEN,
                findings=(JudgedFinding(found, "the comment at app/chat.py:2 silences it", False),),
            ),
            RuleAccount(
                code="HMS402",
                name="session-kept-by-process-object",
                outcome=Outcome.SILENT,
                silences=(
                    Silence(
                        "no-session", "it stores no live session", (placed(WRITE), placed(IN_TEST))
                    ),
                ),
            ),
        ),
    )


def test_everything_is_told_with_its_source(told: Explanation, read_lines: ReadLines) -> None:
    assert explanation_text(told, RenderOptions(width=80, read_lines=read_lines)) == dedent(
        """\
        app.chat.ChatService._cache
          class cell, declared Final and ClassVar, holds dict, which can change; bound
          at app/chat.py:2

          1 | class ChatService:
          2 |     _cache: dict[str, str] = {}
            |     ^^^^^^
          3 |     limit = 10

        verdict runtime: written after import, at run time or while the process starts

        written in 2 places:
          1. import, run: app.chat.ChatService.send, item through self to .opts[] below
             it (app/chat.py:6)
             | self._cache[user] = await self.client.complete(text)
             held by the local name rows (app/chat.py:6)
             under app.LOCK
             the key or value comes from a caller
             reached from app.chat, a handler (app/routes.py:1)
             why import: app, a module: app → ChatService.send (app/chat.py:1)
          2. test: tests.test_chat.test_send, rebind through class
             (tests/test_chat.py:3)

        out of sight:
          - returned (app/chat.py:7)

        unresolved writes may be to it:
          - x._cache is written (app/x.py:9)

        instances have an attribute of this name of their own:
          - an instance gets its own (app/y.py:4)

        rules:
          HMS101 reported as error with high confidence (app/chat.py:2)
          HMS190 found, yet not printed: the comment at app/chat.py:2 silences it
          HMS101 not counted: only a test does it [test-code] (tests/test_chat.py:3)
          HMS102, HMS103 silent: HMS101 has it to report
          HMS402 silent: it stores no live session [no-session]

        also reported for this line:
          HMS102 ChatService.limit changes.
        """
    )


def changed(told: Explanation, **fields: Any) -> Explanation:
    cell = msgspec.structs.replace(told.cells[0], **fields)
    return msgspec.structs.replace(told, cells=(cell,), others=())


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        pytest.param({"writes": ()}, "written nowhere in sight", id="no write"),
        pytest.param(
            {"bound": False, "declared": (), "mutable": None},
            "class cell, holds dict; made by the write at app/chat.py:2",
            id="no binding, and nothing known of the value",
        ),
        pytest.param(
            {"mutable": False, "declared": ("Final",)},
            "class cell, declared Final, holds dict, which cannot change; bound at app/chat.py:2",
            id="immutable",
        ),
        pytest.param(
            {"writes": (msgspec.structs.replace(WRITE, phases=()),)},
            "1. never called: app.chat.ChatService.send, item through self to .opts[] below it",
            id="nobody calls the writer",
        ),
        pytest.param(
            {
                "rules": (
                    RuleAccount(code="HMS103", name="n", outcome=Outcome.GROUPED, silences=()),
                )
            },
            "HMS103 reported in one finding with another attribute of the class",
            id="grouped",
        ),
        pytest.param(
            {
                "writes": (IN_TEST,) * 9,
                "rules": (
                    RuleAccount(
                        code="HMS103",
                        name="n",
                        outcome=Outcome.SILENT,
                        silences=(Silence("a", "b", (placed(IN_TEST),) * 5),),
                    ),
                ),
            },
            "tests/test_chat.py:3, 2 more)",
            id="not all of many places",
        ),
    ],
)
def test_what_may_be_different(told: Explanation, fields: dict[str, Any], line: str) -> None:
    assert line in explanation_text(changed(told, **fields), RenderOptions())


def test_a_finding_that_does_not_fail_says_so(told: Explanation) -> None:
    first = told.cells[0].rules[0]
    mild = msgspec.structs.replace(first.findings[0], fails=False)
    rules = (msgspec.structs.replace(first, findings=(mild,)),)

    assert "with high confidence, milder than fail-on (" in explanation_text(
        changed(told, rules=rules), RenderOptions()
    )


def test_the_note_comes_first(told: Explanation) -> None:
    noted = msgspec.structs.replace(told, note="no cell on line 3")

    assert explanation_text(noted, RenderOptions()).startswith("no cell on line 3\n\napp.chat.")


def test_many_codes_stand_above_what_they_share(told: Explanation) -> None:
    rules = tuple(
        RuleAccount(code=f"HMS10{n}", name="n", outcome=Outcome.LEFT, left_to="HMS101")
        for n in range(2, 7)
    )

    shown = explanation_text(changed(told, rules=rules), RenderOptions())

    assert "  HMS102, HMS103, HMS104, HMS105, HMS106\n    silent: HMS101 has it to rep" in shown


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_lines_fit_the_terminal(told: Explanation, columns: int) -> None:
    shown = explanation_text(told, RenderOptions(width=columns))

    long = [line for line in shown.splitlines() if len(line) > columns and " " in line.strip()]
    assert [line for line in long if len(line.split()) > 2] == []


def test_colour_marks_and_adds_nothing_else(told: Explanation, read_lines: ReadLines) -> None:
    plain = explanation_text(told, RenderOptions(read_lines=read_lines))
    coloured = explanation_text(told, RenderOptions(color=True, read_lines=read_lines))

    assert "\x1b[" not in plain
    assert without_colour(coloured) == plain != coloured


def without_colour(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_nothing_steers_the_terminal(told: Explanation) -> None:
    odd = msgspec.structs.replace(WRITE, text="\x1b[0m", function="f\n", path="p\r", inner=".\x07")
    shown = explanation_text(
        changed(told, symbol="a\x1b[31m", path="\x1b]", value="\n", writes=(odd,)), RenderOptions()
    )

    assert all(character == "\n" or character.isprintable() for character in shown)


def test_every_verdict_has_a_meaning() -> None:
    assert set(MEANINGS) == {verdict.value for verdict in Verdict}


def test_json_holds_everything_that_is_known(told: Explanation) -> None:
    answer = json.loads(explanation_json(told))
    (cell,) = answer["cells"]

    assert (answer["note"], answer["others"][0]["finding"]["code"]) == ("", "HMS102")
    assert (cell["symbol"], cell["line"], cell["column"]) == ("app.chat.ChatService._cache", 2, 5)
    assert cell["meaning"] == MEANINGS["runtime"]
    assert cell["declared"] == ["Final", "ClassVar"]
    assert cell["writes"][0] == {
        "path": "app/chat.py",
        "line": 6,
        "column": 9,
        "text": "self._cache[...] = ...",
        "function": "app.chat.ChatService.send",
        "action": "item",
        "receiver": "self",
        "phases": ["import", "run"],
        "inner": ".opts[]",
        "aliases": [
            {
                "kind": "alias",
                "path": "app/chat.py",
                "line": 6,
                "column": 9,
                "text": "held by the local name rows",
            }
        ],
        "guarded": ["app.LOCK"],
        "from_parameter": True,
        "reached_from": {
            "kind": "reach",
            "path": "app/routes.py",
            "line": 1,
            "column": 1,
            "text": "reached from app.chat, a handler",
        },
        "because": [
            {
                "phase": "import",
                "way": {
                    "kind": "reach",
                    "path": "app/chat.py",
                    "line": 1,
                    "column": 1,
                    "text": "app, a module: app → ChatService.send",
                },
            }
        ],
    }
    assert cell["writes"][1]["reached_from"] is None
    first, left, _, hidden, silent = cell["rules"]
    assert (first["outcome"], first["findings"][0]["fails"]) == ("reported", True)
    assert first["silences"][0]["places"][0]["path"] == "tests/test_chat.py"
    assert (left["outcome"], left["left_to"]) == ("left", "HMS101")
    assert hidden["findings"][0]["hidden"] == "the comment at app/chat.py:2 silences it"
    assert (silent["outcome"], silent["silences"][0]["exemption"]) == ("silent", "no-session")


def schema() -> Any:
    loaded = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(loaded)
    return loaded


def test_the_committed_schema_is_that_of_the_records() -> None:
    again = "from pystatelint.report.schema import *; print(explanation_schema(), end='')"
    committed = SCHEMA.read_text(encoding="utf-8")
    assert committed == explanation_schema(), f'renew it with the output of python -c "{again}"'


def test_an_explanation_fits_its_schema(told: Explanation) -> None:
    Draft202012Validator(schema()).validate(json.loads(explanation_json(told)))
    unknown = changed(told, mutable=None, path="a\udce9", rules=(), writes=())
    Draft202012Validator(schema()).validate(json.loads(explanation_json(unknown)))


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param({"line": 0}, id="lines begin at one"),
        pytest.param({"mutable": "yes"}, id="no truth value"),
        pytest.param({"rules": [{"code": "HMS101"}]}, id="half a rule"),
        pytest.param({"verdict": None}, id="no verdict"),
    ],
)
def test_the_schema_refuses_what_we_never_print(
    told: Explanation, damage: dict[str, object]
) -> None:
    answer = json.loads(explanation_json(told))
    answer["cells"][0].update(damage)
    with pytest.raises(ValidationError):
        Draft202012Validator(schema()).validate(answer)
