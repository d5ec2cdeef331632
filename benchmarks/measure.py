"""Measure whole processes, and compare what was measured in the same round."""

import os
import resource
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

NOTHING_FOUND_OR_FINDINGS = (0, 1)

Sample = Mapping[str, float]
"""Name of a contestant -> CPU seconds in one round."""


def cpu_of(command: Sequence[str | Path]) -> float:
    """Run a command to its end and return its user and system CPU seconds.

    Children that it waited for are counted with it. Its output is thrown away.

    Raises:
        SystemExit: the command did not do its work.
    """
    usage = usage_of(command)
    return usage.ru_utime + usage.ru_stime


def peak_of(command: Sequence[str | Path]) -> int:
    """Run a command to its end and return the most memory it had resident, in bytes.

    Raises:
        SystemExit: the command did not do its work.
    """
    unit = 1 if sys.platform == "darwin" else 1024
    return usage_of(command).ru_maxrss * unit


def usage_of(command: Sequence[str | Path]) -> resource.struct_rusage:
    """Run a command to its end and return what it used; its output is thrown away.

    Raises:
        SystemExit: the command did not do its work.
    """
    silence = (
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    )
    words = [str(word) for word in command]
    pid = os.posix_spawnp(words[0], words, os.environ, file_actions=silence)
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in NOTHING_FOUND_OR_FINDINGS:
        raise SystemExit(f"exit status {code}: {' '.join(words)}")
    return usage


def interleaved(
    commands: Mapping[str, Sequence[str | Path]],
    rounds: int,
    cost: Callable[[Sequence[str | Path]], float] = cpu_of,
) -> tuple[Sample, ...]:
    """Run every command once a round, so that a busy machine hits all alike.

    The first round fills the caches of the operating system and is not counted.
    """
    samples = [
        {name: cost(command) for name, command in commands.items()} for _ in range(rounds + 1)
    ]
    return tuple(samples[1:])


def ratio(samples: Sequence[Sample], name: str, base: str) -> float:
    """Return the median of the ratios of one contestant to another."""
    return statistics.median(sample[name] / sample[base] for sample in samples)


def median(samples: Sequence[Sample], name: str) -> float:
    """Return the median cost of a contestant, for scale only."""
    return statistics.median(sample[name] for sample in samples)


def table(samples: Sequence[Sample], base: str) -> str:
    """Return the ratios of all contestants to one of them, as Markdown."""
    rows = [
        f"| {name} | {ratio(samples, name, base):.2f} | {median(samples, name):.3f} |"
        for name in samples[0]
    ]
    heading = f"| | CPU / {base} | CPU seconds (median, for scale) |"
    return "\n".join((heading, "|---|---:|---:|", *rows))
