"""What is said of classes on installed libraries is what these classes do.

An environment with pydantic and with a package that builds on it is made, the project is
analysed, and a Python of that environment tells which instances share what.
"""

import json
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from pystatelint.api import analyse

pytestmark = pytest.mark.slow

PACKAGE = {
    "pyproject.toml": """\
        [build-system]
        requires = ["hatchling"]
        build-backend = "hatchling.build"

        [project]
        name = "shelfkit"
        version = "1.0"
        dependencies = ["pydantic>=2"]
        """,
    "shelfkit/__init__.py": "from .models import Record\nfrom .workers import Step, Worker\n",
    "shelfkit/models/__init__.py": "from .base import Record as Record\n",
    "shelfkit/models/base.py": """\
        from pydantic import BaseModel

        class Named:
            def named(self):
                return type(self).__name__

        class Record(Named, BaseModel):
            number: int = 0
        """,
    "shelfkit/workers.py": """\
        class Step:
            def named(self):
                return type(self).__name__

        class Worker(Step):
            def __init__(self):
                self.jobs = []
                self.prepare()

            def prepare(self):
                pass
        """,
}

PROJECT = {
    "pyproject.toml": "",
    "app.py": """\
        from shelfkit import Record, Step, Worker

        class Parcel(Record):
            items: list = []
            def add(self, item): self.items.append(item)

        class Sorter(Worker):
            jobs = []
            def add(self, item): self.jobs.append(item)

        class Scanner(Worker):
            codes = []
            def prepare(self): self.codes = []
            def add(self, item): self.codes.append(item)

        class Loader(Worker):
            load = []
            def add(self, item): self.load.append(item)

        class Flight(Step):
            legs: list = []
            def add(self, item): self.legs.append(item)
        """,
}

ATTRIBUTES = {
    "Parcel": "items",
    "Sorter": "jobs",
    "Scanner": "codes",
    "Loader": "load",
    "Flight": "legs",
}

ASK = f"""
import json, app
shared = []
for name, attribute in {ATTRIBUTES!r}.items():
    one, other = getattr(app, name)(), getattr(app, name)()
    one.add(1)
    if getattr(other, attribute):
        shared.append(f"app.{{name}}.{{attribute}}")
print(json.dumps(shared))
"""


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, source in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(source), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its environment, as pip makes it."""
    folder = write(tmp_path_factory.mktemp("project"), PROJECT)
    package = write(tmp_path_factory.mktemp("package"), PACKAGE)
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", str(package))
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = package.glob("dist/*.whl")
    venv.create(folder / ".venv", with_pip=True)
    pip = (python_of(folder), "-m", "pip", "--quiet", "--disable-pip-version-check")
    subprocess.run((*pip, "install", str(wheel)), check=True)
    return folder


def python_of(folder: Path) -> str:
    return str(next((folder / ".venv").glob("[bS]*/python*")))


def test_the_report_says_what_the_library_does(project: Path) -> None:
    done = subprocess.run(
        (python_of(project), "-c", ASK), cwd=project, check=True, capture_output=True
    )
    shared = json.loads(done.stdout)
    assert shared == ["app.Loader.load", "app.Flight.legs"]

    report = analyse(["."], cwd=project)
    assert [each.symbol for each in report.findings] == shared
    assert report.files == 1


def test_pydantic_itself_is_left_to_the_tables(project: Path) -> None:
    rows = {row.symbol: row.verdict for row in analyse(["."], cwd=project).ledger}
    assert rows["app.Parcel.items"] == "declarative"
