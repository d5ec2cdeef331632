"""Decide which rules report, by flake8's rules of selection."""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from pystatelint.config.globs import path_matches
from pystatelint.config.schema import Config
from pystatelint.config.suggest import hint
from pystatelint.model.finding import CONFIDENCES, Confidence
from pystatelint.model.rule import Rule

ALL = "ALL"
_CODE = re.compile(r"[A-Z]{3}\d{3}")
_PREFIX = re.compile(r"[A-Z]+\d*")
_UNMATCHED = -1


def decide(code: str, name: str, default: bool, config: Config) -> bool:  # noqa: FBT001  # a fact about the rule, no switch
    """Say whether a rule reports.

    Explicit beats implicit: what a list names outranks the default set. If both
    kinds of list match, the longer prefix wins, and `ignore` wins a tie. ``ALL``
    is a prefix of no length; a rule's name counts as its whole code.

    Args:
        code: the rule's code, such as ``HMS101``.
        name: the rule's kebab-case name.
        default: whether it reports when no list matches and `select` is empty.
        config: its four lists are read, `per_file_ignores` is not.
    """
    return not refusal(code, name, default, config)


def refusal(code: str, name: str, default: bool, config: Config) -> str:  # noqa: FBT001  # as above
    """Return why a rule does not report, as a clause about it; empty if it does.

    Args:
        code: the rule's code, such as ``HMS101``.
        name: the rule's kebab-case name.
        default: whether it reports when no list matches and `select` is empty.
        config: its four lists are read.
    """
    chosen = _longest((*config.select, *config.extend_select), code, name)
    dropped = _longest((*config.ignore, *config.extend_ignore), code, name)
    if chosen > dropped:
        return ""
    if dropped > _UNMATCHED:
        return "ignore names it"
    if config.select:
        return "select names other rules"
    return "" if default else "it is not in the default set"


def is_sure_enough(confidence: Confidence, config: Config) -> bool:
    """Say whether findings of this confidence are wanted, by `min_confidence`."""
    least = Confidence(config.min_confidence)
    return CONFIDENCES.index(confidence) >= CONFIDENCES.index(least)


def config_for_file(path: str, config: Config, cwd: Path) -> Config:
    """Return the configuration that holds for one file, by `per_file_ignores`.

    The ignores of every glob that matches are added to `extend_ignore`, so that
    `decide` weighs them as flake8 does; ``ALL`` leaves nothing selected.

    Args:
        path: the file, relative to `cwd` or absolute.
        config: its globs are relative to `cwd`.
        cwd: the working directory, absolute.
    """
    globs = config.per_file_ignores.items()
    extra = [code for glob, codes in globs if path_matches(path, glob, cwd) for code in codes]
    if not extra:
        return config
    if ALL in extra:
        return msgspec.structs.replace(config, select=(), extend_select=(), ignore=(ALL,))
    ignores = (*config.extend_ignore, *extra)
    return msgspec.structs.replace(config, extend_ignore=ignores)


def selectors_of(config: Config) -> tuple[str, ...]:
    """Return every selector of the configuration, in a fixed order."""
    by_file = (code for codes in config.per_file_ignores.values() for code in codes)
    lists = (config.select, config.ignore, config.extend_select, config.extend_ignore)
    return (*(selector for each in lists for selector in each), *by_file)


def known_selectors(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Return every code and every name, the words that a selector can match."""
    return tuple(word for rule in rules for word in (rule.code, rule.name))


def unknown_selectors(selectors: Iterable[str], known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the selectors that match no rule.

    Args:
        selectors: codes, prefixes of codes, names, or ``ALL``.
        known: every code and every name there is.
    """
    return tuple(selector for selector in selectors if not _is_known(selector, known))


def no_such_rule(word: str, known: tuple[str, ...]) -> str:
    """Return the sentence about a word that names no rule, and where to look.

    Args:
        word: what somebody took for a code, a prefix or a name.
        known: every code and every name there is.
    """
    guess = hint(word, known) or "; 'statelint rule' lists them"
    return f"there is no rule '{word}'{guess}"


def _longest(selectors: tuple[str, ...], code: str, name: str) -> int:
    lengths = (_length(selector, code, name) for selector in selectors)
    return max(lengths, default=_UNMATCHED)


def _length(selector: str, code: str, name: str) -> int:
    if selector == ALL:
        return 0
    if selector == name:
        return len(code)
    return len(selector) if selector and code.startswith(selector) else _UNMATCHED


def _is_known(selector: str, known: tuple[str, ...]) -> bool:
    if selector == ALL or selector in known:
        return True
    if not _PREFIX.fullmatch(selector):
        return False
    return any(word.startswith(selector) for word in known if _CODE.fullmatch(word))
