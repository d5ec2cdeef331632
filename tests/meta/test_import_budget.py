"""What starts in every run of another tool loads nothing heavy."""

import json
import subprocess
import sys

import pytest

HEAVY = {"astroid", "jinja2", "libcst", "networkx", "pygls", "rich"}

PRINT_MODULES = "import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"

VERSION = """
import sys
sys.argv = ["statelint", "--version"]
from pystatelint.cli.main import main
main()
"""


def modules_after(code: str) -> frozenset[str]:
    """Return the top-level modules that a fresh interpreter holds after some code."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{PRINT_MODULES}"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return frozenset(name.partition(".")[0] for name in json.loads(run.stderr))


def test_heavy_modules_would_be_seen() -> None:
    assert modules_after("import libcst, rich") & HEAVY == {"libcst", "rich"}


@pytest.mark.parametrize(
    ("code", "beyond"),
    [
        pytest.param(VERSION, {"click", "msgspec", "pathspec"}, id="statelint --version"),
        pytest.param("import pystatelint.flake8_plugin", {"click"}, id="flake8 plugin"),
        pytest.param("import pystatelint", {"click", "msgspec", "pathspec"}, id="the package"),
        pytest.param(
            "import pystatelint.stateless",
            {"click", "msgspec", "pathspec", "typing", "inspect"},
            id="the decorator, which application code imports",
        ),
        pytest.param(
            "import pystatelint.guarded",
            {"click", "msgspec", "pathspec", "typing", "inspect"},
            id="the metadata, which application code imports",
        ),
        pytest.param("import pystatelint.api", {"click"}, id="the API"),
        pytest.param("import pystatelint.cli.group", {"msgspec", "pathspec"}, id="the CLI"),
    ],
)
def test_import_stays_light(code: str, beyond: set[str]) -> None:
    bare = modules_after("")

    assert (modules_after(code) - bare) & (HEAVY | beyond) == set()
