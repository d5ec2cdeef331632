"""How much memory ``statelint check`` takes at most: ``python benchmarks/memory.py [SET]``.

What an interpreter and statelint need for one empty file is taken off, for it is the same
for every project; the rest is told per 100,000 lines, blank ones and comments included.
"""

import sys
import tempfile
from pathlib import Path

from corpora import corpora, python_files
from measure import peak_of

BUDGET = 75.0
"""Most MiB per 100,000 lines."""

MEBIBYTE = 1 << 20


def main(arguments: list[str]) -> None:
    """Print the peak of each corpus of a set, and of all in one run; fail above the budget."""
    (wanted,) = arguments or ("large",)
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.touch()
        base = peak_of(check(empty))
    print(f"one empty file: {base / MEBIBYTE:.0f} MiB\n")
    print("| corpus | lines | peak in MiB | MiB per 100,000 lines |\n|---|---:|---:|---:|")
    chosen = corpora(wanted)
    shares = [row(f"{each.name} {each.version}", base, each.source) for each in chosen]
    shares.append(row("all together", base, *(each.source for each in chosen)))
    if max(shares) > BUDGET:
        raise SystemExit(f"statelint takes more than {BUDGET:.0f} MiB per 100,000 lines")


def check(*paths: Path) -> tuple[str | Path, ...]:
    """Return the command that checks paths as one project, whatever is configured there."""
    statelint = Path(sys.executable).with_name("statelint")
    alone = ("--isolated", "--no-cache", "--exit-zero", "--no-respect-gitignore")
    return (statelint, "check", *alone, "--output-format", "concise", *paths)


def row(name: str, base: int, *folders: Path) -> float:
    """Print the row of one run; return its MiB per 100,000 lines."""
    files = (path for folder in folders for path in python_files(folder))
    lines = sum(path.read_bytes().count(b"\n") for path in files)
    peak = peak_of(check(*folders))
    share = (peak - base) / MEBIBYTE / lines * 100_000
    print(f"| {name} | {lines} | {peak / MEBIBYTE:.0f} | {share:.0f} |", flush=True)
    return share


if __name__ == "__main__":
    main(sys.argv[1:])
