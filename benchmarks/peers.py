"""statelint, cold, beside other tools: ``python benchmarks/peers.py [CORPUS] [ROUNDS]``.

Everything runs on one core where it can be told to, reads the same folder, and is measured
as user and system CPU of all its processes. The tools answer different questions; the table
says what each costs, not which is better.
"""

import sys
from pathlib import Path

from corpora import PEERS, Corpus, corpora
from measure import interleaved, ratio, table

FLOOR = "read and ast.parse"
FLAKE8 = "flake8 --select B006,B008,B019,B039"
STATELINT = "statelint"

READ_AND_PARSE = """
import ast, gc, sys
from pathlib import Path
gc.disable()
for path in Path(sys.argv[1]).rglob("*.py"):
    ast.parse(path.read_bytes())
"""


def main(arguments: list[str]) -> None:
    """Print what each tool costs on a corpus; fail if statelint costs more than flake8."""
    name, rounds = (*arguments, *("django", "5")[len(arguments) :])
    (corpus, *_) = corpora(name)
    samples = interleaved(contestants(corpus), int(rounds))
    print(f"{corpus.name} {corpus.version}\n\n{table(samples, FLOOR)}")
    share = ratio(samples, STATELINT, FLAKE8)
    print(f"\n{STATELINT} / {FLAKE8}: {share:.3f}")
    if share > 1:
        raise SystemExit("statelint costs more than flake8")


def contestants(corpus: Corpus) -> dict[str, tuple[str | Path, ...]]:
    """Return the command of each tool."""
    source = corpus.source
    statelint = Path(sys.executable).with_name("statelint")
    lone = ("--isolated", "--no-cache", "--exit-zero")
    return {
        FLOOR: (sys.executable, "-I", "-c", READ_AND_PARSE, source),
        STATELINT: (
            *(statelint, "check", *lone, "--no-respect-gitignore"),
            *("--output-format", "concise", source),
        ),
        FLAKE8: (
            *(PEERS / "bin" / "flake8", "--isolated", "--jobs", "1", "--exit-zero"),
            *("--select", "B006,B008,B019,B039", source),
        ),
        "ruff": (
            *(PEERS / "bin" / "ruff", "check", *lone, "--no-respect-gitignore"),
            *("--select", "RUF008,RUF009,RUF012,B006,B008,B019,B039,PLW0603", source),
        ),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
