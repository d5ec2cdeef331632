"""Paths become files: sorted, each once, without what is excluded."""

import os
from pathlib import Path

import pytest

from pystatelint.config.schema import Config
from pystatelint.errors import SourceError, UsageError
from pystatelint.source.discover import discover, shown_path
from pystatelint.source.read import read_bytes

NOBODY = 65534


def _tree(top: Path, *names: str) -> Path:
    for name in names:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return top


def _shown(top: Path, *paths: str, **settings: object) -> list[str]:
    config = Config(**settings)  # type: ignore[arg-type]
    return [file.shown for file in discover(paths or (".",), config, top)]


def test_finds_python_files_sorted(tmp_path: Path) -> None:
    _tree(tmp_path, "b/x.py", "a.py", "b.py", "b/c/y.py", "notes.txt", "stub.pyi", "x.pyc")
    assert _shown(tmp_path) == ["a.py", "b.py", "b/c/y.py", "b/x.py"]


def test_a_folder_that_ends_in_py_is_a_folder(tmp_path: Path) -> None:
    _tree(tmp_path, "odd.py/a.py")
    assert _shown(tmp_path) == ["odd.py/a.py"]


def test_each_file_once(tmp_path: Path) -> None:
    _tree(tmp_path, "src/a.py")
    assert _shown(tmp_path, "src", "src/a.py", ".", "src/../src/a.py") == ["src/a.py"]


def test_named_file_needs_no_suffix(tmp_path: Path) -> None:
    _tree(tmp_path, "bin/tool", "stub.pyi")
    assert _shown(tmp_path, "bin/tool", "stub.pyi") == ["bin/tool", "stub.pyi"]


def test_records_say_where_and_from_where(tmp_path: Path) -> None:
    _tree(tmp_path, "src/app/a.py")
    (file,) = discover(["src"], Config(), tmp_path)
    assert file.absolute == str(tmp_path / "src" / "app" / "a.py")
    assert file.base == str(tmp_path / "src")
    (named,) = discover([Path("src/app/a.py")], Config(), tmp_path)
    assert named.base == str(tmp_path / "src" / "app")


def test_outside_of_the_working_directory_paths_are_absolute(tmp_path: Path) -> None:
    _tree(tmp_path, "here/a.py", "there/b.py")
    here = tmp_path / "here"
    assert _shown(here, "../there", ".") == [str(tmp_path / "there" / "b.py"), "a.py"]


def test_a_neighbour_with_a_longer_name_is_outside() -> None:
    assert shown_path("/project-old/a.py", "/project") == "/project-old/a.py"
    assert shown_path("/project/a.py", "/project") == "a.py"
    assert shown_path("/a.py", "/") == "a.py"


@pytest.mark.parametrize("path", ["gone", "gone.py", "src/gone.py"])
def test_missing_path_is_named(tmp_path: Path, path: str) -> None:
    _tree(tmp_path, "src/a.py")
    with pytest.raises(UsageError, match=f"no such file or folder: {path}; check"):
        _shown(tmp_path, "src", path)


def test_broken_link_that_is_named_is_found_so_that_reading_can_say_why(tmp_path: Path) -> None:
    (tmp_path / "a.py").symlink_to("gone.py")
    assert _shown(tmp_path, "a.py") == ["a.py"]


EXCLUDES = [
    pytest.param({"exclude": ("gen",)}, ["a.py", "b/a.py"], id="name of a folder, anywhere"),
    pytest.param({"exclude": ("gen/",)}, ["a.py", "b/a.py"], id="slash at the end"),
    pytest.param({"exclude": ("a.py",)}, ["b/gen/x.py", "gen/y.py"], id="name of a file"),
    pytest.param({"exclude": ("*.py",)}, [], id="glob without a slash"),
    pytest.param({"exclude": ("g?n",)}, ["a.py", "b/a.py"], id="question mark"),
    pytest.param(
        {"exclude": ("b/gen",)}, ["a.py", "b/a.py", "gen/y.py"], id="path from working directory"
    ),
    pytest.param({"exclude": ("./b",)}, ["a.py", "gen/y.py"], id="path that begins with a dot"),
    pytest.param({"exclude": ("b/*.py",)}, ["a.py", "gen/y.py"], id="star crosses slashes"),
    pytest.param(
        {"exclude": ("**/gen/y.py",)}, ["a.py", "b/a.py", "b/gen/x.py"], id="any number of folders"
    ),
    pytest.param(
        {"exclude": ("gen",), "extend_exclude": ("b",)}, ["a.py"], id="extend-exclude is added"
    ),
    pytest.param(
        {"exclude": ()}, ["a.py", "b/a.py", "b/gen/x.py", "gen/y.py"], id="nothing excluded"
    ),
]


