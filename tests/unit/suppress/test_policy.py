"""Comments that do nothing, say too little or say nonsense are reported."""

from collections.abc import Callable

import pytest

from pystatelint.model.finding import Severity
from pystatelint.model.rule import Rule
from pystatelint.model.span import Span
from pystatelint.rules import ALL_RULES
from pystatelint.suppress.apply import Suppressed

Apply = Callable[..., Suppressed]
HIT = (1, "HMS101")


def _flaws(result: Suppressed) -> list[tuple[int, str]]:
    return [(finding.span.line, finding.code) for finding in result.policy]


RIGHT = [
    pytest.param("a  # statelint: ignore[HMS101] -- x\n", id="it silences something"),
    pytest.param("a  # noqa: HMS101\n", id="so does this"),
    pytest.param("a  # noqa\n", id="a blanket is not ours to judge"),
    pytest.param("a  # noqa: E501, ABC123, B006\n", id="nor are other tools' codes"),
    pytest.param("a  # noqa: HMS101, E501\n", id="ours among others"),
    pytest.param("a  # noqa: HMS1\n", id="beginning of a code"),
    pytest.param("a  # noqa: HMS101  # statelint: ignore[HMS101] -- x\n", id="both hit the mark"),
    pytest.param("a\nb  # noqa: HMS1\n", id="a beginning that rules out of the run share"),
    pytest.param("a\nb = '# noqa: HMS101'\n", id="a string is no comment"),
    pytest.param('"""\n# noqa : HMS101\n"""\n', id="nor is a text on comments"),
    pytest.param("# flake8: noqa\nb  # noqa: HMS201\n", id="a file that is left alone"),
    pytest.param("# statelint: disable[HMS101]\na\n# statelint: enable[HMS101]\n", id="a region"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_to_say(applied: Apply, text: str) -> None:
    assert not applied(text, HIT).policy


WRONG = [
    pytest.param("a  # statelint: ignore[HMS201] -- x\n", [(1, "HMS001")], id="another code"),
    pytest.param("a\nb  # statelint: ignore[HMS101]\n", [(2, "HMS001")], id="another line"),
    pytest.param("a  # noqa: HMS101, HMS201\n", [(1, "HMS001")], id="one code of two"),
    pytest.param("a  # noqa: HMS201, E501\n", [(1, "HMS001")], id="ours among others"),
    pytest.param("# statelint: file-ignore[HMS201]\n", [(1, "HMS001")], id="in the whole file"),
    pytest.param("a\n# statelint: disable[HMS101]\n", [(2, "HMS001")], id="in a region"),
    pytest.param("# statelint: enable[HMS101]\n", [(1, "HMS001")], id="an end of nothing"),
    pytest.param(
        "# statelint: disable[HMS101]\n# statelint: enable[HMS101]\n# statelint: enable[HMS101]\n",
        [(3, "HMS001")],
        id="a second end",
    ),
    pytest.param("a\n# statelint: ignore[HMS101]\n", [(2, "HMS001")], id="nothing follows"),
    pytest.param("a  # statelint: ignore[HMS999]\n", [(1, "HMS005")], id="no such code"),
    pytest.param("a  # noqa: HMS999\n", [(1, "HMS005")], id="no such code in noqa"),
    pytest.param("a  # noqa: hms101\n", [(1, "HMS005")], id="flake8 minds capitals in codes"),
    pytest.param("a  # statelint: ignore[HMS]\n", [(1, "HMS005")], id="no code, but all"),
    pytest.param("a  # statelint: ignore[E501]\n", [(1, "HMS005")], id="another tool's code"),
    pytest.param("a  # statelint: ignore\n", [(1, "HMS005")], id="no code"),
    pytest.param("a  # statelint: ignore[]\n", [(1, "HMS005")], id="no code in brackets"),
    pytest.param("a  # statelint: ignore HMS101\n", [(1, "HMS005")], id="no brackets"),
    pytest.param("a  # statelint: ignore[HMS101\n", [(1, "HMS005")], id="open bracket"),
    pytest.param("a  # statelint: off\n", [(1, "HMS005")], id="no such order"),
    pytest.param("a  # statelint:\n", [(1, "HMS005")], id="no order"),
    pytest.param("a  # statelint: ignore[HMS101] until=soon\n", [(1, "HMS005")], id="no day"),
    pytest.param(
        "a  # statelint: ignore[HMS101] until=2026-02-30\n", [(1, "HMS005")], id="no such day"
    ),
    pytest.param("a  # noqa : HMS101\n", [(1, "HMS005")], id="flake8 reads a blanket"),
    pytest.param("a  # noqa:  HMS101\n", [(1, "HMS005")], id="two spaces, the same"),
    pytest.param(
        "a  # statelint: ignore[HMS101] until=2020-01-31\n", [(1, "HMS006")], id="expired, used"
    ),
    pytest.param(
        "a  # statelint: ignore[HMS201] until=2020-01-31\n", [(1, "HMS006")], id="expired, unused"
    ),
    pytest.param(
        "a  # statelint: ignore[HMS201, HMS999] -- x\n",
        [(1, "HMS001"), (1, "HMS005")],
        id="two flaws",
    ),
]


@pytest.mark.parametrize(("text", "flaws"), WRONG)
def test_says_what_is_wrong(applied: Apply, text: str, flaws: list[tuple[int, str]]) -> None:
    assert _flaws(applied(text, HIT)) == flaws


REASONS = [
    pytest.param("ignore[HMS101] -- one worker", False, id="a reason"),
    pytest.param("ignore[HMS101] until=2027-01-01 -- one worker", False, id="behind a date"),
    pytest.param("ignore[HMS101]", True, id="none"),
    pytest.param("ignore[HMS101] --", True, id="only the dashes"),
    pytest.param("ignore[HMS101] one worker", True, id="no dashes"),
    pytest.param("ignore[HMS101]  # noqa -- one worker", True, id="that of another comment"),
    pytest.param("file-ignore[HMS101]", True, id="none for a file"),
    pytest.param("disable[HMS101]", True, id="none for a region"),
]


@pytest.mark.parametrize(("pragma", "missing"), REASONS)
def test_reasons(applied: Apply, pragma: str, missing: bool) -> None:
    text = f"a  # statelint: {pragma}\n"
    assert _flaws(applied(text, HIT, require_reason=True)) == [(1, "HMS002")] * missing
    assert not applied(text, HIT).policy


NOQA_REASONS = [
    pytest.param("noqa: HMS101 -- one worker", False, id="behind dashes"),
    pytest.param("noqa: HMS101 - one worker", False, id="behind one dash"),
    pytest.param("noqa: HMS101, E501 one worker", False, id="behind the last code"),
    pytest.param("noqa: HMS101  # one worker", False, id="in a comment of its own"),
    pytest.param("noqa: HMS101  # type: ignore  # one worker", False, id="behind another tool's"),
    pytest.param("noqa", False, id="a blanket is not ours to judge"),
    pytest.param("noqa: E501", False, id="nor are other tools' codes"),
    pytest.param("noqa: HMS101", True, id="none"),
    pytest.param("noqa: HMS101,", True, id="only a comma"),
    pytest.param("noqa: HMS101 --", True, id="only the dashes"),
    pytest.param("noqa: HMS101  # type: ignore", True, id="a word to a type checker"),
    pytest.param("noqa: HMS101  # pylint: disable=x", True, id="a word to another linter"),
    pytest.param("noqa: HMS101  # nosec", True, id="a bare word to another tool"),
    pytest.param("noqa: HMS101\nb  # one worker", True, id="that of another line"),
]


@pytest.mark.parametrize(("comment", "missing"), NOQA_REASONS)
def test_reasons_of_noqa(applied: Apply, comment: str, missing: bool) -> None:
    text = f"a  # {comment}\n"
    assert _flaws(applied(text, HIT, require_reason=True)) == [(1, "HMS002")] * missing
    assert not applied(text, HIT).policy


def test_enable_needs_no_reason(applied: Apply) -> None:
    text = "# statelint: disable[HMS101] -- x\nb\n# statelint: enable[HMS101]\n"
    assert not applied(text, (2, "HMS101"), require_reason=True).policy


RULE_OFF = [
    pytest.param({"ignore": ("HMS201",)}, id="ignored"),
    pytest.param({"select": ("HMS101", "HMS0")}, id="not selected"),
    pytest.param({"per_file_ignores": {"a.py": ("HMS201",)}}, id="ignored in this file"),
    pytest.param({"ran": frozenset({"HMS101", "HMS001"})}, id="did not take part"),
]


@pytest.mark.parametrize("settings", RULE_OFF)
def test_unused_is_only_what_could_have_been_used(
    applied: Apply, settings: dict[str, object]
) -> None:
    text = "a  # statelint: ignore[HMS201] -- x\n"
    assert not applied(text, HIT, **settings).policy
    assert _flaws(applied(text, HIT)) == [(1, "HMS001")]


def test_a_rule_out_of_the_default_set_is_not_judged(applied: Apply, off: Rule) -> None:
    text = "a  # statelint: ignore[HMS890] -- x\n"
    rules = (*ALL_RULES, off)
    assert not applied(text, rules=rules).policy
    assert _flaws(applied(text, rules=rules, extend_select=("HMS890",))) == [(1, "HMS001")]


def test_less_sure_rules_are_not_judged_when_they_cannot_report(applied: Apply) -> None:
    sure = {rule.confidence.value for rule in ALL_RULES if rule.code == "HMS201"}
    text = "a  # statelint: ignore[HMS201] -- x\n"
    expected = [(1, "HMS001")] if sure == {"high"} else []
    assert _flaws(applied(text, min_confidence="high")) == expected


@pytest.mark.parametrize("code", ["HMS001", "HMS002", "HMS005", "HMS006"])
def test_each_policy_can_be_turned_off(applied: Apply, code: str) -> None:
    text = (
        "a  # statelint: ignore[HMS201]\n"
        "b  # statelint: ignore[HMS999]\n"
        "c  # statelint: ignore[HMS101] until=2020-01-01\n"
    )
    every = {flaw for _, flaw in _flaws(applied(text, require_reason=True))}
    assert every == {"HMS001", "HMS002", "HMS005", "HMS006"}
    left = {flaw for _, flaw in _flaws(applied(text, require_reason=True, ignore=(code,)))}
    assert left == every - {code}
    here = {"a.py": (code,)}
    left = {flaw for _, flaw in _flaws(applied(text, require_reason=True, per_file_ignores=here))}
    assert left == every - {code}


def test_comments_may_silence_what_is_said_of_comments(applied: Apply) -> None:
    text = "a  # statelint: ignore[HMS201]\n"
    assert not applied(f"# statelint: file-ignore[HMS001] -- generated\n{text}").policy
    assert not applied("a  # noqa: HMS001, HMS201\n").policy


def test_a_blanket_does_not_hide_that_it_is_one(applied: Apply) -> None:
    assert _flaws(applied("a  # noqa : HMS101\n", HIT)) == [(1, "HMS005")]


TEXTS = [
    pytest.param("ignore[HMS201]", "HMS201", "delete HMS201", id="unused"),
    pytest.param("ignore[HMS10l]", "no rule 'HMS10l'; did you mean 'HMS101'?", "", id="nearest"),
    pytest.param(
        "ignore[module-state-writen-at-run-time]", "did you mean 'module-state-", "", id="name"
    ),
    pytest.param("ingore[HMS101]", "did you mean 'ignore'?", "file-ignore[...]", id="order"),
    pytest.param("ignore", "names no code", "# statelint: ignore[HMS101] -- reason", id="bare"),
    pytest.param("ignore[HMS101] until=1.1.27", "'until=1.1.27'", "YYYY-MM-DD", id="day"),
    pytest.param("ignore[HMS101] until=2020-01-31", "2020-01-31", "later date", id="expired"),
]


@pytest.mark.parametrize(("pragma", "message", "remedy"), TEXTS)
def test_messages_name_the_thing_and_the_next_step(
    applied: Apply, pragma: str, message: str, remedy: str
) -> None:
    (flaw,) = applied(f"a  # statelint: {pragma}\n").policy
    assert message in flaw.message
    assert remedy in flaw.remedy


def test_the_blanket_that_should_be_a_list_is_spelt_out(applied: Apply) -> None:
    (flaw,) = applied("a  # noqa : HMS101, HMS201\n", HIT).policy
    assert "# noqa: HMS101, HMS201" in flaw.remedy


SPANS = [
    pytest.param("a  # statelint: ignore[HMS201]\n", Span(1, 3, 1, 30), id="pragma"),
    pytest.param("ä  # x # statelint: ignore[HMS201]  \n", Span(1, 7, 1, 34), id="behind others"),
    pytest.param("a  # noqa: HMS201 why\n", Span(1, 3, 1, 17), id="noqa without its prose"),
    pytest.param("'''\n'''  # noqa: HMS201\n", Span(2, 5, 2, 19), id="noqa of several lines"),
]


@pytest.mark.parametrize(("text", "span"), SPANS)
def test_findings_point_at_the_comment(applied: Apply, text: str, span: Span) -> None:
    (flaw,) = applied(text).policy
    assert (flaw.span, flaw.path, flaw.symbol) == (span, "a.py", "")


def test_findings_carry_their_rule(applied: Apply) -> None:
    (flaw,) = applied("a  # statelint: ignore[HMS201]\n").policy
    (rule,) = (rule for rule in ALL_RULES if rule.code == "HMS001")
    assert (flaw.name, flaw.severity, flaw.confidence) == (
        rule.name,
        rule.severity,
        rule.confidence,
    )
    assert flaw.severity is Severity.WARNING


def test_order_is_that_of_the_text(applied: Apply) -> None:
    text = "a  # noqa: HMS201\nb  # statelint: ignore[HMS999]\nc  # noqa: HMS101\n"
    assert _flaws(applied(text)) == [(1, "HMS001"), (2, "HMS005"), (3, "HMS001")]
