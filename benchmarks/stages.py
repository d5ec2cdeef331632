"""What does each stage cost? ``python benchmarks/stages.py [SET] [ROUNDS]``.

One process, one core, garbage collection off. In every round each file is read and parsed
bare and then goes through our own read, parse and extract, one right after the other; link and
rules follow on what came out. A stage's ratio is its CPU in a round over the CPU of the bare
read and parse of all files in that round.
"""

import ast
import gc
import sys
from pathlib import Path
from time import process_time

from adapter import extract, knowledge, link, module_input, parse, read_source, ruled
from corpora import Corpus, corpora, python_files
from measure import Sample, ratio, table
from pystatelint.model.module_facts import ModuleFacts
from pystatelint.source.parse import deep_recursion

BARE = "bare read and ast.parse"
BUDGETS = {"extract": 0.6, "link": 0.8}


def main(arguments: list[str]) -> None:
    """Print the ratios of each corpus; fail if a stage is over its budget."""
    wanted, rounds = (*arguments, *("speed", "5")[len(arguments) :])
    over = [line for corpus in corpora(wanted) for line in measured(corpus, int(rounds))]
    if over:
        raise SystemExit("\n".join(over))


def measured(corpus: Corpus, rounds: int) -> list[str]:
    """Print one corpus and return what is over budget."""
    paths = tuple(python_files(corpus.source))
    samples = [sample(corpus.folder, paths) for _ in range(rounds + 1)][1:]
    size = sum(path.stat().st_size for path in paths)
    print(f"\n{corpus.name} {corpus.version}: {len(paths)} files, {size / 1e6:.2f} MB\n")
    print(table(samples, BARE))
    return [
        f"{corpus.name}: {stage} costs {ratio(samples, stage, BARE):.2f}, the budget is {budget}"
        for stage, budget in BUDGETS.items()
        if ratio(samples, stage, BARE) > budget
    ]


def sample(root: Path, paths: tuple[Path, ...]) -> Sample:
    """Return the CPU seconds of every stage in one round."""
    known = knowledge()
    cost = dict.fromkeys((BARE, "read", "parse", "extract", "link", "rules"), 0.0)
    modules = []
    gc.collect()
    gc.disable()
    with deep_recursion():
        for number, path in enumerate(paths):
            # Whoever comes second finds warm caches; so they take turns.
            if number % 2:
                cost[BARE] += bare(path)
            *times, facts = file_stages(path)
            if not number % 2:
                cost[BARE] += bare(path)
            for stage, seconds in zip(("read", "parse", "extract"), times, strict=True):
                cost[stage] += seconds
            modules.append(module_input(path.relative_to(root), facts))
        start = process_time()
        project = link(modules, known)
        linked = process_time()
        ruled(project)
        cost |= {"link": linked - start, "rules": process_time() - linked}
    gc.enable()
    return cost


def bare(path: Path) -> float:
    """Return the CPU seconds of reading and parsing one file, and of dropping the tree."""
    start = process_time()
    ast.parse(path.read_bytes())
    return process_time() - start


def file_stages(path: Path) -> tuple[float, float, float, ModuleFacts]:
    """Return the CPU seconds of read, parse and extract, and the facts."""
    start = process_time()
    source = read_source(path, path.name)
    read = process_time()
    tree = parse(source.text)
    parsed = process_time()
    facts = extract(tree, source.text)
    extracted = process_time()
    # The bare parse pays for dropping its tree; ours does so as well.
    del tree
    dropped = process_time()
    return read - start, parsed - read + dropped - extracted, extracted - parsed, facts


if __name__ == "__main__":
    main(sys.argv[1:])