@pytest.mark.parametrize(("settings", "left"), EXCLUDES)
def test_excludes(tmp_path: Path, settings: dict[str, object], left: list[str]) -> None:
    _tree(tmp_path, "a.py", "b/a.py", "b/gen/x.py", "gen/y.py")
    assert _shown(tmp_path, **settings) == left


def test_default_excludes(tmp_path: Path) -> None:
    _tree(tmp_path, ".venv/a.py", "build/lib/a.py", "node_modules/a.py", "app/__pycache__/a.py")
    assert _shown(_tree(tmp_path, "app/a.py")) == ["app/a.py"]


def test_named_folder_is_walked_even_if_excluded(tmp_path: Path) -> None:
    _tree(tmp_path, "build/a.py", "build/build/b.py")
    assert _shown(tmp_path, "build") == ["build/a.py"]


def test_folders_around_the_working_directory_do_not_count(tmp_path: Path) -> None:
    _tree(tmp_path, "build/project/a.py")
    inside = tmp_path / "build" / "project"
    assert _shown(inside, force_exclude=True) == ["a.py"]
    assert _shown(inside, "a.py", force_exclude=True) == ["a.py"]


FORCED = [
    pytest.param(("build/a.py",), id="by a folder around it"),
    pytest.param(("build",), id="a folder itself"),
    pytest.param(("gen_a.py",), id="by its name"),
    pytest.param(("docs/conf.py",), id="by its path"),
]


@pytest.mark.parametrize("paths", FORCED)
def test_named_paths_are_excluded_by_force_only(tmp_path: Path, paths: tuple[str, ...]) -> None:
    _tree(tmp_path, "build/a.py", "gen_a.py", "docs/conf.py")
    extend = ("gen_*", "docs/conf.py")
    assert _shown(tmp_path, *paths, extend_exclude=extend)
    assert not _shown(tmp_path, *paths, extend_exclude=extend, force_exclude=True)


def test_linked_folders_are_not_walked_into(tmp_path: Path) -> None:
    _tree(tmp_path, "app/a.py", "other/b.py")
    (tmp_path / "app" / "round").symlink_to(tmp_path / "app")
    (tmp_path / "app" / "other").symlink_to(tmp_path / "other")
    assert _shown(tmp_path, "app") == ["app/a.py"]


def test_a_linked_folder_that_is_named_is_walked_into(tmp_path: Path) -> None:
    _tree(tmp_path, "other/b.py")
    (tmp_path / "link").symlink_to("other")
    assert _shown(tmp_path, "link") == ["link/b.py"]


def test_a_link_to_a_found_file_adds_nothing(tmp_path: Path) -> None:
    _tree(tmp_path, "app/z.py", "other.txt")
    (tmp_path / "app" / "a.py").symlink_to("z.py")
    (tmp_path / "app" / "b.py").symlink_to("../other.txt")
    assert _shown(tmp_path, "app") == ["app/b.py", "app/z.py"]


def test_a_broken_link_is_found_so_that_reading_can_say_why(tmp_path: Path) -> None:
    (tmp_path / "a.py").symlink_to("gone.py")
    assert _shown(tmp_path) == ["a.py"]


def test_a_link_to_itself_is_found_so_that_reading_can_say_why(tmp_path: Path) -> None:
    _tree(tmp_path, "b.py")
    (tmp_path / "a.py").symlink_to("a.py")
    assert _shown(tmp_path) == ["a.py", "b.py"]


def test_locks_of_emacs_are_no_source(tmp_path: Path) -> None:
    _tree(tmp_path, "a.py")
    (tmp_path / ".#a.py").symlink_to("user@host.1234:5678")
    assert _shown(tmp_path) == ["a.py"]


def test_pipes_are_found_but_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.py")
    assert _shown(tmp_path) == ["a.py"]


def test_a_folder_that_cannot_be_listed_says_so_when_read(tmp_path: Path) -> None:
    _tree(tmp_path, "secret/a.py", "open/b.py")
    (tmp_path / "secret").chmod(0)
    user = os.geteuid()
    opened = [folder for folder in (tmp_path, *tmp_path.parents) if folder.stat().st_uid == user]
    modes = {folder: folder.stat().st_mode for folder in opened}
    try:
        for folder in opened if user == 0 else ():
            folder.chmod(0o755)
        os.seteuid(NOBODY if user == 0 else user)
        files = discover(["."], Config(), tmp_path)
        with pytest.raises(SourceError) as caught:
            read_bytes(files[1].absolute)
    finally:
        os.seteuid(user)
        for folder, mode in modes.items():
            folder.chmod(mode)
        (tmp_path / "secret").chmod(0o755)
    assert [file.shown for file in files] == ["open/b.py", "secret"]
    assert "cannot be listed: permission denied" in caught.value.reason


def test_names_in_other_encodings_can_be_printed(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.py"))).touch()
    (file,) = discover(["."], Config(), tmp_path)
    assert file.shown == "caf\\xe9.py"
    assert read_bytes(file.absolute) == b""
