"""JSON and JSON lines, and the schemas that we publish for them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from pystatelint.model.ledger_diff import LedgerDiff
from pystatelint.model.report import Report
from pystatelint.report import RenderOptions, render, render_ledger, render_ledger_diff
from pystatelint.report.ledger_record import as_published, ledger_rows
from pystatelint.report.schema import findings_schema, ledger_diff_schema, ledger_schema

Reported = Callable[..., Report]

OPTIONS = RenderOptions()
SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


def schema(name: str) -> Any:
    """Return a committed schema, checked to be one."""
    loaded = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(loaded)
    return loaded


def test_json_holds_everything_that_is_known(report: Report):
    first, second = json.loads(render(report, "json", OPTIONS))
    assert first == {
        "code": "HMS101",
        "name": "instance-mutated-class-container",
        "message": "ChatService._cache is one dict for all instances; "
        "ChatService.send writes to it.",
        "severity": "error",
        "confidence": "high",
        "path": "app/chat.py",
        "line": 2,
        "column": 5,
        "end_line": 2,
        "end_column": 32,
        "symbol": "app.chat.ChatService._cache",
        "trail": [
            {"kind": "cell", "path": "app/chat.py", "line": 2, "column": 5, "text": "defined here"},
            {
                "kind": "write",
                "path": "app/chat.py",
                "line": 6,
                "column": 9,
                "text": "written here, at run time, in ChatService.send",
            },
            {
                "kind": "reach",
                "path": "app/routes.py",
                "line": 2,
                "column": 18,
                "text": "reached from the handler chat",
            },
        ],
        "remedy": "bind it per instance: `self._cache = {}` in `__init__`",
        "fingerprint": "5f0c1e",
    }
    assert (second["code"], second["trail"], second["remedy"]) == ("HMS102", [], "")


def test_json_lines_hold_the_same_objects(report: Report):
    lines = render(report, "jsonl", OPTIONS).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(render(report, "json", OPTIONS))


def test_json_lines_break_nowhere_else(reported: Reported):
    message = "a\nb\u2028c\u2029d\x85e\x0cf"
    shown = render(reported(message=message), "jsonl", OPTIONS)
    assert [json.loads(line)["message"] for line in shown.splitlines()] == [message]


@pytest.mark.parametrize("output_format", ["json", "jsonl"])
def test_undecodable_names_are_spelt_out(reported: Reported, output_format: str):
    shown = render(reported(path="caf\udce9.py"), output_format, OPTIONS)
    assert r"caf\\udce9.py" in shown.encode("utf-8").decode("utf-8")


def test_json_of_nothing_is_an_empty_array(clean: Report):
    assert render(clean, "json", OPTIONS) == "[]\n"


@pytest.mark.parametrize(
    ("name", "generate"),
    [
        ("findings", findings_schema),
        ("ledger", ledger_schema),
        ("ledger_diff", ledger_diff_schema),
    ],
)
def test_the_committed_schema_is_that_of_the_records(name: str, generate: Callable[[], str]):
    committed = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    again = f"from pystatelint.report.schema import *; print({name}_schema(), end='')"
    assert committed == generate(), f'renew it with the output of python -c "{again}"'


def test_findings_fit_their_schema(report: Report, reported: Reported):
    Draft202012Validator(schema("findings")).validate(json.loads(render(report, "json", OPTIONS)))
    odd = reported(path="a\udce9", message="表\x00\u202e", symbol="")
    Draft202012Validator(schema("findings")).validate(json.loads(render(odd, "json", OPTIONS)))


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param({"severity": "fatal"}, id="unknown severity"),
        pytest.param({"line": 0}, id="lines begin at one"),
        pytest.param({"column": 0}, id="columns begin at one"),
        pytest.param({"trail": [{"kind": "cell"}]}, id="half a step"),
        pytest.param({"message": None}, id="no message"),
    ],
)
def test_the_schema_refuses_what_we_never_print(report: Report, damage: dict[str, object]):
    findings = json.loads(render(report, "json", OPTIONS))
    findings[0].update(damage)
    with pytest.raises(ValidationError):
        Draft202012Validator(schema("findings")).validate(findings)


def test_the_schema_wants_every_key(report: Report):
    complete = json.loads(render(report, "json", OPTIONS))[0]
    validator = Draft202012Validator(schema("findings"))
    for key in complete:
        assert not validator.is_valid([{k: v for k, v in complete.items() if k != key}]), key


def test_the_ledger_fits_its_schema(ledger: Report):
    cells = json.loads(render_ledger(ledger.ledger, "json"))
    Draft202012Validator(schema("ledger")).validate(cells)
    assert cells[0] == {
        "symbol": "app.chat.ChatService._cache",
        "module": "app.chat",
        "kind": "class",
        "path": "app/chat.py",
        "line": 2,
        "value": "dict",
        "mutable": True,
        "verdict": "runtime",
        "run_writes": 2,
        "import_writes": 1,
        "other_writes": 1,
        "writers": ["app.chat.ChatService.send"],
    }
    assert [cell["symbol"] for cell in cells[1:]] == ["app.表", "app.LIMIT"]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param({"line": 0}, id="lines begin at one"),
        pytest.param({"run_writes": -1}, id="numbers are not negative"),
        pytest.param({"writers": "app.f"}, id="no list"),
        pytest.param({"verdict": None}, id="no verdict"),
    ],
)
def test_the_schema_of_the_ledger_refuses_what_we_never_print(
    ledger: Report, damage: dict[str, object]
):
    cells = json.loads(render_ledger(ledger.ledger, "json"))
    cells[0].update(damage)
    with pytest.raises(ValidationError):
        Draft202012Validator(schema("ledger")).validate(cells)


def test_the_ledger_is_read_as_it_was_written(ledger: Report):
    data = render_ledger(ledger.ledger, "json").encode()
    assert ledger_rows(data) == ledger.ledger == as_published(ledger.ledger)


def test_a_difference_fits_its_schema(diff: LedgerDiff):
    told = json.loads(render_ledger_diff(diff, "json"))
    Draft202012Validator(schema("ledger_diff")).validate(told)
    assert {part: len(changes) for part, changes in told.items()} == {
        "new": 2,
        "gone": 1,
        "newly_written": 1,
        "no_longer_written": 1,
        "other_verdict": 1,
    }
    (change,) = told["newly_written"]
    assert (change["before"]["run_writes"], change["after"]["run_writes"]) == (0, 2)
