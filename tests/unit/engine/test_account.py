"""Why a cell is reported or not, from the sources to the answer."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pystatelint.api import analyse, explain
from pystatelint.config.schema import Config
from pystatelint.model.explanation import CellAccount, Outcome, RuleAccount
from pystatelint.model.finding import Finding

Project = Callable[[Mapping[str, str]], Path]

SHARED = """\
class Chat:
    history = []{comment}

    def send(self, text):
        self.history.append(text)
"""

GROUPED = """\
class Chat:
    a = 1
    b = 2
    c = 3
    d = 4

    def swap(self, value):
        Chat.a = value
        Chat.b = value
        Chat.c = value
        Chat.d = value
"""

BLOCKED = """\
import lib

TABLE = []
OTHER = []
LOST = {}


def give(thing):
    thing.OTHER.append(1)
    return lib.keep(LOST)
"""


def the_cell(folder: Path, symbol: str, **options: Any) -> CellAccount:
    (cell,) = explain(symbol, ["."], Config(**options), cwd=folder).cells
    return cell


def told(cell: CellAccount) -> dict[str, str]:
    """Code -> outcome, and why."""
    return {each.code: " ".join((each.outcome.value, *reasons(each))) for each in cell.rules}


def reasons(rule: RuleAccount) -> list[str]:
    said = [rule.left_to] if rule.left_to else []
    said += [each.exemption for each in rule.silences]
    return said + [each.hidden for each in rule.findings if each.hidden]


@pytest.fixture
def shared(project: Project) -> Path:
    return project({"chat.py": SHARED.format(comment="")})


def test_one_rule_reports_and_the_others_say_why_they_do_not(shared: Path) -> None:
    assert told(the_cell(shared, "Chat.history")) == {
        "HMS101": "reported",
        "HMS102": "left HMS101",
        "HMS103": "left HMS101",
        "HMS105": "left HMS101",
        "HMS110": "left HMS101",
        "HMS111": "left HMS101",
        "HMS202": "left HMS101",
        "HMS204": "left HMS101",
        "HMS213": "left HMS101",
        "HMS112": "silent plain-name",
        "HMS190": "hidden it is not in the default set",
        "HMS402": "silent no-session",
    }


def test_everything_that_is_known_of_the_cell(shared: Path) -> None:
    cell = the_cell(shared, "Chat.history")

    assert (cell.symbol, cell.kind, cell.path, cell.span.line, cell.bound) == (
        "chat.Chat.history",
        "class",
        "chat.py",
        2,
        True,
    )
    assert (cell.value, cell.mutable, cell.declared, cell.verdict) == ("list", True, (), "runtime")
    (write,) = cell.writes
    assert (write.path, write.span.line, write.text) == ("chat.py", 5, "self.history.append()")
    assert (write.function, write.action, write.receiver) == ("chat.Chat.send", "method", "self")
    assert (write.phases, write.inner, write.guarded) == (("run",), "", ())
    assert (write.from_parameter, write.reached_from) == (True, None)


def test_the_finding_is_that_of_check(shared: Path) -> None:
    (rule,) = (each for each in the_cell(shared, "Chat.history").rules if each.code == "HMS101")
    (judged,) = rule.findings
    (printed,) = analyse(["."], cwd=shared).findings

    assert without_fingerprint(judged.finding) == without_fingerprint(printed)
    assert (judged.hidden, judged.fails) == ("", True)


def without_fingerprint(finding: Finding) -> Finding:
    return msgspec.structs.replace(finding, fingerprint="")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        pytest.param({}, "", id="nothing hides it"),
        pytest.param({"ignore": ("HMS101",)}, "ignore names it", id="ignored"),
        pytest.param({"select": ("HMS2",)}, "select names other rules", id="not selected"),
        pytest.param({"select": ("HMS1",)}, "", id="selected"),
        pytest.param(
            {"per_file_ignores": {"chat.py": ("HMS1",)}},
            "per-file-ignores names it for chat.py",
            id="ignored in this file",
        ),
        pytest.param(
            {"per_file_ignores": {"mail.py": ("HMS1",)}}, "", id="ignored in another file"
        ),
        pytest.param(
            {"ignore": ("HMS101",), "per_file_ignores": {"chat.py": ("HMS1",)}},
            "ignore names it",
            id="ignored everywhere, and once more here",
        ),
    ],
)
def test_what_the_configuration_hides(shared: Path, options: dict[str, Any], why: str) -> None:
    (rule,) = (e for e in the_cell(shared, "Chat.history", **options).rules if e.code == "HMS101")

    assert rule.findings[0].hidden == why
    assert rule.outcome is (Outcome.HIDDEN if why else Outcome.REPORTED)
    assert (analyse(["."], Config(**options), cwd=shared).findings == ()) == bool(why)


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        pytest.param("  # noqa: HMS101", "the comment at chat.py:2 silences it", id="noqa"),
        pytest.param(
            "  # statelint: ignore[HMS101] -- once",
            "the comment at chat.py:2 silences it",
            id="ours",
        ),
        pytest.param("  # noqa: HMS102", "", id="another code"),
        pytest.param("  # noqa: E501", "", id="another tool's code"),
    ],
)
def test_what_a_comment_hides(project: Project, comment: str, why: str) -> None:
    folder = project({"chat.py": SHARED.format(comment=comment)})
    (rule,) = (each for each in the_cell(folder, "history").rules if each.code == "HMS101")

    assert rule.findings[0].hidden == why


def test_confidence_below_the_threshold_hides(project: Project) -> None:
    source = "import lib\n\nthing = lib.make()\n\n\ndef f(x):\n    thing.a = x\n"
    folder = project({"m.py": source})

    usual = told(the_cell(folder, "m.thing"))
    eager = told(the_cell(folder, "m.thing", min_confidence="low"))

    assert usual["HMS214"] == "hidden its confidence is low, and min-confidence higher"
    assert eager["HMS214"] == "reported"


def test_the_ledger_is_an_echo_where_another_rule_says_more(shared: Path) -> None:
    options = {"extend_select": ("HMS190",)}

    assert told(the_cell(shared, "Chat.history", **options))["HMS190"] == (
        "hidden another finding on the cell says more"
    )


def test_a_finding_below_fail_on_is_printed_and_does_not_fail(project: Project) -> None:
    source = "cache = {}\n\n\ndef f(key):\n    cache[key] = 1\n"
    folder = project({"m.py": source})

    def fails(**options: Any) -> list[tuple[bool, bool]]:
        rules = the_cell(folder, "m.cache", **options).rules
        found = [each for rule in rules if rule.code == "HMS201" for each in rule.findings]
        return [(each.hidden == "", each.fails) for each in found]

    assert fails() == [(True, True)]
    assert fails(fail_on="error") == [(True, False)]


def test_one_finding_may_speak_for_several_cells(project: Project) -> None:
    folder = project({"m.py": GROUPED})

    outcomes = [told(the_cell(folder, f"Chat.{name}"))["HMS103"] for name in "abcd"]

    assert outcomes == ["reported", "grouped", "grouped", "grouped"]


@pytest.mark.parametrize(
    ("symbol", "verdict", "escapes", "vetoes"),
    [
        pytest.param("TABLE", "const", [], [], id="nothing"),
        pytest.param("OTHER", "const-veto", [], [9], id="an unresolved write of its name"),
        pytest.param("LOST", "const-escapes", [10], [], id="unknown code gets it"),
    ],
)
def test_what_blocks_a_proof(
    project: Project, symbol: str, verdict: str, escapes: list[int], vetoes: list[int]
) -> None:
    cell = the_cell(project({"m.py": BLOCKED}), symbol)

    assert cell.verdict == verdict
    assert [step.span.line for step in cell.escapes] == escapes
    assert [step.span.line for step in cell.vetoes] == vetoes
    assert told(cell)["HMS201"] == "silent never-written"


def test_other_findings_on_the_line_are_told_beside(project: Project) -> None:
    source = """\
        from functools import lru_cache


        class Chat:
            history = []

            @lru_cache(maxsize=None)
            def send(self, text, seen=[]):
                self.history.append(text)
        """
    folder = project({"chat.py": source})

    def others(line: int, **options: Any) -> list[str]:
        answer = explain(f"chat.py:{line}", ["."], Config(**options), cwd=folder)
        return [each.finding.code for each in answer.others]

    assert others(7, select=("HMS306",)) == ["HMS306"]
    assert others(7) == []
    assert others(5) == []


def test_a_rule_that_fails_is_told_beside_what_the_others_say(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("no")

    monkeypatch.setattr("pystatelint.rules.classes.sibling_leak.reported_by", broken, raising=False)
    monkeypatch.setattr("pystatelint.rules.classes.sibling_leak.owned_by", broken, raising=False)

    answer = explain("Chat.history", ["."], cwd=shared)

    assert [error.path for error in answer.errors] == ["chat.py"]
    assert told(answer.cells[0])["HMS101"] == "reported"
