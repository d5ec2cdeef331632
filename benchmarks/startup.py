"""What does ``statelint --version`` cost? ``python benchmarks/startup.py [ROUNDS]``."""

import sys
from pathlib import Path

from measure import interleaved, ratio, table

BUDGET = 3.0
"""`--version` in bare interpreters."""

BARE = "python -I -c pass"


def main(arguments: list[str]) -> None:
    """Print start-up in bare interpreters; fail if it is over the budget."""
    rounds = int(arguments[0]) if arguments else 20
    statelint = Path(sys.executable).with_name("statelint")
    samples = interleaved(
        {
            BARE: (sys.executable, "-I", "-c", "pass"),
            "statelint --version": (statelint, "--version"),
            "statelint --help": (statelint, "--help"),
            "import the flake8 plugin": (sys.executable, "-c", "import pystatelint.flake8_plugin"),
        },
        rounds,
    )
    print(table(samples, BARE))
    reached = ratio(samples, "statelint --version", BARE)
    if reached > BUDGET:
        raise SystemExit(f"statelint --version costs {reached:.2f} bare interpreters, not {BUDGET}")


if __name__ == "__main__":
    main(sys.argv[1:])
