"""Rules are explained in words and as JSON."""

import json

import pytest

from pystatelint.cli.rule_text import chosen_rules, explained, explained_as_json, listed_rules
from pystatelint.errors import UsageError
from pystatelint.model.finding import Severity
from pystatelint.model.rule import FixSafety, Rule

FIRST = Rule(
    code="HMS101",
    name="instance-mutated-class-container",
    severity=Severity.ERROR,
    default=True,
    fix=FixSafety.UNSAFE,
    doc="A shared container is changed.\n\nWhat it finds\n-------------\nThis.\n",
)
SECOND = Rule(code="HMS290", name="module-cell-ledger", severity=Severity.INFO, doc="Cells.")
RULES = (FIRST, SECOND)


@pytest.mark.parametrize(
    ("word", "everything", "expected"),
    [
        pytest.param("HMS101", False, (FIRST,), id="code"),
        pytest.param("hms290", False, (SECOND,), id="code in lower case"),
        pytest.param("module-cell-ledger", False, (SECOND,), id="name"),
        pytest.param(None, True, RULES, id="all"),
        pytest.param(None, False, RULES, id="nothing named"),
    ],
)
def test_chosen_rules(word: str | None, *, everything: bool, expected: tuple[Rule, ...]) -> None:
    assert chosen_rules(word, RULES, everything=everything) == expected


@pytest.mark.parametrize(
    ("word", "everything", "message"),
    [
        pytest.param(
            "HMS11", False, r"there is no rule 'HMS11'; did you mean 'HMS101'\?", id="code"
        ),
        pytest.param("module-cells", False, "did you mean 'module-cell-ledger'", id="name"),
        pytest.param("HMS101", True, "name one rule", id="one and all"),
    ],
)
def test_mistakes(word: str | None, *, everything: bool, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        chosen_rules(word, RULES, everything=everything)


def test_explained_in_words() -> None:
    assert explained(FIRST) == (
        "HMS101 instance-mutated-class-container\n"
        "=======================================\n"
        "error, high confidence, in the default set, stable, since 0.1.0, unsafe fix\n"
        "\n"
        "A shared container is changed.\n\nWhat it finds\n-------------\nThis.\n"
    )


def test_list_has_a_row_per_rule() -> None:
    assert listed_rules(RULES).splitlines() == [
        "HMS101 * A shared container is changed.",
        "HMS290   Cells.",
        "",
        "* is in the default set; `statelint rule CODE` explains a rule.",
    ]


def test_one_rule_is_an_object_and_many_are_an_array() -> None:
    one = json.loads(explained_as_json(FIRST))
    assert one["summary"] == "A shared container is changed."
    assert one["default"] is True
    assert one["fix"] == "unsafe"
    assert one["doc"] == FIRST.doc.strip()
    many = json.loads(explained_as_json(RULES))
    assert [each["code"] for each in many] == ["HMS101", "HMS290"]
    assert many[0] == one
