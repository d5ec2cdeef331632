"""Draw findings to be read by a person: ``python benchmarks/sample.py [SET] [NUMBER] [SEED]``.

Prints Markdown: what statelint found in each corpus, and a table of findings drawn at random,
with two columns to fill in. Keep the result in `benchmarks/readings`. Equal findings and an
equal seed draw the same table.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from corpora import Corpus, corpora

LONE = ("--isolated", "--no-respect-gitignore")


class Found(NamedTuple):
    """One finding, as far as a reader needs it."""

    corpus: str
    path: str
    line: int
    code: str
    message: str


def main(arguments: list[str]) -> None:
    """Print the counts and the drawn findings."""
    wanted, number, seed = (*arguments, *("precision", "40", "1")[len(arguments) :])
    chosen = corpora(wanted)
    findings = {corpus: tuple(findings_of(corpus)) for corpus in chosen}
    print(f"# Reading of {number} findings, seed {seed}\n")
    print("\n".join(counts(findings)))
    everything = sorted(each for found in findings.values() for each in found)
    # Not for secrets: the same seed must draw the same findings.
    drawn = random.Random(int(seed)).sample(everything, min(int(number), len(everything)))  # noqa: S311
    print("\n".join(drawn_table(sorted(drawn))))


def findings_of(corpus: Corpus) -> Iterator[Found]:
    """Yield what statelint reports on a corpus by default."""
    for row in printed(corpus, "check", *LONE, "--exit-zero", "--output-format", "json"):
        path = Path(row["path"]).as_posix()
        yield Found(corpus.name, path, row["line"], row["code"], row["message"])


def printed(corpus: Corpus, *arguments: str) -> list[dict]:
    """Return the array that a command of statelint prints of a corpus."""
    statelint = Path(sys.executable).with_name("statelint")
    run = subprocess.run(
        (statelint, *arguments, corpus.package),
        cwd=corpus.folder,
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    return json.loads(run.stdout)


def counts(findings: dict[Corpus, tuple[Found, ...]]) -> Iterator[str]:
    """Yield a table of corpora: cells, written cells, findings by rule."""
    yield "| corpus | cells | mutable | written at run time | findings | by rule |"
    yield "|---|---:|---:|---:|---:|---|"
    for corpus, found in findings.items():
        cells = printed(corpus, "ledger", *LONE, "--output-format", "json")
        mutable = sum(bool(cell["mutable"]) for cell in cells)
        written = sum(cell["run_writes"] > 0 for cell in cells)
        rules = ", ".join(f"{code} {count}" for code, count in sorted(by_code(found).items()))
        name = f"{corpus.name} {corpus.version}"
        yield f"| {name} | {len(cells)} | {mutable} | {written} | {len(found)} | {rules} |"


def by_code(found: Iterable[Found]) -> Counter[str]:
    """Return how often each rule reports."""
    return Counter(each.code for each in found)


def drawn_table(drawn: Iterable[Found]) -> Iterator[str]:
    """Yield the table that the reader fills in."""
    yield "\n| # | corpus | code | place | message | right or wrong | reason |"
    yield "|---:|---|---|---|---|---|---|"
    for number, each in enumerate(drawn, start=1):
        message = each.message.replace("|", "\\|")
        place = f"{each.path}:{each.line}"
        yield f"| {number} | {each.corpus} | {each.code} | {place} | {message} | | |"


if __name__ == "__main__":
    main(sys.argv[1:])
