"""``python -m watch WORKLOAD TARGET PACKAGE...``: run a workload, write what changed as JSON."""

import importlib
import json
import sys
from pathlib import Path

from .record import record


def main(workload: str, target: str, *packages: str) -> None:
    """Watch the packages while the stages of ``workloads.WORKLOAD`` run."""
    stages = importlib.import_module(f"workloads.{workload}").STAGES
    Path(target).write_text(json.dumps(record(stages, packages), indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
