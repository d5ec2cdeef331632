"""Which rules a selector in a comment names, and which of them can report in a file."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from pystatelint.config.schema import Config
from pystatelint.config.selectors import (
    config_for_file,
    decide,
    is_sure_enough,
    known_selectors,
)
from pystatelint.config.suggest import hint
from pystatelint.model.rule import Rule


class Catalogue(msgspec.Struct, frozen=True):
    """The rules by code, and the codes of those that report in a file."""

    rules: dict[str, Rule]
    active: frozenset[str]


def catalogue_for(
    path: str, rules: Iterable[Rule], ran: frozenset[str], config: Config, cwd: Path
) -> Catalogue:
    """Return what can be reported in a file.

    Args:
        path: the file, relative to `cwd` or absolute.
        rules: every rule there is.
        ran: codes of the rules that took part in the run.
        config: its selection, `per_file_ignores` included, and `min_confidence` count.
        cwd: the working directory, absolute.
    """
    here = config_for_file(path, config, cwd)
    known = {rule.code: rule for rule in rules}
    active = frozenset(code for code in ran if code in known and _is_active(known[code], here))
    return Catalogue(known, active)


def named_by(selector: str, catalogue: Catalogue) -> tuple[Rule, ...]:
    """Return the rules that a selector names by code, beginning of codes, or name.

    ``HMS`` alone begins every code, so it names none: nothing is silenced wholesale.
    """
    has_digit = any(character.isdigit() for character in selector)
    return tuple(
        rule
        for rule in catalogue.rules.values()
        if (has_digit and rule.code.startswith(selector)) or rule.name == selector
    )


def is_judged(selector: str, catalogue: Catalogue) -> bool:
    """Say whether every rule that a selector names could have reported."""
    named = named_by(selector, catalogue)
    return bool(named) and all(rule.code in catalogue.active for rule in named)


def nearest_rule(selector: str, catalogue: Catalogue) -> str:
    """Return ``; did you mean 'HMS101'?``, or an empty string."""
    return hint(selector, known_selectors(catalogue.rules.values()))


def _is_active(rule: Rule, config: Config) -> bool:
    sure = is_sure_enough(rule.confidence, config)
    return sure and decide(rule.code, rule.name, rule.default, config)
