"""SARIF: valid for OASIS, useful for code scanning."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from jsonschema import Draft7Validator

from pystatelint.model.finding import Confidence, Severity, Step, StepKind
from pystatelint.model.report import Report
from pystatelint.model.rule import Rule
from pystatelint.model.span import Span
from pystatelint.report import RenderOptions, render

Reported = Callable[..., Report]


def run_of(report: Report, **options: Any) -> Any:
    """Return the only run of the rendered log."""
    log = json.loads(render(report, "sarif", RenderOptions(**options)))
    (run,) = log["runs"]
    return run


def uri_of(location: dict[str, Any]) -> str:
    return location["physicalLocation"]["artifactLocation"]["uri"]


def region_of(location: dict[str, Any]) -> dict[str, int]:
    return location["physicalLocation"]["region"]


@pytest.mark.parametrize("cwd", ["", "/home/me/my project"])
@pytest.mark.parametrize("name", ["report", "broken", "clean", "odd"])
def test_output_fits_the_oasis_schema(
    name: str,
    cwd: str,
    request: pytest.FixtureRequest,
    rules: tuple[Rule, ...],
    sarif_schema: dict[str, Any],
):
    log = render(request.getfixturevalue(name), "sarif", RenderOptions(rules=rules, cwd=cwd))
    Draft7Validator(sarif_schema).validate(json.loads(log))


@pytest.fixture
def odd(reported: Reported) -> Report:
    return reported(path="/a\udce9/ü%.py", message="\ud800\x00[x](1)", symbol="", remedy="{0}")


def test_the_oasis_schema_does_refuse_wrong_logs(report: Report, sarif_schema: dict[str, Any]):
    log = json.loads(render(report, "sarif", RenderOptions()))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not Draft7Validator(sarif_schema).is_valid(log)


def test_a_result_says_what_and_where(report: Report, rules: tuple[Rule, ...]):
    result = run_of(report, rules=rules)["results"][0]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("HMS101", 1, "error")
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "app/chat.py", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 32},
            },
            "logicalLocations": [{"fullyQualifiedName": "app.chat.ChatService._cache"}],
        }
    ]
    assert result["partialFingerprints"] == {"primaryLocationLineHash": "5f0c1e"}
    assert result["properties"]["confidence"] == "high"


def test_the_message_links_to_the_evidence(report: Report):
    result = run_of(report)["results"][0]
    assert result["message"]["text"].splitlines() == [
        "ChatService._cache is one dict for all instances; ChatService.send writes to it.",
        (
            "Evidence: [defined here](1), [written here, at run time, in ChatService.send](2), "
            "[reached from the handler chat](3)."
        ),
        "Help: bind it per instance: `self._cache = {}` in `__init__`",
    ]
    related = result["relatedLocations"]
    assert [(place["id"], uri_of(place), region_of(place)["startLine"]) for place in related] == [
        (1, "app/chat.py", 2),
        (2, "app/chat.py", 6),
        (3, "app/routes.py", 2),
    ]
    assert related[2]["message"] == {"text": "reached from the handler chat"}


def test_the_cure_is_told_once(report: Report):
    finding = report.findings[0]
    cure = Step(kind=StepKind.FIX, text="bind it", path="app/chat.py", span=finding.span)
    told = msgspec.structs.replace(finding, trail=(*finding.trail, cure), remedy="bind it")
    result = run_of(msgspec.structs.replace(report, findings=(told,)))["results"][0]
    assert result["message"]["text"].count("bind it") == 1
    assert len(result["relatedLocations"]) == len(told.trail)


def test_the_evidence_is_a_path_to_walk(report: Report):
    results = run_of(report)["results"]
    (flow,) = results[0]["codeFlows"]
    (thread,) = flow["threadFlows"]
    walked = thread["locations"]
    assert [(step["kinds"], step["executionOrder"]) for step in walked] == [
        (["cell"], 1),
        (["write"], 2),
        (["reach"], 3),
    ]
    assert walked[1]["location"]["message"]["text"].startswith("written here")
    assert region_of(walked[1]["location"])["endColumn"] == 61
    assert not {"codeFlows", "relatedLocations", "partialFingerprints"} & set(results[1])


@pytest.mark.parametrize(
    ("text", "step", "linked"),
    [
        pytest.param(
            "m", "in handlers[name]", "[in handlers\\[name\\]](1)", id="brackets in a link"
        ),
        pytest.param("m", "C:\\x", "[C:\\\\x](1)", id="backslash in a link"),
        pytest.param("calls handlers[k](1)", "s", "calls handlers[k] (1)", id="code is no link"),
        pytest.param("a `dict[str, int]`", "s", "a `dict[str, int]`", id="brackets in prose stay"),
    ],
)
def test_only_links_look_like_links(reported: Reported, text: str, step: str, linked: str):
    trail = (Step(StepKind.WRITE, "a.py", Span(1, 0, 1, 1), step),)
    (result,) = run_of(reported(message=text, trail=trail))["results"]
    assert linked in result["message"]["text"]


@pytest.mark.parametrize(
    ("path", "uri", "base"),
    [
        pytest.param("src/a.py", "src/a.py", "%SRCROOT%", id="plain"),
        pytest.param("my src/a#1?.py", "my%20src/a%231%3F.py", "%SRCROOT%", id="reserved"),
        pytest.param("100%.py", "100%25.py", "%SRCROOT%", id="percent"),
        pytest.param("a:b.py", "a%3Ab.py", "%SRCROOT%", id="colon is no scheme"),
        pytest.param("é/表.py", "%C3%A9/%E8%A1%A8.py", "%SRCROOT%", id="UTF-8"),
        pytest.param("caf\udce9.py", "caf%E9.py", "%SRCROOT%", id="undecodable byte"),
        pytest.param("../lib/a.py", "../lib/a.py", "%SRCROOT%", id="above the root"),
        pytest.param("/opt/a b.py", "file:///opt/a%20b.py", None, id="absolute"),
        pytest.param("C:/x y/a.py", "file:///C:/x%20y/a.py", None, id="drive"),
    ],
)
def test_paths_become_uris(reported: Reported, path: str, uri: str, base: str | None):
    (result,) = run_of(reported(path=path))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert (artifact["uri"], artifact.get("uriBaseId")) == (uri, base)


@pytest.mark.parametrize(
    ("cwd", "uri"),
    [
        pytest.param("", None, id="unknown"),
        pytest.param("/home/me/my project", "file:///home/me/my%20project/", id="posix"),
        pytest.param("C:\\Users\\me", "file:///C:/Users/me/", id="windows"),
        pytest.param("/", "file:///", id="top"),
    ],
)
def test_the_root_is_the_working_directory(clean: Report, cwd: str, uri: str | None):
    base = run_of(clean, cwd=cwd)["originalUriBaseIds"]["%SRCROOT%"]
    assert base.get("uri") == uri
    assert base["description"] == {"text": "The folder that statelint ran in."}


def test_columns_count_code_points(reported: Reported):
    # A span behind an emoji: one code point, though two UTF-16 units.
    run = run_of(reported(span=Span(1, 4, 1, 6)))
    assert run["columnKind"] == "unicodeCodePoints"
    assert region_of(run["results"][0]["locations"][0])["startColumn"] == 5


def test_the_driver_describes_every_rule(clean: Report, rules: tuple[Rule, ...]):
    driver = run_of(clean, rules=rules, version="1.2.3")["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("statelint", "1.2.3")
    bare, full, short = driver["rules"]
    assert full == {
        "id": "HMS101",
        "name": "instance-mutated-class-container",
        "shortDescription": {"text": "Containers in a class body that instances write to."},
        "fullDescription": {"text": "A mutable class attribute written through `self`."},
        "help": {"text": rules[1].doc, "markdown": rules[1].doc},
        "defaultConfiguration": {"enabled": True, "level": "error"},
        "properties": {
            "precision": "high",
            "problem.severity": "error",
            "tags": ["mutable-state", "class-state"],
        },
    }
    assert bare["shortDescription"] == bare["fullDescription"] == {"text": "unused-suppression"}
    assert short["fullDescription"] == {"text": "One line only."}
    assert short["defaultConfiguration"] == {"enabled": False, "level": "note"}
    assert short["properties"]["precision"] == "low"
    assert short["properties"]["problem.severity"] == "recommendation"


@pytest.mark.parametrize(
    "doc",
    [
        pytest.param("Sum.\n\n## What it finds\n\nThe\nbad.\n\n## Fix\n\nx", id="among others"),
        pytest.param("Sum.\n\n## What it finds\n\nThe bad.\n", id="the only one"),
    ],
)
def test_the_full_description_is_what_the_rule_finds(clean: Report, doc: str):
    rule = Rule(code="HMS101", name="n", severity=Severity.ERROR, doc=doc)
    (described,) = run_of(clean, rules=(rule,))["tool"]["driver"]["rules"]
    assert described["shortDescription"]["text"] == "Sum."
    assert described["fullDescription"]["text"] == "The bad."


def test_the_limits_of_code_scanning_are_kept(reported: Reported, clean: Report):
    step = Step(StepKind.WRITE, "a.py", Span(1, 0, 1, 1), "again")
    (result,) = run_of(reported(trail=(step,) * 1500))["results"]
    assert len(result["relatedLocations"]) + len(result["locations"]) == 1000
    assert len(result["codeFlows"][0]["threadFlows"][0]["locations"]) == 999
    assert result["message"]["text"].count("](") == 999

    doc = "word " * 400 + "\n\n## What it finds\n\n" + "much " * 400
    rule = Rule(code="HMS101", name="n" * 300, severity=Severity.ERROR, doc=doc)
    (described,) = run_of(clean, rules=(rule,))["tool"]["driver"]["rules"]
    assert described["fullDescription"]["text"].endswith("much...")
    for text in (described["shortDescription"]["text"], described["fullDescription"]["text"]):
        assert 1000 < len(text) <= 1024
    assert len(described["name"]) <= 255


def test_too_many_results_are_cut_and_said_to_be(report: Report):
    small = msgspec.structs.replace(report.findings[1], message="m")
    run = run_of(Report(findings=(small,) * 25_003, files=1))
    assert len(run["results"]) == 25_000
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "warning"
    assert notification["message"]["text"].startswith("3 findings are left out")


def test_the_invocation_tells_failures(report: Report, broken: Report):
    assert run_of(report)["invocations"] == [{"executionSuccessful": True}]
    (invocation,) = run_of(broken)["invocations"]
    assert invocation["executionSuccessful"] is False
    rule, store = invocation["toolExecutionNotifications"]
    assert rule["level"] == "error"
    assert rule["message"]["text"] == "rule failure: HMS105 failed: KeyError('x'); report it"
    assert uri_of(rule["locations"][0]) == "app/x.py"
    assert "locations" not in store


def test_a_rule_that_the_driver_does_not_know_has_no_index(
    reported: Reported, rules: tuple[Rule, ...]
):
    (result,) = run_of(reported(code="XYZ1", confidence=Confidence.LOW), rules=rules)["results"]
    assert result["ruleId"] == "XYZ1"
    assert "ruleIndex" not in result


def test_the_category_leaves_the_name_of_the_run_open(clean: Report):
    assert run_of(clean)["automationDetails"] == {"id": "statelint/"}
