"""Which environment is taken for that of a project?"""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pystatelint.api import analyse
from pystatelint.config.schema import Config
from pystatelint.engine.libraries import library_folders
from pystatelint.errors import UsageError

Project = Callable[[Mapping[str, str]], Path]
PACKAGES = "lib/python3.12/site-packages"

SHARED = """\
import lib

class Chat(lib.Base):
    history = []

    def send(self, text):
        self.history.append(text)
"""

BINDS = """\
class Base:
    def __init__(self):
        self.history = []
"""


def folders(folder: Path, environment: str = "auto", path: str = ".") -> tuple[str, ...]:
    config = Config(environment=environment)
    found = library_folders((Path(path),), config, folder, {}, "")
    return tuple(Path(each).relative_to(folder).as_posix() for each in found)


def test_beside_the_project(project: Project) -> None:
    folder = project({"pyproject.toml": "", f".venv/{PACKAGES}/lib.py": "", "app/a.py": ""})
    assert folders(folder) == (f".venv/{PACKAGES}",)
    assert folders(folder, path="app/a.py") == (f".venv/{PACKAGES}",)


def test_beside_the_project_around_a_project(project: Project) -> None:
    folder = project(
        {"backend/pyproject.toml": "", "backend/a.py": "", f"venv/{PACKAGES}/lib.py": ""}
    )
    assert folders(folder, path="backend/a.py") == (f"venv/{PACKAGES}",)


def test_not_beside_another_project(project: Project) -> None:
    folder = project(
        {f"here/.venv/{PACKAGES}/lib.py": "", "there/pyproject.toml": "", "there/a.py": ""}
    )
    found = library_folders((folder / "there" / "a.py",), Config(), folder / "here", {}, "")
    assert found == ()


def test_configured(project: Project) -> None:
    folder = project({f"env/{PACKAGES}/lib.py": "", f".venv/{PACKAGES}/lib.py": ""})
    assert folders(folder, "env") == (f"env/{PACKAGES}",)
    assert folders(folder, f"env/{PACKAGES}") == (f"env/{PACKAGES}",)
    assert folders(folder, str(folder / "env")) == (f"env/{PACKAGES}",)


def test_none(project: Project) -> None:
    assert folders(project({f".venv/{PACKAGES}/lib.py": ""}), "none") == ()


@pytest.mark.parametrize("environment", ["env", "empty", ""])
def test_configured_and_not_there(project: Project, environment: str) -> None:
    folder = project({"empty/pyvenv.cfg": "", "a.py": ""})
    with pytest.raises(UsageError, match="there are no installed libraries in"):
        folders(folder, environment)


def test_reports_differ_by_what_a_library_binds(project: Project) -> None:
    folder = project({"chat.py": SHARED, f".venv/{PACKAGES}/lib.py": BINDS})

    def codes(environment: str) -> list[str]:
        report = analyse(["chat.py"], Config(environment=environment), cwd=folder)
        return [each.code for each in report.findings]

    assert codes("auto") == []
    assert codes("none") == ["HMS101"]


def test_a_library_has_no_findings_of_its_own(project: Project) -> None:
    library = SHARED.replace("import lib", "class lib:\n    class Base: pass")
    folder = project(
        {"a.py": "import lib\nclass A(lib.Chat): pass", f".venv/{PACKAGES}/lib.py": library}
    )
    report = analyse(["."], cwd=folder)
    assert (report.findings, report.files, report.linked) == ((), 1, 1)
    assert all(row.path == "a.py" for row in report.ledger)
