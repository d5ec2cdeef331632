"""What lies below a declared root is one project: a writer in another package is seen."""

from pathlib import Path

import pytest

from pystatelint.api import analyse

OUTER = "[tool.statelint]\nroot = true\n"


def monorepo(folder: Path, outer: str) -> Path:
    """Two packages with a pyproject.toml each; one writes what the other has."""
    files = {
        "pyproject.toml": outer,
        "one/pyproject.toml": "[project]\nname = 'one'\n",
        "one/first/__init__.py": "",
        "one/first/tables.py": "RATES = {}\n",
        "two/pyproject.toml": "[project]\nname = 'two'\n",
        "two/second/__init__.py": "",
        "two/second/jobs.py": (
            "from first.tables import RATES\n\n\ndef load(key):\n    RATES[key] = 1\n"
        ),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder / "one/first/tables.py"


@pytest.mark.parametrize(
    ("outer", "codes"),
    [
        pytest.param("", [], id="each package is a project of its own"),
        pytest.param(OUTER, ["HMS210"], id="they are one project"),
    ],
)
def test_a_declared_root_links_what_lies_below_it(
    tmp_path: Path, outer: str, codes: list[str]
) -> None:
    path = monorepo(tmp_path, outer)

    report = analyse([path], cwd=tmp_path)

    assert [finding.code for finding in report.findings] == codes
