"""Put a rule into words, for people or as JSON."""

import msgspec

from pystatelint.config.selectors import known_selectors, no_such_rule
from pystatelint.errors import UsageError
from pystatelint.model.rule import FixSafety, Rule
from pystatelint.report.rule_prose import short_description


class Explanation(msgspec.Struct, frozen=True):
    """A rule as ``statelint rule --output-format json`` prints it."""

    code: str
    name: str
    summary: str
    severity: str
    confidence: str
    scope: str
    default: bool
    contract: bool
    status: str
    since: str
    fix: str
    doc: str


def chosen_rules(
    word: str | None, rules: tuple[Rule, ...], *, everything: bool
) -> tuple[Rule, ...]:
    """Return the rules that the command line names.

    Args:
        word: a code, in any case, or a name; None for all rules.
        rules: all rules there are.
        everything: the command line asks for all rules.

    Raises:
        UsageError: both a rule and ``--all``, or an unknown rule.
    """
    match word, everything:
        case None, _:
            return rules
        case str(), False:
            return (_rule(word, rules),)
        case _:
            raise UsageError("name one rule, as in 'statelint rule HMS101', or say --all")


def listed_rules(rules: tuple[Rule, ...]) -> str:
    """Return one row per rule, with a star for those of the default set."""
    rows = (
        f"{rule.code} {'*' if rule.default else ' '} {short_description(rule.doc)}\n"
        for rule in rules
    )
    legend = "* is in the default set; `statelint rule CODE` explains a rule.\n"
    return f"{''.join(rows)}\n{legend}"


def explained(rule: Rule) -> str:
    """Return the rule's documentation as text, with a heading."""
    heading = f"{rule.code} {rule.name}"
    traits = [
        rule.severity.value,
        f"{rule.confidence.value} confidence",
        "in the default set" if rule.default else "not in the default set",
        rule.status.value,
        f"since {rule.since}",
    ]
    if rule.fix is not FixSafety.NONE:
        traits.append(f"{rule.fix.value} fix")
    return f"{heading}\n{'=' * len(heading)}\n{', '.join(traits)}\n\n{rule.doc.strip()}\n"


def explained_as_json(chosen: Rule | tuple[Rule, ...]) -> str:
    """Return one rule as a JSON object, or many as an array of such."""
    if isinstance(chosen, Rule):
        data = msgspec.json.encode(_explanation(chosen))
    else:
        data = msgspec.json.encode([_explanation(rule) for rule in chosen])
    return msgspec.json.format(data).decode() + "\n"


def _explanation(rule: Rule) -> Explanation:
    doc = rule.doc.strip()
    return Explanation(
        code=rule.code,
        name=rule.name,
        summary=short_description(rule.doc),
        severity=rule.severity.value,
        confidence=rule.confidence.value,
        scope=rule.scope.value,
        default=rule.default,
        contract=rule.contract,
        status=rule.status.value,
        since=rule.since,
        fix=rule.fix.value,
        doc=doc,
    )


def _rule(word: str, rules: tuple[Rule, ...]) -> Rule:
    for rule in rules:
        if word.upper() == rule.code or word == rule.name:
            return rule
    raise UsageError(no_such_rule(word, known_selectors(rules)))
