"""Write one page per rule and their index: ``python docs/generate_rules.py``."""  # noqa: INP001 - a script

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pystatelint.model.rule import Rule
from pystatelint.report.rule_prose import short_description
from pystatelint.rules import ALL_RULES

PAGES = Path(__file__).parent / "rules"

FAMILIES = (
    ("HMS0", "Policy"),
    ("HMS1", "Classes"),
    ("HMS2", "Modules"),
    ("HMS3", "Functions"),
    ("HMS4", "Sessions, connections, clients"),
    ("HMS5", "Concurrency"),
)
"""First characters of the codes -> heading in the index."""

NOTICE = "<!-- Written by docs/generate_rules.py from the rule's docstring; edit that. -->\n\n"


def pages(rules: Iterable[Rule]) -> dict[str, str]:
    """Return the text of every file in `docs/rules`, by file name."""
    known = tuple(rules)
    return {"index.md": index_of(known)} | {f"{rule.code}.md": page_of(rule) for rule in known}


def page_of(rule: Rule) -> str:
    """Return the page of one rule."""
    summary, _, body = rule.doc.strip().partition("\n")
    title = f"# {rule.code} {rule.name}\n\n"
    return f"{NOTICE}{title}{summary}\n\n{_traits(rule)}{_without_markers(body)}\n"


def _traits(rule: Rule) -> str:
    rows = (
        ("Severity", rule.severity.value),
        ("Reported", _when_reported(rule)),
        ("Needs", f"one {rule.scope.value}" if rule.scope.value == "module" else "the project"),
        ("Since", rule.since),
    )
    return "| | |\n|---|---|\n" + "".join(f"| {key} | {value} |\n" for key, value in rows)


def _when_reported(rule: Rule) -> str:
    if rule.default:
        return "by default"
    if rule.contract:
        return "when selected; as an error in code that is declared stateless"
    return "when selected"


def _without_markers(body: str) -> str:
    return re.sub(r"# expect: (HMS\d{3})", r"# \1", body)


def index_of(rules: tuple[Rule, ...]) -> str:
    """Return the index: a table per family."""
    return f"{NOTICE}# Rules\n\n{_LEGEND}\n" + "\n".join(_tables(rules))


_LEGEND = """\
Rules with a star are reported by default; they report what is proven. Rules with a
circle are reported as errors in code that is declared stateless (`--strict`, the table
`[tool.statelint.stateless]`, the decorator `@stateless`), elsewhere when selected.
"""


def _tables(rules: tuple[Rule, ...]) -> Iterator[str]:
    for prefix, heading in FAMILIES:
        rows = "".join(_row(rule) for rule in rules if rule.code.startswith(prefix))
        yield f"## {heading}\n\n| Code | Name | | Finds |\n|---|---|---|---|\n{rows}"


def _row(rule: Rule) -> str:
    mark = "★" if rule.default else "○" if rule.contract else ""
    summary = short_description(rule.doc)
    return f"| [{rule.code}]({rule.code}.md) | {rule.name} | {mark} | {summary} |\n"


def main() -> None:
    """Write the pages, and remove those of rules that are gone."""
    PAGES.mkdir(exist_ok=True)
    written = pages(ALL_RULES)
    for stale in sorted(PAGES.glob("*.md")):
        if stale.name not in written:
            stale.unlink()
    for name, text in written.items():
        (PAGES / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
