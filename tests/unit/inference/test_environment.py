"""Where does a project keep the libraries that it has installed?"""

from pathlib import Path

import pytest

from pystatelint.inference.environment import found_environment, package_folders


def made(environment: Path, below: str = "lib/python3.12/site-packages") -> str:
    folder = environment / below
    folder.mkdir(parents=True)
    return str(folder)


@pytest.mark.parametrize(
    "below",
    [
        pytest.param("lib/python3.12/site-packages", id="as venv lays it out"),
        pytest.param("Lib/site-packages", id="as it does on Windows"),
        pytest.param("lib/python3.11/dist-packages", id="as Debian does"),
    ],
)
def test_folders_of_an_environment(tmp_path: Path, below: str) -> None:
    folder = made(tmp_path, below)
    assert package_folders(tmp_path) == (folder,)


def test_the_folder_of_packages_will_do(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert package_folders(Path(folder)) == (folder,)


def test_of_several_pythons_the_newest_comes_first(tmp_path: Path) -> None:
    old = made(tmp_path, "lib/python3.9/site-packages")
    new = made(tmp_path, "lib/python3.13/site-packages")
    made(tmp_path, "lib/pythonic/site-packages")
    assert package_folders(tmp_path) == (new, old)


def test_no_environment(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    assert package_folders(tmp_path) == ()
    assert package_folders(tmp_path / "missing") == ()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


def test_beside_the_project(project: Path) -> None:
    second = made(project / "venv")
    assert found_environment((project,), {}, "") == (second,)
    first = made(project / ".venv")
    assert found_environment((project,), {}, "") == (first,)


def test_the_activated_one_counts_more(project: Path, tmp_path: Path) -> None:
    made(project / ".venv")
    activated = made(tmp_path / "other")
    environ = {"VIRTUAL_ENV": str(tmp_path / "other")}
    assert found_environment((project,), environ, str(project / ".venv")) == (activated,)


def test_the_activated_one_is_gone(project: Path, tmp_path: Path) -> None:
    beside = made(project / ".venv")
    environ = {"VIRTUAL_ENV": str(tmp_path / "gone")}
    assert found_environment((project,), environ, "") == (beside,)


def test_what_we_run_in_is_not_the_project_s(project: Path, tmp_path: Path) -> None:
    ours = tmp_path / "tool"
    made(ours)
    assert found_environment((project,), {}, str(ours)) == ()


def test_what_we_run_in_is_the_project_s_if_it_is_activated(project: Path, tmp_path: Path) -> None:
    ours = tmp_path / "tool"
    folder = made(ours)
    environ = {"VIRTUAL_ENV": str(ours)}
    assert found_environment((project,), environ, str(ours)) == (folder,)
    beside = made(project / ".venv")
    assert found_environment((project,), environ, str(ours)) == (beside,)


def test_what_pre_commit_activates_is_its_own(project: Path, tmp_path: Path) -> None:
    ours = tmp_path / "hook"
    made(ours)
    environ = {"VIRTUAL_ENV": str(ours), "PRE_COMMIT": "1"}
    assert found_environment((project,), environ, str(ours)) == ()
